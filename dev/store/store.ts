import { shopOf, type Shop } from "./catalog/shops";
import { install, uninstall } from "./installation";
import { mintIdToken, type IdTokenOverrides } from "./oauth/id-token";
import { expire } from "./oauth/tokens";
import type { Addresses, Call, Platform } from "./platform";
import { deliver, type Delivery, type WebhookOverrides } from "./webhooks/deliver";
import {
  compliancePayload,
  type ComplianceTopic,
  type CustomerReference,
} from "./webhooks/payloads";

export type StoreShop = {
  id: number;
  domain: string;
  handle: string;
  currency: string;
  timeZone: string;
  adminAddress: string;
  storefrontAddress: string;
};

/** A running stand-in for Shopify: its servers, and what a merchant or Shopify itself would do. */
export type Store = {
  /** The admin and the APIs; network.mjs wants it as STORE_ADDRESS. */
  address: string;
  /** The app's public address: its SHOPIFY_APP_URL. */
  tunnelAddress: string;
  shops: StoreShop[];
  /** Everything that came in or went out, oldest first. */
  calls: readonly Call[];
  install: (domain: string) => void;
  /** Gives back the app's answer to `app/uninstalled`. */
  uninstall: (domain: string) => Promise<Delivery>;
  webPixel: (domain: string) => { id: string; settings: Record<string, string> } | undefined;
  deletePixel: (domain: string) => void;
  idToken: (domain: string, overrides?: IdTokenOverrides) => Promise<string>;
  /** From now on the shop's access tokens are refused; its refresh tokens still work. */
  expireTokens: (domain: string) => void;
  /** How long access tokens live that are issued from now on. */
  setTokenLifetime: (seconds: number) => void;
  sendWebhook: (
    domain: string,
    topic: string,
    payload: unknown,
    overrides?: WebhookOverrides,
  ) => Promise<Delivery>;
  sendCompliance: (
    domain: string,
    topic: ComplianceTopic,
    customer: CustomerReference,
  ) => Promise<Delivery>;
  stop: () => Promise<void>;
};

/** What can be done with a running stand-in, apart from stopping it. */
export function controls(platform: Platform): Omit<Store, "stop"> {
  const { addresses, app, calls, memory, now } = platform;
  const webPixels = memory.state.webPixels;
  return {
    address: addresses.admin,
    tunnelAddress: addresses.tunnel,
    shops: platform.shops.map((shop) => publicShop(shop, addresses)),
    calls,
    install: (domain) => install(platform, shopOf(domain)),
    uninstall: (domain) => uninstall(platform, shopOf(domain)),
    webPixel: (domain) => webPixels[domain],
    deletePixel: (domain) => {
      Reflect.deleteProperty(webPixels, domain);
      memory.save();
    },
    idToken: (domain, overrides) => mintIdToken(app, shopOf(domain).domain, overrides),
    expireTokens: (domain) => expire(memory.state, domain, now()),
    setTokenLifetime: (seconds) => {
      platform.tokenLifetime = seconds;
    },
    sendWebhook: (domain, topic, payload, overrides) =>
      deliver(platform, shopOf(domain).domain, topic, payload, overrides),
    sendCompliance: (domain, topic, customer) => {
      const payload = compliancePayload(topic, shopOf(domain), customer);
      return deliver(platform, domain, topic, payload);
    },
  };
}

const publicShop = (shop: Shop, { admin, storefronts }: Addresses): StoreShop => {
  const { id, domain, handle, currency, timeZone } = shop;
  return {
    ...{ id, domain, handle, currency, timeZone },
    adminAddress: `${admin}/store/${handle}`,
    storefrontAddress: storefronts[domain] ?? "",
  };
};
