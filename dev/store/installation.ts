import type { Shop } from "./catalog/shops";
import { revoke } from "./oauth/tokens";
import type { Platform } from "./platform";
import { announce } from "./webhooks/announce";
import { deliver, type Delivery } from "./webhooks/deliver";
import { shopPayload } from "./webhooks/payloads";

/** A merchant installs the app: its scopes are granted at once, without the app's doing.
 * dev:apps/build/authentication-authorization/app-installation */
export function install({ app, memory, now }: Platform, { domain }: Shop): void {
  memory.state.installations[domain] ??= {
    installedAt: now().toISOString(),
    scopes: [...app.scopes],
  };
  memory.save();
}

/** A merchant grants other scopes. Tokens that are out keep theirs; the next ones have the new, and
 * `app/scopes_update` tells the app. dev:apps/build/authentication-authorization/app-installation/manage-access-scopes
 * @throws {Error} where the app is not installed */
export function updateScopes(platform: Platform, shop: Shop, scopes: string[]): void {
  const { memory, now } = platform;
  const installation = memory.state.installations[shop.domain];
  if (!installation) throw new Error(`the app is not installed in ${shop.domain}`);
  const previous = installation.scopes;
  installation.scopes = [...scopes];
  memory.save();
  announce(platform, shop.domain, "app/scopes_update", {
    ...{ id: shop.id, shop_id: shop.id, previous, current: scopes },
    updated_at: now().toISOString(),
  });
}

/** A merchant uninstalls the app: its tokens and everything that it made in the shop are gone before
 * `app/uninstalled` is sent. dev:apps/build/authentication-authorization/app-installation/uninstall-app-api-request
 * @returns the answer to the webhook; the tunnel's 502 when the app is down */
export async function uninstall(platform: Platform, shop: Shop): Promise<Delivery> {
  const { state, save } = platform.memory;
  const { domain } = shop;
  revoke(state, domain);
  for (const made of [state.installations, state.webPixels, state.webhookSubscriptions])
    Reflect.deleteProperty(made, domain);
  for (const subscription of state.appSubscriptions[domain] ?? [])
    if (subscription.status === "ACTIVE") subscription.status = "CANCELLED";
  state.metafields[domain] = (state.metafields[domain] ?? []).filter(
    ({ ownerId }) => !ownerId.startsWith("gid://shopify/AppInstallation/"),
  );
  save();
  return deliver(platform, domain, "app/uninstalled", shopPayload(shop));
}
