import type { PixelEventInput } from "~/events/vocabulary";
import { STANDARD } from "./data";
import { at, count, digits, withoutMail, words } from "./fields";
import { pageOf } from "./page";
import { placeOf } from "./sample";

/** What the pixel knows beside an event. The first two come from the host and are read with the same
 * care; `rate` is the share of visitors whose events are sent. */
export type Visit = { init: unknown; customerPrivacy: unknown; rate: number };

/** Bytes of one event as JSON; the server takes no larger one. */
export const EVENT_BYTES = 16 * 1024;

/** The event that is never sampled, never waits and is given up last. */
export const PURCHASE = "checkout_completed";

/** Lists are cut to fewer items when the event would be too large with more. */
const LIST_LENGTHS = [100, 50, 25, 5, 0];

const NAMES = Object.keys(STANDARD) as (keyof typeof STANDARD)[];

/** Names the fields we keep of a standard event: what is not listed never leaves the browser.
 * @returns null for an event that is not kept or lacks what every event must have */
export function keepStandard(event: unknown, visit: Visit): PixelEventInput | null {
  const name = NAMES.find((known) => known === at(event, "name"));
  const about = envelope(event, visit, name);
  if (!about || !name) return null;
  let kept: PixelEventInput | null = null;
  for (const most of LIST_LENGTHS) {
    const data = STANDARD[name](at(event, "data"), most);
    kept = Object.assign({ name, data }, about);
    if (byteLength(JSON.stringify(kept)) <= EVENT_BYTES) break;
  }
  return kept;
}

/** As keepStandard, for an event that a theme or an app published under our prefix. */
export function keepCustom(event: unknown, visit: Visit): PixelEventInput | null {
  const name = words(at(event, "name"), 128);
  const about = envelope(event, visit, name);
  if (!about || !/^pixelnova:[a-z][a-z0-9_]{0,63}$/.test(name)) return null;
  return Object.assign({ name, data: customFields(at(event, "customData")) }, about);
}

/** How many bytes a text has in UTF-8. */
export const byteLength = (json: string): number => encodeURI(json).replace(/%../g, "-").length;

/** What every event has; null outside the sample. A purchase is never sampled, so it names no rate. */
function envelope(event: unknown, { init, customerPrivacy, rate }: Visit, name?: string) {
  const id = words(at(event, "id"), 128);
  const clientId = words(at(event, "clientId"), 128);
  const timestamp = isoTime(at(event, "timestamp"));
  const sampleRate = name === PURCHASE ? 1 : rate;
  if (!id || !clientId || !timestamp || placeOf(clientId) >= sampleRate) return null;
  const about = {
    id,
    clientId,
    timestamp,
    seq: count(at(event, "seq")),
    customerId: digits(at(init, "data", "customer", "id")),
    consent: consentOf(customerPrivacy),
    context: pageOf(at(event, "context")) || pageOf(at(init, "context")),
  };
  return sampleRate < 1 ? Object.assign({ sampleRate }, about) : about;
}

/** Null for what is no time, and for years that have more than four digits. */
function isoTime(value: unknown): string | null {
  const iso: string | null = new Date(words(value, 64)).toJSON(); // its type forgets the null
  return iso && iso.length === 24 ? iso : null;
}

const consentOf = (privacy: unknown) =>
  privacy
    ? {
        analytics: at(privacy, "analyticsProcessingAllowed") === true,
        marketing: at(privacy, "marketingAllowed") === true,
        preferences: at(privacy, "preferencesProcessingAllowed") === true,
        saleOfData: at(privacy, "saleOfDataAllowed") === true,
      }
    : null;

type CustomField = string | number | boolean | null;

/** The first 20 fields that are numbers, booleans, null or short texts without an e-mail address. */
function customFields(data: unknown): Record<string, CustomField> {
  const fields: Record<string, CustomField> = {};
  for (const name of Object.keys(Object(data) as object)) {
    const value = at(data, name);
    const fits = /^[A-Za-z]\w{0,39}$/.test(name) && Object.keys(fields).length < 20;
    if (fits && isCustomField(value)) fields[name] = value;
  }
  return fields;
}

const isCustomField = (value: unknown): value is CustomField =>
  typeof value === "string"
    ? value === withoutMail(words(value, 200))
    : typeof value === "boolean" || value === null || Number.isFinite(value);
