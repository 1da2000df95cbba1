import { describe, expect } from "vitest";
import { importLines } from "~/events/import.server";
import type { Database } from "~/platform/db.server";
import { groupBy } from "~/platform/group-by";
import { MINUTE } from "~/platform/time";
import { cartStateAt } from "~/projections/visitors/carts";
import { chance } from "../../dev/chance";
import { eventLine, orderLine } from "../../dev/shoppers/history";
import {
  cartTimes,
  trueCarts,
  trueCheckouts,
  trueInteractions,
  trueSessions,
  trueVisitors,
  type Told,
} from "../../dev/shoppers/checks/journeys";
import { trueFeatures } from "../../dev/shoppers/checks/features";
import type { VisitEvent } from "../../dev/shoppers/model";
import { simulate } from "../../dev/shoppers/simulate";
import { shopOf } from "../../dev/store/catalog/shops";
import { test } from "../database";
import { catchUp } from "../folding";
import { BERLIN, openShop } from "./shop";

const DAYS = 90;
const LOST = 0.03;
/** Of the lines, so many come a second time. */
const REPEATED = 0.05;

type Line = { text: string; place: number };

/** Ninety days of a shop: of the events some are lost, all else comes in any order, some twice; orders
 * come after most of their events, or before them. */
async function livedThrough(db: Database, seed: number): Promise<Told & { shopId: number }> {
  const until = new Date(Date.now() - 60 * MINUTE);
  const days = [...simulate({ shop: BERLIN, days: DAYS, until, seed, visitorsPerDay: 18 })];
  const visits = days.flatMap((day) => day.visits);
  const orders = days
    .flatMap(({ settled }) => settled)
    .map((order, index) => ({ ...order, test: index % 25 === 0 }));
  const { id: shopId } = await openShop(db, BERLIN);
  const luck = chance(`post ${seed}`);
  const lost = new Set<VisitEvent>();
  for (const event of visits.flatMap(({ events }) => events))
    if (luck.happens(LOST)) lost.add(event);
  const isTold = (event: VisitEvent) => event.fate === "sent" && !lost.has(event);
  const lines = [
    ...visits.flatMap(({ events }) => events.filter(isTold).map(eventLine)),
    ...orders.map(orderLine),
  ].map((text): Line => ({ text, place: luck.next() }));
  const again = lines.filter(() => luck.happens(REPEATED)).map(({ text }) => text);
  const shuffled = lines.toSorted((one, other) => one.place - other.place).map(({ text }) => text);
  for (const part of [shuffled.slice(0, 8_000), shuffled.slice(8_000), again]) {
    const options = { shopId, receivedAt: new Date(), retentionDays: 400 };
    const report = await importLines(db, numbered(part), options);
    expect(report.reasons).toEqual({});
    await catchUp(db, shopId, 20_000);
  }
  return { visits, orders, isTold, shopId };
}

async function* numbered(lines: readonly string[]) {
  for (const [index, text] of lines.entries())
    yield await Promise.resolve({ number: index + 1, text });
}

const sorted = <Value>(entries: Iterable<readonly [string, Value]>) =>
  [...entries].sort(([one], [other]) => (one < other ? -1 : 1));

describe("of ninety days with loss, repetition and disorder, shared browsers and several devices,", () => {
  test(
    "visitors, their features, interactions, checkouts and carts are what happened",
    { timeout: 240_000 },
    async ({ db }) => {
      const told = await livedThrough(db, 31);
      const { shopId, orders } = told;
      const where = { shopId };
      const sessions = trueSessions(told);

      const stored = await db.session.findMany({ where: { ...where, botRule: null } });
      expect(sorted(stored.map(({ sessionId, visitorId }) => [sessionId, visitorId]))).toEqual(
        sorted(sessions.map(({ id, visitorId }) => [id, visitorId])),
      );

      const visitors = await db.visitor.findMany({ where });
      expect(
        sorted(
          visitors.map(({ visitorId, ...row }) => [
            visitorId,
            {
              ...{ clients: row.clientCount, sessions: row.sessionCount, orders: row.orderCount },
              revenueMinor: Number(row.revenueMinor),
            },
          ]),
        ),
      ).toEqual(sorted(trueVisitors(sessions, orders)));

      const interactions = await db.interaction.findMany({ where });
      expect(
        sorted(
          interactions.map((row) => [
            `${row.visitorId} ${row.productId}`,
            {
              ...{ views: row.viewCount, added: Number(row.addedQuantity) },
              ...{ removed: Number(row.removedQuantity), bought: Number(row.purchasedQuantity) },
            },
          ]),
        ),
      ).toEqual(sorted(trueInteractions(sessions, orders)));

      await expectFeatures(db, shopId, trueFeatures(sessions, orders, shopOf(BERLIN).timeZone));
      await expectCheckouts(db, shopId, trueCheckouts(sessions, orders));
      await expectCarts(db, shopId, trueCarts(told));
      await expectRecoveries(db, shopId, cartTimes(sessions));
      expectPeople(sessions);
    },
  );
});

async function expectFeatures(
  db: Database,
  shopId: number,
  truth: ReturnType<typeof trueFeatures>,
): Promise<void> {
  const stored = await db.userFeatures.findMany({ where: { shopId } });
  const found = stored.map(({ visitorId, hourShares, ...row }) => {
    const comings = (truth.get(visitorId)?.hours ?? []).reduce((sum, count) => sum + count, 0);
    const features = {
      ...{ sessionCount: row.sessionCount, orderCount: row.orderCount },
      ...{ lastSessionAt: timeOf(row.lastSessionAt), lastOrderAt: timeOf(row.lastOrderAt) },
      ...{ totalMinor: Number(row.totalMinor), discountedShare: row.discountedShare },
      meanOrderMinor: row.meanOrderMinor === null ? null : Number(row.meanOrderMinor),
      decisionMs: row.decisionMs === null ? null : Number(row.decisionMs),
      hours: (hourShares as number[]).map((share) => Math.round(share * comings)),
    };
    return [visitorId, features] as const;
  });
  expect(sorted(found)).toEqual(sorted(truth));
  expect(stored.filter(({ decisionMs }) => decisionMs !== null).length).toBeGreaterThan(20);
}

const timeOf = (moment: Date | null): number | null => moment?.getTime() ?? null;

async function expectCheckouts(
  db: Database,
  shopId: number,
  truth: ReturnType<typeof trueCheckouts>,
): Promise<void> {
  const stored = await db.checkout.findMany({ where: { shopId } });
  expect(stored.length).toBeGreaterThan(50);
  expect(
    sorted(
      stored.map((row) => {
        const { contactAt, addressAt, shippingAt, paymentAt, completedAt } = row;
        const reached = { contactAt, addressAt, shippingAt, paymentAt, completedAt };
        const times = Object.entries(reached).flatMap(([step, at]) =>
          at ? [[step.slice(0, -2), at.getTime()] as const] : [],
        );
        return [row.checkoutToken, [sorted(times), row.orderId?.toString() ?? null]];
      }),
    ),
  ).toEqual(
    sorted(
      [...truth].map(([token, { reached, orderId }]) => {
        const times = [...reached].filter(([step]) => step !== "started");
        return [token, [sorted(times), orderId]];
      }),
    ),
  );
}

/** An emptied cart is not in the truth: nothing was left of it. */
async function expectCarts(
  db: Database,
  shopId: number,
  truth: ReturnType<typeof trueCarts>,
): Promise<void> {
  const carts = await db.cart.findMany({ where: { shopId }, orderBy: { startedAt: "asc" } });
  const now = new Date();
  const found = new Map<string, { ordered: number[]; left: number }>();
  for (const clientId of truth.keys()) found.set(clientId, { ordered: [], left: 0 });
  const states: string[] = [];
  for (const cart of carts) {
    const itemCount = Number(cart.itemCount);
    const state = cartStateAt({ ...cart, itemCount }, now);
    states.push(state);
    const own = found.get(cart.clientId);
    if (state === "converted") own?.ordered.push(itemCount);
    else if (own && state !== "emptied") own.left += itemCount;
  }
  expect(sorted(found)).toEqual(sorted(truth));
  for (const state of ["converted", "abandoned", "emptied"]) expect(states).toContain(state);
  expect([...truth.values()].filter(({ ordered }) => ordered.length > 0).length).toBeGreaterThan(5);
}

/** A cart was recovered when something was done with it, or with its checkout, after an hour's pause. */
async function expectRecoveries(
  db: Database,
  shopId: number,
  times: ReturnType<typeof cartTimes>,
): Promise<void> {
  const carts = await db.cart.findMany({ where: { shopId, isBot: false } });
  const pauses = carts.map(({ clientId, startedAt, lastActionAt }) => {
    const [from, to] = [startedAt.getTime(), lastActionAt.getTime()];
    const own = [...(times.get(clientId) ?? []), to].filter((at) => at >= from && at <= to);
    return own.some((at, index) => at - (own[index - 1] ?? at) >= 60 * MINUTE);
  });
  expect(carts.map(({ recoveredAt }) => recoveredAt !== null)).toEqual(pauses);
  expect(pauses.filter(Boolean).length).toBeGreaterThan(5);
}

/** Strangers are never one visitor: who shares one shares a browser, too. Whoever used a browser alone,
 * and was known on it, has all of its sessions. */
function expectPeople(sessions: ReturnType<typeof trueSessions>): void {
  const users = new Map<string, Set<string>>();
  for (const { clientId, persons } of sessions)
    users.set(clientId, new Set([...(users.get(clientId) ?? []), ...persons]));
  const shared = [...users.values()].filter((persons) => persons.size > 1);
  expect(shared.length).toBeGreaterThan(5);
  for (const own of groupBy(sessions, ({ visitorId }) => visitorId).values()) {
    const persons = [...new Set(own.flatMap(({ persons }) => [...persons]))];
    const share = shared.some((users) => persons.every((person) => users.has(person)));
    expect(persons.length === 1 || share, persons.join()).toBe(true);
  }
}
