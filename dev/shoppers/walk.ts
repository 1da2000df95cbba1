import type { CustomData, CustomEventName } from "../../app/events/custom-events";
import type { PixelEventInput, StandardData } from "../../app/events/vocabulary";
import { iso, MINUTE, SECOND } from "./calendar";
import type { Step, VisitEvent } from "./model";
import type { Browser } from "./person";
import type { Shelf } from "./shelf";
import type { Destination, Page, Walk } from "./walking";

/** Nothing more can happen: the network has failed, or the world ends. */
export class VisitOver extends Error {}

export const shelf = ({ shelfAt, at }: Walk): Shelf => shelfAt(at);

/** Goes to a page, in the tab that is looked at or in another one.
 * @throws {VisitOver} where the network has failed, or the world ends */
export function open(walk: Walk, destination: Destination): Page {
  const { visit, page: before, luck } = walk;
  if (visit.pages.length >= walk.lastPageOnline) throw new VisitOver();
  if (before) leave(walk);
  proceed(walk);
  const arrival = { referrer: visit.source.referrer, campaign: visit.source.campaign };
  const from = before ? { referrer: before.path, campaign: null } : arrival;
  const { path, type } = destination;
  const seen = { at: iso(walk.at), path, type, seconds: 0, reports: [] };
  const page: Page = { ...destination, ...from, seq: 0, shownAt: walk.at, visibleMs: 0, seen };
  walk.page = page;
  visit.pages.push(seen);
  const isLast = visit.pages.length >= walk.lastPageOnline;
  walk.offline = isLast && luck.happens(0.5);
  write(walk, "page_viewed", {});
  walk.offline = isLast;
  return page;
}

/** Goes back to a tab that is still open. */
export function turnTo(walk: Walk, page: Page): void {
  leave(walk);
  walk.page = page;
  page.shownAt = walk.at;
}

/** Looks at the page for a while, and has done with it for now. */
function leave(walk: Walk): void {
  read(walk);
  report(walk);
}

/** Now and then the phone rings, and the page lies behind it. Below the 20 minutes after which a shopper
 * would be another visit for some. */
export function read(walk: Walk): void {
  const { luck, person, visit, page } = walk;
  if (visit.kind === "bot") walk.at += luck.between(50, 400);
  else if (luck.happens(0.02)) {
    const away = luck.between(4 * MINUTE, 15 * MINUTE);
    walk.at += away;
    if (page) page.visibleMs -= away;
  } else walk.at += Math.round((3 + 75 * luck.next() * luck.next() * person.patience) * SECOND);
}

/** Below this the tracker tells nothing; milliseconds. */
const TOLD_FROM = 1_000;

/** What the tracker tells of a page that is left. */
export function report(walk: Walk): void {
  const { page, luck, at } = walk;
  if (!page) return;
  page.visibleMs += at - page.shownAt;
  page.shownAt = at;
  const { visibleMs } = page;
  if (visibleMs < TOLD_FROM) return;
  const scrollPercent = luck.between(20, 100);
  const isTouched = luck.happens(0.7) && { firstInteractionMs: luck.between(400, visibleMs) };
  const eventId = publish(walk, "pixelnova:page_engaged", {
    ...{ visibleMs, scrollPercent, ...isTouched },
  });
  page.seen.reports.push({ eventId, visibleMs });
}

/** @throws {VisitOver} at the world's end */
export function proceed({ at, until }: Walk): void {
  if (at >= until) throw new VisitOver();
}

/** Does something on the page: a moment passes. */
export function pause(walk: Walk, seconds: number): void {
  walk.at += Math.round(seconds * SECOND * (0.5 + walk.luck.next()));
}

export function write<Name extends keyof StandardData>(
  walk: Walk,
  name: Name,
  data: StandardData[Name],
): string {
  return record(walk, { ...envelope(walk), name, data });
}

/** What a theme or the tracker publishes: `Shopify.analytics.publish("pixelnova:…", fields)`.
 * @returns the event's id */
export function publish<Name extends CustomEventName>(
  walk: Walk,
  name: Name,
  fields: CustomData[Name],
): string {
  return record(walk, { ...envelope(walk), name, data: fields });
}

/** Notes a step of the way to a purchase, the first time that it is reached. */
export function reach({ visit, at }: Walk, step: Step): void {
  if (visit.steps.every((reached) => reached.step !== step))
    visit.steps.push({ step, at: iso(at) });
}

function record(walk: Walk, event: PixelEventInput): string {
  const at = walk.browser.clockErrorMs === 0 ? event.timestamp : iso(walk.at);
  walk.visit.events.push({ at, event, fate: fateOf(walk) });
  walk.at += walk.luck.between(90, 900);
  return event.id;
}

function fateOf({ browser, offline }: Walk): VisitEvent["fate"] {
  if (browser.pixel !== "runs") return "unsent";
  return offline ? "lost" : "sent";
}

function envelope(walk: Walk) {
  proceed(walk);
  const { browser, person, page, luck, ids, at } = walk;
  if (!page) throw new Error("nothing can happen before a page is open");
  const { path, title, referrer, campaign } = page;
  const language = person.language;
  return {
    id: ids.uuid(luck),
    clientId: browser.clientId,
    timestamp: iso(at + browser.clockErrorMs),
    seq: page.seq++,
    customerId: browser.customer ? String(browser.customer.id) : null,
    consent: consentOf(browser),
    context: { path, campaign, title, referrer, ...browser.device, language },
  };
}

function consentOf({ pixel, clientId }: Browser) {
  const allowed = pixel !== "withheld";
  const marketing = allowed && clientId < "a"; // six in ten allow more than they must
  return { analytics: allowed, marketing, preferences: allowed, saleOfData: marketing };
}
