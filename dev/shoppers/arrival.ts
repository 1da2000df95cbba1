import type { Chance } from "../chance";
import { campaignOn } from "./calendar";
import type { Source } from "./model";
import type { Person } from "./person";

/** Why somebody comes: for the first time, again, or by the mail that reminds of a cart left behind. */
export type Reason = "new" | "back" | "reminded";
export type Landing = "home" | "collection" | "product" | "scan" | "cart";

/** Somebody known, and which of their devices they take. */
export type Returning = { person: Person; device: number };
/** Somebody comes at a moment (milliseconds since 1970); who a new one is shows when they do. */
export type Arrival = { at: number; reason: Reason; who: Returning | null };

type Weights<Name extends string> = Readonly<Record<Name, number>>;
type Way = Source["channel"] | "scan";

const NEW: Weights<Way> = {
  ...{ search: 34, direct: 17, social: 20, paid: 13, email: 4, referral: 9, scan: 3 },
};
const BACK: Weights<Way> = {
  ...{ search: 19, direct: 46, social: 8, paid: 5, email: 19, referral: 2, scan: 1 },
};
const LANDINGS: Record<Way, Weights<Landing>> = {
  direct: { home: 70, collection: 12, product: 18, scan: 0, cart: 0 },
  search: { home: 25, collection: 35, product: 40, scan: 0, cart: 0 },
  social: { home: 15, collection: 20, product: 65, scan: 0, cart: 0 },
  email: { home: 20, collection: 45, product: 35, scan: 0, cart: 0 },
  paid: { home: 10, collection: 40, product: 50, scan: 0, cart: 0 },
  referral: { home: 30, collection: 20, product: 50, scan: 0, cart: 0 },
  scan: { home: 0, collection: 0, product: 0, scan: 1, cart: 0 },
};

export function entranceOf(reason: Reason, date: string, luck: Chance) {
  if (reason === "reminded") return { source: REMINDER, landing: "cart" as const };
  const campaign = campaignOn(date);
  const usual = reason === "new" ? NEW : BACK;
  const rush = campaign ? { email: usual.email * 3, paid: usual.paid * 2 } : {};
  const way = luck.weighted({ ...usual, ...rush });
  return { source: sourceOf(way, campaign, luck), landing: luck.weighted(LANDINGS[way]) };
}

const REMINDER: Source = {
  channel: "email",
  referrer: null,
  campaign: { utm_source: "reminder", utm_medium: "email", utm_campaign: "abandoned-cart" },
};

function sourceOf(way: Way, campaign: string | null, luck: Chance): Source {
  const running = { utm_campaign: campaign ?? "evergreen" };
  if (way === "scan")
    return source("direct", null, { utm_source: "qr", utm_medium: "print", ...running });
  if (way === "email")
    return source("email", null, { utm_source: "newsletter", utm_medium: "email", ...running });
  if (way === "paid") return paid(running, luck);
  return source(way, way === "direct" ? null : luck.weighted(REFERRERS[way]), {});
}

function paid(running: { utm_campaign: string }, luck: Chance): Source {
  const network = luck.weighted({ google: 6, instagram: 4 });
  const referrer = `https://www.${network}.com/`;
  const by = { utm_source: network, utm_medium: "cpc", ...running };
  return source("paid", referrer, network === "google" ? { ...by, gclid: clickId(luck) } : by);
}

const REFERRERS: Record<"search" | "social" | "referral", Weights<string>> = {
  search: {
    "https://www.google.com/": 84,
    "https://www.bing.com/": 7,
    "https://duckduckgo.com/": 6,
    "https://www.ecosia.org/": 3,
  },
  social: {
    "https://l.instagram.com/": 45,
    "https://www.pinterest.com/": 22,
    "https://m.facebook.com/": 18,
    "https://www.youtube.com/": 15,
  },
  referral: {
    "https://slow-weekends.example/best-of-the-year": 50,
    "https://good-finds.example/reviews": 35,
    "https://forum.example/thread": 15,
  },
};

const source = (
  channel: Source["channel"],
  referrer: string | null,
  campaign: Source["campaign"],
): Source => ({ channel, referrer, campaign });

const clickId = (luck: Chance) => `Cj0KCQ${luck.uuid().replaceAll("-", "").slice(0, 22)}`;
