import { expect } from "vitest";
import { cohorts } from "~/analytics/cohorts/cohorts.server";
import { retention } from "~/analytics/cohorts/retention.server";
import { customers } from "~/analytics/customers/customers.server";
import { lifetimeValues } from "~/analytics/customers/ltv.server";
import { questionOf } from "~/analytics/question";
import { refunds } from "~/analytics/revenue/refunds.server";
import { revenue } from "~/analytics/revenue/revenue.server";
import { OrderPayload } from "~/commerce/order-payload";
import { append, makeRoom } from "~/events/log.server";
import { orderRead, verifiedRow } from "~/events/verified";
import type { Database } from "~/platform/db.server";
import {
  trueCohorts,
  trueCustomers,
  trueLifetimes,
  trueRefunds,
  trueRetention,
  trueRevenue,
} from "../../dev/shoppers/checks/revenue";
import { simulate } from "../../dev/shoppers/simulate";
import { shopOf } from "../../dev/store/catalog/shops";
import { openCommerce } from "../../dev/store/commerce/open";
import type { Order } from "../../dev/store/commerce/model";
import { newCommerceState } from "../../dev/store/commerce/state";
import { orderPayload } from "../../dev/store/webhooks/happenings";
import { test } from "../database";
import { catchUp } from "../folding";
import { AUCKLAND, BERLIN, openShop } from "./shop";
import { settled } from "./world";

/** Clocks changed in Berlin on 29 March, in Auckland on 5 April. */
const NOW = new Date("2026-04-07T10:00:00Z");

/** Two months of a shop's orders, as they ended. Some were tests; a third came from a few regulars, since
 * simulated shoppers seldom order twice. */
function twoMonths(domain: string, seed: number) {
  const about = { shop: domain, days: 60, until: NOW, seed, visitorsPerDay: 50 };
  const days = [...simulate(about)];
  const settled = days.flatMap((day) => day.settled);
  const regulars = settled.slice(0, 12).map(({ customerId }) => customerId);
  const orders = settled.map((order, index) => ({
    ...order,
    test: index % 25 === 0,
    customerId: (index % 3 === 0 ? regulars[(index / 3) % 12] : null) ?? order.customerId,
  }));
  const history = [{ customers: days.flatMap((day) => day.customers), orders }];
  const shop = shopOf(domain);
  const state = newCommerceState();
  return {
    orders,
    commerce: openCommerce({ shop, state, save: () => {}, now: () => NOW, history }),
  };
}

type World = ReturnType<typeof twoMonths>;

/** What Shopify tells of the orders, through the log and its folds. */
async function tell(db: Database, shopId: number, { commerce, orders }: World): Promise<void> {
  const entries = orders
    .map((order: Order) => OrderPayload.parse(orderPayload(commerce, order)))
    .map((order) => verifiedRow(orderRead(order, { source: "webhook", receivedAt: NOW })));
  await makeRoom(db, entries);
  await append(db, shopId, entries);
  await catchUp(db, shopId, 5_000);
}

test.for([
  [BERLIN, 41],
  [AUCKLAND, 42],
  [BERLIN, 43],
] as const)(
  "%s, seed %i: revenue, customers, lifetime values, cohorts and retention are what happened",
  async ([domain, seed], { db }) => {
    const world = twoMonths(domain, seed);
    const shop = await openShop(db, domain);
    const zone = shop.timeZone;

    await tell(db, shop.id, world);

    const asked = new URLSearchParams("from=2026-02-20&to=2026-04-07&unit=day");
    const question = questionOf(shop, asked, NOW);
    const weeks = questionOf(shop, new URLSearchParams("from=2026-02-20&unit=week"), NOW);
    const about = { days: question.view.period.days, zone, orders: world.orders };
    const everybody = { first: "order", split: "none" } as const;

    const byDay = await revenue(db, question, { by: "step" });
    expect(byDay.rows.map(({ of: _of, ...row }) => row)).toEqual(trueRevenue(about));
    const paidBack = await refunds(db, question, { limit: 250 });
    expect(
      paidBack.rows.map(({ refundId, orderId, refundMinor }) => [refundId, orderId, refundMinor]),
    ).toEqual(trueRefunds(about));
    const { rows } = await customers(db, question, { by: "all" });
    const everyone = [{ of: "all", ...trueCustomers(about) }];
    expect(settled(rows, everyone)).toEqual(everyone);
    const lifetimes = await lifetimeValues(db, question);
    expect(lifetimes.rows).toEqual(trueLifetimes(about));
    expect((await cohorts(db, weeks, everybody)).rows).toEqual(trueCohorts(about));
    const curve = await retention(db, question, everybody);
    expect(curve.rows).toEqual(trueRetention(about));

    expect(paidBack.rows.length).toBeGreaterThan(0);
    expect(rows[0]?.returningCustomers).toBeGreaterThan(0);
    expect(rows[0]?.orders).toBeGreaterThan(30);
    expect(curve.rows.some(({ returned }) => returned > 0)).toBe(true);
  },
);
