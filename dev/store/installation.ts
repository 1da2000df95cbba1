import type { Shop } from "./catalog/shops";
import { revoke } from "./oauth/tokens";
import type { Platform } from "./platform";
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

/** A merchant uninstalls the app: its tokens and its pixel are gone before `app/uninstalled` is sent.
 * @returns the answer to the webhook; the tunnel's 502 when the app is down */
export async function uninstall(platform: Platform, shop: Shop): Promise<Delivery> {
  const { state, save } = platform.memory;
  revoke(state, shop.domain);
  Reflect.deleteProperty(state.installations, shop.domain);
  Reflect.deleteProperty(state.webPixels, shop.domain);
  save();
  return deliver(platform, shop.domain, "app/uninstalled", shopPayload(shop));
}
