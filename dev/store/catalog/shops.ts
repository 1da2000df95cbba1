/** A merchant's shop, as far as an app and a shopper can see it; what it sells is its catalogue's. */
export type Shop = {
  id: number;
  handle: string;
  domain: string;
  name: string;
  tagline: string;
  currency: "EUR" | "NZD";
  countryCode: string;
  country: string;
  city: string;
  timeZone: string;
  locale: string;
  accent: string;
};

/** Two shops that differ in currency, time zone and assortment, so that a mix-up shows. */
export const SHOPS: readonly Shop[] = [
  {
    id: 60_100_000_001,
    handle: "northwind-outdoor",
    domain: "northwind-outdoor.myshopify.com",
    name: "Northwind Outdoor",
    tagline: "Gear that comes back with you",
    currency: "EUR",
    countryCode: "DE",
    country: "Germany",
    city: "Berlin",
    timeZone: "Europe/Berlin",
    locale: "en-DE",
    accent: "#2f5d50",
  },
  {
    id: 60_100_000_002,
    handle: "harbour-tea",
    domain: "harbour-tea.myshopify.com",
    name: "Harbour Tea",
    tagline: "Leaves worth slowing down for",
    currency: "NZD",
    countryCode: "NZ",
    country: "New Zealand",
    city: "Auckland",
    timeZone: "Pacific/Auckland",
    locale: "en-NZ",
    accent: "#7a3e2b",
  },
];

/** @throws {Error} for a domain that is not one of the stand-in's shops */
export function shopOf(domain: string): Shop {
  const shop = SHOPS.find((shop) => shop.domain === domain);
  if (!shop)
    throw new Error(`no shop "${domain}" here, only ${SHOPS.map((s) => s.domain).join(", ")}`);
  return shop;
}
