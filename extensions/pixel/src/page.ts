import type { CampaignParameter } from "~/events/vocabulary";
import { at, count, text, withoutMail, words } from "./fields";

const CAMPAIGN: readonly CampaignParameter[] = [
  "utm_source",
  "utm_medium",
  "utm_campaign",
  "utm_term",
  "utm_content",
  "gclid",
  "fbclid",
  "msclkid",
  "ttclid",
];

const LOCALE = "^((?:/[a-z]{2,3}(?:-[a-z\\d]{2,4})*)?)";
/** Pages whose addresses may go on with a token, an order, a code or a search; on some hosts a shop id
 * leads. Below `/account` one more word is a page's name. */
const PRIVATE = new RegExp(
  `${LOCALE}(?:/\\d+)?(/(?:account(?:/[a-z_]{2,32}(?![^/]))?|orders|checkouts?|invoices|gift_cards|cart|discount|search|[a-z_]*authentication|customer_identity))(?:/[^]*)?$`,
  "i",
);
/** Pages whose addresses hold the merchant's own words. */
const CATALOG = new RegExp(`${LOCALE}/(?:products|collections|blogs|pages|policies)/`, "i");
/** In a part of a path that a machine made: a run of letters and digits mixed, as in a UUID. */
const TOKEN = /(?=[a-z]{0,11}\d)[a-z\d]{12}/i;

/** A page's path without query, fragment and secrets: `/account/reset/1/abc` is `/account/reset`. */
export function cleanPath(pathname: string): string {
  const path = `/${words(pathname, 4096).replace(/[?#][^]*$/, "")}`
    .replace(/\/+/g, "/")
    .replace(PRIVATE, "$1$2");
  const parts = path.split("/").map((part) => (TOKEN.test(part) ? "*" : part));
  return words(withoutMail(CATALOG.test(path) ? path : parts.join("/")), 1024);
}

/** The campaign parameters of a query string, or null when it has none. */
export function campaignOf(search: string): Partial<Record<CampaignParameter, string>> | null {
  const found: Partial<Record<CampaignParameter, string>> = {};
  for (const pair of search.split(/[?&]/)) {
    const name = CAMPAIGN.find((parameter) => pair.startsWith(`${parameter}=`));
    const value = words(withoutMail(decode(pair.slice((name || "").length + 1))), 256);
    if (name && value) found[name] = value;
  }
  return Object.keys(found).length > 0 ? found : null;
}

function decode(part: string): string {
  const spaced = part.replace(/\+/g, " ");
  try {
    return decodeURIComponent(spaced);
  } catch {
    return spaced; // a stray percent sign: keep it as it came
  }
}

/** Where the shopper came from: a path on the same site, origin and path of another one. */
export function cleanReferrer(referrer: string, origin: string): string | null {
  const [, from, path = ""] =
    /^((?:https?|android-app|ios-app):\/\/[^/?#]+)([^]*)/.exec(referrer) || [];
  if (!from) return null;
  return words((from === origin ? "" : withoutMail(from)) + cleanPath(path), 1024);
}

/** A title may repeat what the path has to hide: the search page's repeats the search. */
const cleanTitle = (title: string, pathname: string): string | null =>
  PRIVATE.test(pathname) || cleanPath(pathname) !== pathname ? null : withoutMail(title) || null;

const size = (width: number | null, height: number | null): [number, number] | null =>
  width === null || height === null ? null : [width, height];

/** What is kept of the page and the browser that an event happened on; null without an address. */
export function pageOf(context: unknown) {
  const document = at(context, "document");
  const window = at(context, "window");
  const place = at(document, "location");
  const pathname = at(place, "pathname");
  return typeof pathname === "string"
    ? {
        path: cleanPath(pathname),
        campaign: campaignOf(words(at(place, "search"), 4096)),
        title: cleanTitle(words(at(document, "title"), 512), pathname),
        referrer: cleanReferrer(
          words(at(document, "referrer"), 4096),
          words(at(place, "origin"), 256),
        ),
        userAgent: text(512)(at(context, "navigator", "userAgent")),
        language: text(35)(at(context, "navigator", "language")),
        screen: size(count(at(window, "screen", "width")), count(at(window, "screen", "height"))),
        viewport: size(count(at(window, "innerWidth")), count(at(window, "innerHeight"))),
      }
    : null;
}
