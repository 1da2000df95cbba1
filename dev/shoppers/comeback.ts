import type { Chance } from "../chance";
import type { Arrival, Returning } from "./arrival";
import { DAY, HOUR, MINUTE, momentOf, type Day } from "./calendar";
import type { Ids } from "./ids";
import type { Visit } from "./model";
import { newBrowser, type Browser, type Person } from "./person";

/** Two visits of one browser are at least this far apart, so that nobody takes them for one. */
export const QUIET = 45 * MINUTE;

/** How likely it is that somebody comes back, and how soon. */
const AGAIN = { plain: 0.29, cart: 0.55, bought: 0.36 };
const SAME_DAY = 0.24;
const FURTHEST_DAYS = 20;
/** Of those who leave a cart and have another device, so many follow the reminder's link there. */
const REMINDED = 0.7;

/** When, where and why somebody comes back after a visit; null when they do not.
 * @param day of the visit */
export function comeback(
  visit: Visit,
  { person, device }: Returning,
  { day, timeZone, luck }: { day: Day; timeZone: string; luck: Chance },
): Arrival | null {
  if (!luck.happens(likelihood(visit))) return null;
  const at = momentLater(Date.parse(visit.endedAt), day, timeZone, luck);
  const browser = person.browsers[device];
  const other = person.browsers[1 - device];
  const leftCart = visit.cart.length > 0 && person.keepsAccount;
  if (browser && other && leftCart && luck.happens(REMINDED)) {
    other.cart = browser.cart;
    return { at, reason: "reminded", who: { person, device: 1 - device } };
  }
  const next = other && luck.happens(0.25) ? 1 - device : device;
  return { at, reason: "back", who: { person, device: next } };
}

function likelihood({ kind, cart, orderId }: Visit): number {
  if (kind === "bot") return 0;
  if (orderId !== null) return AGAIN.bought;
  return cart.length > 0 ? AGAIN.cart : AGAIN.plain;
}

/** Later on the same day, where it has hours left, or on one of the next; sooner is likelier. */
function momentLater(endedAt: number, day: Day, timeZone: string, luck: Chance): number {
  const today = luck.happens(SAME_DAY) ? momentOf(day, timeZone, luck, endedAt + HOUR) : null;
  if (today !== null) return today;
  const days = 1 + Math.floor(luck.next() * luck.next() * luck.next() * FURTHEST_DAYS);
  const start = day.start + days * DAY;
  return momentOf({ date: "", start, end: start + DAY }, timeZone, luck) ?? start;
}

/** A browser that went offline with events still in it never comes back: it gets a successor. */
export function abandon(browser: Browser, person: Person, luck: Chance, ids: Ids): void {
  const successor = newBrowser(luck, ids);
  for (const owner of [person, person.partner]) {
    const place = owner?.browsers.indexOf(browser) ?? -1;
    if (owner && place >= 0) owner.browsers[place] = successor;
  }
}
