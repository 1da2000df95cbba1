import type { Shop } from "../catalog/shops";
import type { Platform } from "../platform";
import type { Theme } from "../state";
import { announce } from "../webhooks/announce";
import { themeOf } from "./files";

/** Publishes another theme, as it comes: without any block of the app. Tells the app of it.
 * dev:api/webhooks/latest, themes/publish */
export function publishTheme(platform: Platform, { domain }: Shop, name: string): Theme {
  const theme = { id: themeOf(platform, domain).id + 1, name, embeds: [], templates: {} };
  const { memory, now } = platform;
  memory.state.themes[domain] = theme;
  memory.save();
  const at = now().toISOString();
  announce(platform, domain, "themes/publish", {
    ...{ id: theme.id, name, role: "main", theme_store_id: null, previewable: true },
    ...{ processing: false, created_at: at, updated_at: at },
    admin_graphql_api_id: `gid://shopify/OnlineStoreTheme/${theme.id}`,
  });
  return theme;
}
