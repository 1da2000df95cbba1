import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { expect } from "vitest";
import { cartNumbers } from "~/analytics/carts/abandonment.server";
import { topProducts } from "~/analytics/carts/top-products.server";
import { cartBands, cartValue } from "~/analytics/carts/value.server";
import { checkoutSteps } from "~/analytics/checkout/checkout.server";
import { products } from "~/analytics/products/products.server";
import type { Filters } from "~/analytics/filters";
import type { Question } from "~/analytics/report";
import { keepChoices } from "~/analytics/rollups/by-choice.server";
import { compareSpans } from "~/analytics/rollups/comparing.server";
import { search } from "~/analytics/search/search.server";
import type { Database } from "~/platform/db.server";
import { test } from "../database";
import { openTrade, type CartOf } from "./trade";
import { fromFacts, keepAll } from "./keeping";

/** The day before clocks go back in Zurich, and the week after: hours, days and a week are kept. */
const FIRST = Date.parse("2026-10-24T08:00:00Z");
const NOW = "2026-11-02T03:10:00Z";
const ADDRESS = "from=2026-10-24&to=2026-11-02&unit=day";
const ZONES = ["Europe/Zurich", "Pacific/Tongatapu", "UTC"] as const;

const at = fc
  .integer({ min: 0, max: (Date.parse(NOW) - FIRST) / 60_000 - 60 })
  .map((minute) => new Date(FIRST + minute * 60_000).toISOString());
const product = fc.integer({ min: 1, max: 3 });
const some = fc.array(product, { maxLength: 3 });
const sampleRate = fc.constantFrom(1, 0.25);
const isBot = fc.boolean();
const minute = fc.integer({ min: 0, max: 200 });

const visit = fc.record({
  ...{ do: fc.constant("visit" as const), at, views: some, adds: some, removes: some },
  ...{ isBot, sampleRate, channel: fc.constantFrom("direct", "email") },
  searches: fc.array(fc.constantFrom("tent", "tnt", "stove"), { maxLength: 3 }),
  bought: fc.option(fc.record({ product, after: minute, isTest: fc.boolean() }), { nil: null }),
});
const cart = fc.record({
  ...{ do: fc.constant("cart" as const), at, isBot, sampleRate },
  changes: fc.array(fc.record({ minute, product, quantity: fc.constantFrom(1, 2, -1) }), {
    ...{ minLength: 1, maxLength: 4 },
  }),
  ...{ abandoned: fc.constantFrom(60, 20_000), recovered: fc.option(minute, { nil: null }) },
  converted: fc.constantFrom(null, null, 5),
  itemCount: fc.integer({ min: 0, max: 2 }),
  valueMinor: fc.option(fc.integer({ min: 0, max: 50_000 }), { nil: null }),
  currency: fc.constantFrom("EUR", "USD", null),
  ...{ client: fc.uuid(), channel: fc.constantFrom("direct", "email") },
  ...{ isReturning: fc.boolean(), hasSession: fc.boolean() },
});
const checkout = fc.record({
  ...{ do: fc.constant("checkout" as const), at, isBot, sampleRate },
  steps: fc.array(fc.option(minute, { nil: null }), { minLength: 5, maxLength: 5 }),
});
const refund = fc.record({
  ...{ do: fc.constant("refund" as const), at, pick: fc.nat(20), cancels: fc.boolean() },
});
/** Everybody who came is found to have come before. */
const recognise = fc.record({ do: fc.constant("recognise" as const) });
const deed = fc.oneof(visit, cart, checkout, refund, recognise);
type Deed = typeof deed extends fc.Arbitrary<infer Each> ? Each : never;

type World = { db: Database; trade: Awaited<ReturnType<typeof openTrade>>; orders: bigint[] };

async function take(world: World, deed: Deed): Promise<void> {
  const { db, trade } = world;
  if (deed.do === "cart") await fill(world, deed);
  else if (deed.do === "checkout") await begin(world, deed);
  else if (deed.do === "visit") await visitOf(world, deed);
  else if (deed.do === "recognise")
    await db.session.updateMany({ where: { shopId: trade.shopId }, data: { isReturning: true } });
  else {
    const orderId = world.orders[deed.pick % Math.max(1, world.orders.length)];
    if (orderId === undefined) return;
    await trade.refund(deed.at, orderId, [{ line: 1, quantity: 1, subtotalMinor: 500 }]);
    const own = { shopId: trade.shopId, orderId };
    await db.refund.create({
      data: {
        ...{ ...own, refundId: BigInt(Date.now()) * 1_000n + BigInt(world.orders.length) },
        ...{ refundedAt: new Date(deed.at), totalMinor: 500, itemCount: 1 },
      },
    });
    if (deed.cancels)
      await db.order.updateMany({ where: own, data: { cancelledAt: new Date(deed.at) } });
  }
}

/** Whoever filled it is known to have come before, or not, only afterwards; of some no session is known. */
async function fill(
  { db, trade }: World,
  { do: _, at, isReturning, hasSession, ...about }: Extract<Deed, { do: "cart" }>,
): Promise<void> {
  await trade.cart(at, about satisfies Partial<CartOf>);
  const where = { shopId: trade.shopId, clientId: about.client };
  if (hasSession) await db.session.updateMany({ where, data: { isReturning } });
  else await db.session.deleteMany({ where });
}

async function visitOf(
  { db, trade, orders }: World,
  { do: _, searches, bought, ...done }: Extract<Deed, { do: "visit" }>,
): Promise<void> {
  const sessionId = await trade.visit(done.at, { ...done, orders: bought ? 1 : 0 });
  const after = (ms: number) => new Date(Date.parse(done.at) + ms);
  let refines: string | null = null;
  for (const [index, query] of searches.entries()) {
    const eventId = randomUUID();
    await db.search.create({
      data: {
        ...{ shopId: trade.shopId, eventId, sessionId, clientId: "ana", query, refines },
        ...{ searchedAt: after(index), resultCount: index, isBot: done.isBot },
        ...{ clickedPosition: index === 2 ? 4 : null, clickedProductId: index === 2 ? 1n : null },
        sampleRate: done.sampleRate,
      },
    });
    refines = eventId;
  }
  // Whatever is folded of a visit is written with its session.
  const where = { shopId: trade.shopId, sessionId };
  await db.session.updateMany({ where, data: { endedAt: after(60_000) } });
  if (!bought) return;
  const { isTest, product } = bought;
  const placedAt = after(bought.after * 60_000).toISOString();
  orders.push(await trade.order(placedAt, [{ product }, { product: 1 }], { sessionId, isTest }));
}

async function begin(
  { db, trade }: World,
  { at, steps, isBot, sampleRate }: Extract<Deed, { do: "checkout" }>,
): Promise<void> {
  const time = (minute: number) => new Date(Date.parse(at) + minute * 60_000);
  const [contactAt, addressAt, shippingAt, paymentAt, completedAt] = steps.map((minute) =>
    minute === null ? null : time(minute),
  );
  await db.checkout.create({
    data: {
      ...{ shopId: trade.shopId, checkoutToken: randomUUID(), clientId: "ana", sessionId: "s" },
      ...{ itemCount: 1, startedAt: new Date(at), isBot, sampleRate },
      lastAt: time(Math.max(0, ...steps.filter((minute) => minute !== null))),
      ...{ contactAt, addressAt, shippingAt, paymentAt, completedAt },
    },
  });
}

const CARTS_BY = ["all", "step", "channel", "visitor", "landing", "hour", "weekday"] as const;

const filtered = (question: Question, filters: Filters): Question => ({
  ...question,
  view: { ...question.view, filters },
});

/** All that is told of a shop, by everything that sums are kept of. */
async function answers(db: Database, question: Question) {
  const list = { limit: 50 } as const;
  return {
    products: await Promise.all(
      (["product", "variant", "all", "step"] as const).map((by) =>
        products(db, question, { by, sort: "viewed", ...list }),
      ),
    ),
    top: await topProducts(db, question, { by: "product", sort: "added", ...list }),
    searches: await Promise.all(
      (["query", "all", "step"] as const).map((by) =>
        search(db, question, { by, rank: "searches", ...list }),
      ),
    ),
    carts: await Promise.all(CARTS_BY.map((by) => cartNumbers(db, question, { by }))),
    ofOne: await Promise.all(
      [{ channel: "direct" }, { visitor: "returning" }, { device: "mobile" }].flatMap((filters) => [
        products(db, filtered(question, filters), { by: "product", sort: "viewed", ...list }),
        topProducts(db, filtered(question, filters), { by: "product", sort: "added", ...list }),
        search(db, filtered(question, filters), { by: "query", rank: "searches", ...list }),
      ]),
    ),
    cartsOfOne: await Promise.all(
      (["all", "step"] as const).map((by) =>
        cartNumbers(db, filtered(question, { channel: "direct" }), { by }),
      ),
    ),
    values: await Promise.all(
      (["all", "step"] as const).map((by) => cartValue(db, question, { by })),
    ),
    bands: await cartBands(db, question),
    checkout: await checkoutSteps(db, question),
  };
}

test("answers from kept sums are those from facts, whatever comes before and after", async ({
  db,
}) => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(deed, { maxLength: 14 }),
      fc.array(deed, { maxLength: 3 }),
      fc.constantFrom(...ZONES),
      async (before, later, timeZone) => {
        const trade = await openTrade(db, { timeZone });
        const world: World = { db, trade, orders: [] };
        for (const each of before) await take(world, each);
        await keepAll(db, { shopId: trade.shopId, timeZone }, NOW);
        await keepChoices(db, { shopId: trade.shopId, timeZone }, { many: 0 });
        const question = trade.asks(ADDRESS, NOW);
        expect(await answers(db, question)).toEqual(
          await fromFacts(db, question.shopId, () => answers(db, question)),
        );
        for (const each of later) await take(world, each);

        expect(await answers(db, question)).toEqual(
          await fromFacts(db, question.shopId, () => answers(db, question)),
        );
        await keepAll(db, { shopId: trade.shopId, timeZone }, NOW);
        await keepChoices(db, { shopId: trade.shopId, timeZone }, { many: 0 });
        expect(await answers(db, question)).toEqual(
          await fromFacts(db, question.shopId, () => answers(db, question)),
        );
        expect(await compareSpans(db, trade.shopId)).toBe(0);
      },
    ),
    { numRuns: 10, endOnFailure: true },
  );
}, 600_000);
