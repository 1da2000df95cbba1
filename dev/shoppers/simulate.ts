import { chance, type Chance } from "../chance";
import { shopOf, type Shop } from "../store/catalog/shops";
import { openAgenda, type Agenda } from "./agenda";
import { entranceOf, type Arrival, type Returning } from "./arrival";
import { botDevice, BOTS, crawl } from "./bot";
import { busynessOf, dateAt, type Day, daysUntil, HOUR, iso, MINUTE, momentOf } from "./calendar";
import { abandon, comeback, QUIET } from "./comeback";
import { openIds, type Ids } from "./ids";
import { lastPageOnline } from "./misfortune";
import type { SimulatedDay, Visit, WorldOptions } from "./model";
import { newPerson, type Browser } from "./person";
import { openShelves, type Shelf } from "./shelf";
import { openTill } from "./till";
import { stroll } from "./visit";
import { reach, report, VisitOver } from "./walk";
import type { Till, Walk } from "./walking";

/** Of a day's visits so many are by people who were there on the same day: nobody knows them ahead. */
const SAME_DAY_RETURNS = 0.06;

type World = {
  shop: Shop;
  options: WorldOptions;
  key: string;
  shelfAt: (at: number) => Shelf;
  agenda: Agenda;
  till: Till;
  ids: Ids;
};

/** Lets a shop's visitors come, day by day. It knows no clock and no chance but the seed: the same
 * options give the same days. What it keeps between days is who will come back, and open orders.
 * @throws {Error} for a domain that is not one of the stand-in's shops */
export function* simulate(options: WorldOptions): Generator<SimulatedDay> {
  const shop = shopOf(options.shop);
  const { timeZone } = shop;
  const key = `${shop.domain} ${options.seed}`;
  const until = options.until.getTime();
  const ids = openIds(key);
  const till = openTill(shop, key, ids, until);
  const agenda = openAgenda(timeZone, until);
  const world: World = { shop, options, key, agenda, till, ids, shelfAt: openShelves(shop.domain) };
  const days = daysUntil(options.until, options.days, timeZone);
  for (const [i, day] of days.entries())
    yield simulateDay(world, day, days.length > 1 ? i / (days.length - 1) : 0.5);
}

function simulateDay(world: World, day: Day, progress: number): SimulatedDay {
  const { agenda, key, options, till } = world;
  const luck = chance(`${key} day ${day.date}`);
  const busyness = busynessOf(day.date, progress) * (0.94 + 0.12 * luck.next());
  const count = Math.round(options.visitorsPerDay * busyness * (1 - SAME_DAY_RETURNS));
  for (let strangers = count - agenda.expected(day.date); strangers > 0; strangers--) {
    const at = momentOf(day, world.shop.timeZone, luck);
    if (at !== null) agenda.note({ at, reason: "new", who: null });
  }
  const visits: Visit[] = [];
  for (const arrival of agenda.on(day.date)) {
    const visit = receive(world, arrival, day, chance(`${key} visit ${day.date} ${visits.length}`));
    if (visit) visits.push(visit);
  }
  return { date: day.date, visits, ...till.close(day) };
}

/** @returns null when the browser was in use until a moment ago: then they come a little later */
function receive(world: World, arrival: Arrival, day: Day, luck: Chance): Visit | null {
  const { agenda, shop, ids } = world;
  const { at, reason } = arrival;
  if (reason === "new" && luck.happens(BOTS)) return receiveBot(world, at, luck);
  const who = arrival.who ?? welcome(world, at, luck);
  const browser = who.person.browsers[who.device] ?? who.person.browsers[0];
  if (at < browser.quietUntil) {
    agenda.note({ at: browser.quietUntil + luck.between(0, 30 * MINUTE), reason, who });
    return null;
  }
  const { source, landing } = entranceOf(reason, dateAt(at, shop.timeZone), luck);
  const walk = setOut(world, { who, browser, at, luck }, source, lastPageOnline(luck));
  const visit = finish(walk, () => stroll(walk, landing, reason));
  if (visit.events.some(({ fate }) => fate === "lost")) abandon(browser, who.person, luck, ids);
  else noteComeback(world, visit, who, day, luck);
  return visit;
}

function noteComeback(world: World, visit: Visit, who: Returning, day: Day, luck: Chance): void {
  const next = comeback(visit, who, { day, timeZone: world.shop.timeZone, luck });
  if (next) world.agenda.note(next);
}

/** Somebody new; in a household the other one comes too, some hours later, on the same browser. */
function welcome({ agenda, ids, shelfAt, shop }: World, at: number, luck: Chance): Returning {
  const person = newPerson(shelfAt(at), shop.countryCode, at, luck, ids);
  if (person.partner) {
    const later = at + luck.between(2 * HOUR, 70 * HOUR);
    agenda.note({ at: later, reason: "back", who: { person: person.partner, device: 0 } });
  }
  return { person, device: 0 };
}

function receiveBot(world: World, at: number, luck: Chance): Visit {
  const { ids, shelfAt, shop } = world;
  const person = newPerson(shelfAt(at), shop.countryCode, at, luck, ids);
  const [browser] = person.browsers;
  Object.assign(person, { country: "US", language: "en-US" });
  const machine: Partial<Browser> = {
    ...{ device: botDevice(luck), kind: "desktop", pixel: "runs", clockErrorMs: 0 },
  };
  Object.assign(browser, machine);
  const source: Visit["source"] = { channel: "direct", referrer: null, campaign: {} };
  const who = { person, device: 0 };
  const walk = setOut(world, { who, browser, at, luck }, source, Infinity);
  walk.visit.kind = "bot";
  return finish(walk, () => crawl(walk));
}

type Start = { who: Returning; browser: Browser; at: number; luck: Chance };

function setOut(world: World, start: Start, source: Visit["source"], lastPage: number): Walk {
  const { shop, till, shelfAt, ids, options } = world;
  const { who, browser, at, luck } = start;
  const { clientId, kind, pixel, clockErrorMs, customer } = browser;
  const visit: Visit = {
    ...{ id: ids.uuid(luck), shop: shop.domain, person: who.person.id, clientId },
    ...{ customerId: customer ? String(customer.id) : null, kind: "shopper" },
    ...{ startedAt: iso(at), endedAt: iso(at), device: kind, country: who.person.country },
    ...{ userAgent: browser.device.userAgent },
    ...{ source, pixel, clockErrorMs, pages: [], steps: [], searches: [], cart: [] },
    ...{ orderId: null, events: [] },
  };
  const walk = { shop, till, shelfAt, luck, ids, person: who.person, browser, visit, at };
  const ends = { until: options.until.getTime(), lastPageOnline: lastPage };
  return { ...walk, ...ends, page: null, offline: false };
}

/** Lets a visit happen and closes its record. */
function finish(walk: Walk, happen: () => void): Visit {
  const { visit, browser, luck } = walk;
  reach(walk, "browse");
  try {
    happen();
    walk.at += visit.kind === "bot" ? 0 : luck.between(2_000, 90_000);
    report(walk);
  } catch (over) {
    if (!(over instanceof VisitOver)) throw over;
  }
  const endedAt = Math.min(walk.at, walk.until);
  visit.endedAt = iso(endedAt);
  visit.cart = browser.cart.lines.map(({ variantId, quantity }) => ({ variantId, quantity }));
  visit.pages.forEach((page, i) => {
    const until = Date.parse(visit.pages[i + 1]?.at ?? visit.endedAt);
    page.seconds = Math.round((until - Date.parse(page.at)) / 1_000);
  });
  browser.quietUntil = endedAt + QUIET;
  return visit;
}
