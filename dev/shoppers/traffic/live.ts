import { setTimeout as sleep } from "node:timers/promises";
import { shopOf } from "../../store/catalog/shops";
import type { Purchase } from "../../store/commerce/model";
import type { Visit } from "../model";
import { simulate } from "../simulate";
import { sendVisits, type TrafficReport } from "./send";

export type LiveOptions = {
  /** The shop's domain. */
  shop: string;
  /** The stand-in's admin address: purchases are made there. */
  store: string;
  pixel: { endpoint: string; key: string };
  seed: number;
  /** How busy it is: visits in a day, or events in a second. */
  pace: { visitorsPerDay: number } | { eventsPerSecond: number };
  /** Nothing begins any more once it says so. */
  isOver: () => boolean;
  onReport?: (report: TrafficReport & { visits: number; orders: number }) => void;
};

const DAY_SECONDS = 86_400;
/** Enough visits to choose from, whatever the pace. */
const DRAWN_PER_DAY = 2_000;
const PARALLEL = 8;

/** Lets simulated shoppers visit now, one after another at a pace: what they do is what a simulated day
 * brought, told with today's clock. Purchases are made in the stand-in, so that its orders, stock and
 * webhooks follow. */
export async function playLive(options: LiveOptions): Promise<void> {
  const { shop, pixel, seed, pace, isOver, onReport, store } = options;
  const total = { requests: 0, accepted: 0, duplicate: 0, rejected: 0, givenUp: 0 };
  const done = { ...total, visits: 0, orders: 0 };
  const underWay = new Set<Promise<void>>();
  const started = Date.now();
  let events = 0;
  for (const visit of endlessVisits(shop, seed)) {
    if (isOver()) break;
    const due = dueAt(pace, done.visits, events);
    await sleep(Math.max(0, started + due - Date.now()));
    const now = shifted(visit, Date.now());
    events += now.events.length;
    done.visits++;
    const visiting = visitNow(now, { pixel, store, shop }).then(({ report, ordered }) => {
      for (const key of Object.keys(total) as (keyof TrafficReport)[]) done[key] += report[key];
      done.orders += ordered ? 1 : 0;
      underWay.delete(visiting);
      onReport?.(done);
    });
    underWay.add(visiting);
    if (underWay.size >= PARALLEL) await Promise.race(underWay);
  }
  await Promise.all(underWay);
}

/** When the next visit begins, in milliseconds after the first. */
function dueAt(pace: LiveOptions["pace"], visits: number, events: number): number {
  return "visitorsPerDay" in pace
    ? (visits * DAY_SECONDS * 1_000) / pace.visitorsPerDay
    : (events * 1_000) / pace.eventsPerSecond;
}

function* endlessVisits(shop: string, seed: number): Generator<Visit> {
  for (let round = 0; ; round++) {
    const world = { shop, seed: seed + round, days: 1, visitorsPerDay: DRAWN_PER_DAY };
    for (const { visits } of simulate({ ...world, until: new Date() })) yield* visits;
  }
}

/** The same visit, so that it ends now: an hour of browsing need not take an hour. */
function shifted(visit: Visit, now: number): Visit {
  const last = visit.events.at(-1)?.at ?? visit.endedAt;
  const later = now - Date.parse(last);
  const move = (time: string) => new Date(Date.parse(time) + later).toISOString();
  const events = visit.events.map(({ at, event, fate }) => ({
    ...{ at: move(at), fate },
    event: { ...event, timestamp: move(event.timestamp) },
  }));
  return { ...visit, startedAt: move(visit.startedAt), endedAt: move(visit.endedAt), events };
}

type Where = Pick<LiveOptions, "pixel" | "store" | "shop">;

async function visitNow(visit: Visit, { pixel, store, shop }: Where) {
  const report = await sendVisits([visit], { ...pixel, concurrency: 1 });
  const purchase = purchaseOf(visit);
  if (!purchase) return { report, ordered: false };
  const response = await fetch(`${store}/control/shops/${shopOf(shop).handle}/orders`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(purchase),
  });
  return { report, ordered: response.ok };
}

/** What somebody bought, as their checkout's last event tells it; undefined where nobody did. */
function purchaseOf({ events }: Visit): Purchase | undefined {
  const paid = events.findLast(({ event }) => event.name === "checkout_completed")?.event;
  if (!paid || !("checkout" in paid.data)) return undefined;
  const { checkout } = paid.data as { checkout: CheckoutData };
  const lines = checkout.lineItems.flatMap(({ quantity, variant }) => {
    const [productId, variantId] = [Number(variant?.product.id), Number(variant?.id)];
    return productId && variantId ? [{ productId, variantId, quantity }] : [];
  });
  const token = checkout.token ?? "";
  if (!token || lines.length === 0) return undefined;
  const shippingMinor = Math.round((checkout.shippingLine?.price?.amount ?? 0) * 100);
  const cart = { checkoutToken: token, cartToken: token };
  return { ...cart, customerId: null, lines, discountCode: null, shippingMinor };
}

type CheckoutData = {
  token?: string | null;
  lineItems: {
    quantity: number;
    variant?: { id?: string | null; product: { id?: string | null } } | null;
  }[];
  shippingLine?: { price?: { amount: number } | null } | null;
};
