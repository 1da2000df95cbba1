import { gid } from "../gid";
import type { Node, ShopScope } from "../scope";
import { metafieldFields } from "./metafields";

const UTC = "UTC";

/** The shop itself. dev:api/admin-graphql/latest/objects/Shop */
export const shopFields = (scope: ShopScope) => ({
  shop: () => shopNode(scope),
  /** The one language of the shop, which is published, so the argument leaves nothing out. */
  shopLocales: () => {
    const [locale = ""] = scope.shop.locale.split("-");
    const name = new Intl.DisplayNames(["en"], { type: "language" }).of(locale) ?? locale;
    return [{ locale, name, primary: true, published: true }];
  },
});

export function shopNode(scope: ShopScope): Node {
  const { shop, platform } = scope;
  const id = gid("Shop", shop.id);
  const minutes = offsetMinutes(shop.timeZone, platform.now());
  const storefront = platform.addresses.storefronts[shop.domain] ?? `https://${shop.domain}`;
  return {
    ...{ __typename: "Shop", id, name: shop.name, description: shop.tagline },
    ...{ email: `owner@${shop.handle}.example`, contactEmail: `hello@${shop.handle}.example` },
    ...{ myshopifyDomain: shop.domain, url: storefront, shopOwnerName: `${shop.name} owner` },
    primaryDomain: { id: gid("Domain", shop.id), host: shop.domain, url: `https://${shop.domain}` },
    ...{ currencyCode: shop.currency, enabledPresentmentCurrencies: [shop.currency] },
    ...{ ianaTimezone: shop.timeZone, timezoneOffsetMinutes: minutes },
    timezoneOffset: toOffset(minutes),
    ...{ weightUnit: "KILOGRAMS", unitSystem: "METRIC_SYSTEM" },
    ...{ taxesIncluded: true, taxShipping: true, setupRequired: false },
    ...{ orderNumberFormatPrefix: "#", orderNumberFormatSuffix: "" },
    ...{ createdAt: "2024-02-01T09:00:00Z", updatedAt: "2024-02-01T09:00:00Z" },
    plan: { publicDisplayName: "Grow", partnerDevelopment: true, shopifyPlus: false },
    currencyFormats: currencyFormats(shop.currency),
    shopAddress: {
      ...{ id: gid("ShopAddress", shop.id), city: shop.city, country: shop.country },
      ...{ countryCodeV2: shop.countryCode },
    },
    shipsToCountries: [shop.countryCode],
    resourceLimits: { maxProductVariants: 2048, maxProductOptions: 3 },
    ...metafieldFields(scope, id),
  };
}

const SIGNS: Record<string, string> = { EUR: "€" };

/** Formats as Liquid understands them: `{{amount}}` is where the number goes. */
function currencyFormats(currency: string) {
  const moneyFormat = `${SIGNS[currency] ?? "$"}{{amount}}`;
  const moneyWithCurrencyFormat = `${moneyFormat} ${currency}`;
  return {
    ...{ moneyFormat, moneyWithCurrencyFormat },
    moneyInEmailsFormat: moneyFormat,
    moneyWithCurrencyInEmailsFormat: moneyWithCurrencyFormat,
  };
}

/** How far a zone is ahead of UTC at a moment. */
function offsetMinutes(timeZone: string, at: Date): number {
  const wallClock = (zone: string) => Date.parse(`${at.toLocaleString("sv", { timeZone: zone })}Z`);
  return (wallClock(timeZone) - wallClock(UTC)) / 60_000;
}

/** `+0130` for 90 minutes. */
function toOffset(minutes: number): string {
  const ahead = Math.abs(minutes);
  const two = (count: number) => String(count).padStart(2, "0");
  return `${minutes < 0 ? "-" : "+"}${two(Math.floor(ahead / 60))}${two(ahead % 60)}`;
}
