import type { ShopScope } from "./scope";

const UTC = "UTC";

/** Who the shop is, and what the app may do in it. */
export const shopFields = ({ app, shop, scopes, now, addresses }: ShopScope) => ({
  shop: () => ({
    __typename: "Shop",
    id: `gid://shopify/Shop/${shop.id}`,
    name: shop.name,
    email: `owner@${shop.handle}.example`,
    contactEmail: `hello@${shop.handle}.example`,
    myshopifyDomain: shop.domain,
    url: addresses.storefronts[shop.domain] ?? `https://${shop.domain}`,
    primaryDomain: { host: shop.domain, url: `https://${shop.domain}` },
    currencyCode: shop.currency,
    enabledPresentmentCurrencies: [shop.currency],
    ianaTimezone: shop.timeZone,
    timezoneOffsetMinutes: offsetMinutes(shop.timeZone, now()),
    taxesIncluded: true,
    createdAt: "2024-02-01T09:00:00Z",
    plan: { publicDisplayName: "Grow", partnerDevelopment: true, shopifyPlus: false },
    shopAddress: { countryCodeV2: shop.countryCode },
    resourceLimits: { maxProductVariants: 2048, maxProductOptions: 3 },
  }),
  currentAppInstallation: () => ({
    __typename: "AppInstallation",
    id: `gid://shopify/AppInstallation/${shop.id + 2}`,
    launchUrl: `https://${shop.domain}/admin/apps/${app.apiKey}`,
    app: { id: "gid://shopify/App/1", apiKey: app.apiKey, handle: "app", title: "App" },
    accessScopes: scopes.map((handle) => ({ handle, description: handle })),
    activeSubscriptions: [],
  }),
  webhookSubscriptions: () => ({
    edges: [],
    nodes: [], // those declared in shopify.app.toml are not listed either
    pageInfo: { hasNextPage: false, hasPreviousPage: false },
  }),
});

/** How far a zone is ahead of UTC at a moment. */
function offsetMinutes(timeZone: string, at: Date): number {
  const wallClock = (zone: string) => Date.parse(`${at.toLocaleString("sv", { timeZone: zone })}Z`);
  return (wallClock(timeZone) - wallClock(UTC)) / 60_000;
}
