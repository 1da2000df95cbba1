import { SECOND } from "~/platform/time";
import { channelOf, type Channel } from "../channel";
import { deviceOf, type Device } from "../device";
import type { BotRule } from "../bots";
import { withinInt, type Fact } from "../fact";
import { checkoutOf } from "../data";
import { engagedOf } from "../engaged";
import { lowestRate } from "../sampling";
import { isPageView, pathOf, type Events, type PageContext, type Visit } from "../visit";
import { wayOf, type Way } from "./way";

export type SessionRow = Device &
  Way & {
    sessionId: string;
    clientId: string;
    customerId: string | null;
    visitorId: string;
    isReturning: boolean;
    startedAt: Date;
    endedAt: Date;
    number: number;
    eventCount: number;
    pageViewCount: number;
    interactionCount: number;
    engagedMs: number | null;
    isBounce: boolean;
    entryPath: string | null;
    exitPath: string | null;
    referrerHost: string | null;
    utmSource: string | null;
    utmMedium: string | null;
    utmCampaign: string | null;
    utmTerm: string | null;
    utmContent: string | null;
    clickId: string | null;
    channel: Channel;
    language: string | null;
    country: string | null;
    screenWidth: number | null;
    screenHeight: number | null;
    botRule: BotRule | null;
    sampleRate: number;
  };

/** One visit of one client. */
export const sessions: Fact<SessionRow> = {
  table: "sessions",
  version: 5,
  at: "endedAt",
  columns: {
    sessionId: "text",
    clientId: "text",
    customerId: "bigint",
    visitorId: "text",
    isReturning: "boolean",
    startedAt: "timestamptz",
    endedAt: "timestamptz",
    number: "int",
    eventCount: "int",
    pageViewCount: "int",
    interactionCount: "int",
    engagedMs: "int",
    isBounce: "boolean",
    entryPath: "text",
    exitPath: "text",
    referrerHost: "text",
    utmSource: "text",
    utmMedium: "text",
    utmCampaign: "text",
    utmTerm: "text",
    utmContent: "text",
    clickId: "text",
    channel: "text",
    device: "text",
    browser: "text",
    os: "text",
    language: "text",
    country: "text",
    screenWidth: "int",
    screenHeight: "int",
    botRule: "text",
    sampleRate: "real",
    stage: "int",
    productMs: "int",
    cartMs: "int",
    checkoutMs: "int",
    purchaseMs: "int",
    firstPages: "text",
    pagesToPurchase: "text",
    firstPaths: "text",
    pathsToPurchase: "text",
  },
  fold: (visit) => [toSession(visit)],
};

function toSession(visit: Visit): SessionRow {
  const { events, botRule, number } = visit;
  const [first] = events;
  const last = events.at(-1) ?? first;
  const views = events.filter(isPageView);
  const screen = firstOf(events, ({ screen }) => screen);
  const did = {
    pageViewCount: views.length,
    interactionCount: events.filter(({ name }) => !OF_PAGES.has(name)).length,
    engagedMs: engagedMsOf(visit),
  };
  return {
    sessionId: first.eventId,
    clientId: first.clientId,
    customerId: visit.customerId,
    visitorId: visit.visitorId,
    isReturning: number > 1, // on this browser; `visitors` knows of the others
    startedAt: first.occurredAt,
    endedAt: last.occurredAt,
    number,
    eventCount: events.length,
    ...did,
    isBounce: isBounce(did),
    entryPath: views[0] ? pathOf(views[0]) : null,
    exitPath: views.length > 0 ? pathOf(views.at(-1) ?? first) : null,
    ...arrivalOf(events),
    ...deviceOf(firstOf(events, ({ userAgent }) => userAgent)),
    language: firstOf(events, ({ language }) => language),
    country: countryOf(events),
    screenWidth: screen?.[0] ?? null,
    screenHeight: screen?.[1] ?? null,
    botRule,
    sampleRate: lowestRate(events),
    ...wayOf(visit),
  };
}

/** For how long the pages of a visit were visible; null when none told. */
function engagedMsOf(visit: Visit): number | null {
  const told = [...engagedOf(visit).values()].flatMap(({ visibleMs }) => visibleMs ?? []);
  return told.length > 0 ? withinInt(told.reduce((sum, ms) => sum + ms, 0)) : null;
}

/** Who has looked at the only page for so long did not bounce. */
const BOUNCES_WITHIN = 10 * SECOND;

/** Whether a visit came to nothing: one page, nothing done on it, and left soon, as far as is known. */
export const isBounce = ({
  pageViewCount,
  interactionCount,
  engagedMs,
}: Pick<SessionRow, "pageViewCount" | "interactionCount" | "engagedMs">): boolean =>
  pageViewCount === 1 && interactionCount === 0 && (engagedMs ?? 0) < BOUNCES_WITHIN;

/** What a page reports by itself, or what is told a second time of a click, or nobody need have meant;
 * everything else somebody has done. */
const OF_PAGES: ReadonlySet<string> = new Set([
  "page_viewed",
  "product_viewed",
  "collection_viewed",
  "cart_viewed",
  "alert_displayed",
  "ui_extension_errored",
  "pixelnova:page_engaged",
  "pixelnova:search_results_shown",
  "pixelnova:group_viewed",
  "pixelnova:qr_scanned",
  "pixelnova:product_hovered",
  "pixelnova:rage_clicked",
  "pixelnova:dead_clicked",
]);

const CLICK_IDS = ["gclid", "fbclid", "msclkid", "ttclid"];

function arrivalOf(events: Events) {
  const campaign = firstOf(events, ({ campaign }) => campaign) ?? {};
  const referrerHost = hostOf(firstOf(events, ({ referrer }) => referrer));
  const utmSource = campaign.utm_source ?? null;
  const utmMedium = campaign.utm_medium ?? null;
  const clickId = CLICK_IDS.find((name) => campaign[name]) ?? null;
  return {
    referrerHost,
    utmSource,
    utmMedium,
    utmCampaign: campaign.utm_campaign ?? null,
    utmTerm: campaign.utm_term ?? null,
    utmContent: campaign.utm_content ?? null,
    clickId,
    channel: channelOf({ referrerHost, source: utmSource, medium: utmMedium, clickId }),
  };
}

/** What the first event that knows it knows of its page. */
function firstOf<Value>(
  events: Events,
  read: (context: PageContext) => Value | null | undefined,
): Value | null {
  for (const { context } of events) {
    const value = context ? read(context) : null;
    if (value !== null && value !== undefined) return value;
  }
  return null;
}

/** The host of another site's address; null for a path on the shop's own. */
const hostOf = (referrer: string | null): string | null =>
  referrer && URL.canParse(referrer) ? new URL(referrer).host : null;

/** The country that Shopify sold to, as the last checkout says; never guessed from an address. */
function countryOf(events: Events): string | null {
  const isLocalized = events.findLast((event) => localizationOf(event) !== undefined);
  return (isLocalized && localizationOf(isLocalized)) ?? null;
}

const localizationOf = (event: Events[number]) =>
  checkoutOf(event)?.localization?.country?.isoCode ?? undefined;
