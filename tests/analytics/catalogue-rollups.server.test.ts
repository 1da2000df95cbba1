import fc from "fast-check";
import { expect } from "vitest";
import { topProducts } from "~/analytics/carts/top-products.server";
import { products } from "~/analytics/products/products.server";
import type { Question } from "~/analytics/report";
import { compareSpans } from "~/analytics/rollups/comparing.server";
import type { Database } from "~/platform/db.server";
import { test } from "../database";
import { collectionOf, productOf, rest } from "./catalogue";
import { openTrade } from "./trade";
import { fromFacts, keepAll } from "./keeping";

const FIRST = Date.parse("2026-10-24T08:00:00Z");
const NOW = "2026-11-02T03:10:00Z";
const ADDRESS = "from=2026-10-24&to=2026-11-02&unit=day";

type World = { db: Database; trade: Awaited<ReturnType<typeof openTrade>>; orders: bigint[] };

const at = fc
  .integer({ min: 0, max: (Date.parse(NOW) - FIRST) / 60_000 - 60 })
  .map((minute) => new Date(FIRST + minute * 60_000).toISOString());
const product = fc.integer({ min: 1, max: 4 });
const some = fc.array(product, { maxLength: 3 });
const name = fc.constantFrom("", "Acme", "Bolt");
const collection = fc.constantFrom(70n, 71n);

const visit = fc.record({
  ...{ do: fc.constant("visit" as const), at, views: some, adds: some, removes: some },
  ...{ sampleRate: fc.constantFrom(1, 0.25), told: fc.constantFrom(null, "Told"), bought: some },
});
const cart = fc.record({ do: fc.constant("cart" as const), at, product });
const refund = fc.record({ do: fc.constant("refund" as const), at, pick: fc.nat(20) });
const fact = fc.oneof(visit, cart, refund);
const change = fc.oneof(
  fc.record({ do: fc.constant("product" as const), product, vendor: name, productType: name }),
  fc.record({ do: fc.constant("deleted" as const), product }),
  fc.record({ do: fc.constant("placed" as const), product, collection }),
  fc.record({ do: fc.constant("taken" as const), product, collection }),
  fc.record({ do: fc.constant("closed" as const), collection, isClosed: fc.boolean() }),
);
type Fact = typeof fact extends fc.Arbitrary<infer Each> ? Each : never;
type Change = typeof change extends fc.Arbitrary<infer Each> ? Each : never;

async function happen({ db, trade, orders }: World, fact: Fact): Promise<void> {
  if (fact.do === "cart")
    return trade.cart(fact.at, { changes: [{ minute: 0, product: fact.product, quantity: 1 }] });
  if (fact.do === "refund") {
    const orderId = orders[fact.pick % Math.max(1, orders.length)];
    if (orderId === undefined) return;
    await trade.refund(fact.at, orderId, [{ line: 1, quantity: 1, subtotalMinor: 500 }]);
    const data = { shopId: trade.shopId, orderId, refundId: BigInt(orders.push(orderId)) };
    await db.refund.create({
      data: { ...data, refundedAt: new Date(fact.at), totalMinor: 500, itemCount: 1 },
    });
    return;
  }
  const sessionId = await trade.visit(fact.at, { ...fact, orders: fact.bought.length });
  const where = { shopId: trade.shopId, sessionId };
  await db.productView.updateMany({ where, data: { vendor: fact.told, productType: fact.told } });
  // Whatever is folded of a visit is written with its session.
  await db.session.updateMany({ where, data: { endedAt: new Date(Date.parse(fact.at) + 60_000) } });
  if (fact.bought.length === 0) return;
  const lines = fact.bought.map((product) => ({ product }));
  orders.push(await trade.order(fact.at, lines, { sessionId }));
}

async function alter({ db, trade: { shopId } }: World, change: Change): Promise<void> {
  if (change.do === "closed") {
    const where = { shopId, collectionId: change.collection };
    const data = { deletedAt: change.isClosed ? new Date(NOW) : null };
    await db.collection.updateMany({ where, data });
    return;
  }
  const productId = BigInt(change.product);
  if (change.do === "deleted") await db.product.deleteMany({ where: { shopId, productId } });
  else if (change.do === "product") {
    const about = { vendor: change.vendor, productType: change.productType };
    await db.product.upsert({
      where: { shopId_productId: { shopId, productId } },
      ...{ create: productOf(shopId, productId, about), update: about },
    });
  } else {
    const key = { shopId, collectionId: change.collection, productId };
    await db.collectionProduct.deleteMany({ where: key });
    if (change.do === "placed")
      await db.collectionProduct.create({ data: { ...key, position: 0 } });
  }
}

const BY = ["vendor", "type", "collection"] as const;

const answers = (db: Database, question: Question) =>
  Promise.all(
    BY.flatMap((by) => [
      products(db, question, { by, sort: "viewed", limit: 50 }),
      topProducts(db, question, { by, sort: "added", limit: 50 }),
    ]),
  );

test("what is kept by vendor, type and collection is what facts tell, however the catalogue changes", async ({
  db,
}) => {
  const [facts, changes] = [fc.array(fact, { maxLength: 12 }), fc.array(change, { maxLength: 8 })];
  const zones = fc.constantFrom("Europe/Zurich", "UTC");
  const later = fc.record({ facts: fc.array(fact, { maxLength: 2 }), changes });
  await fc.assert(
    fc.asyncProperty(facts, changes, later, zones, async (facts, changes, later, timeZone) => {
      const trade = await openTrade(db, { timeZone });
      const { shopId } = trade;
      const world: World = { db, trade, orders: [] };
      await db.collection.createMany({ data: [70n, 71n].map((id) => collectionOf(shopId, id)) });
      for (const each of changes) await alter(world, each);
      for (const each of facts) await happen(world, each);
      await keepAll(db, { shopId, timeZone }, NOW);
      const question = trade.asks(ADDRESS, NOW);
      expect(await answers(db, question)).toEqual(
        await fromFacts(db, question.shopId, () => answers(db, question)),
      );

      for (const each of later.changes) {
        await alter(world, each);
        expect(await answers(db, question)).toEqual(
          await fromFacts(db, question.shopId, () => answers(db, question)),
        );
      }
      for (const each of later.facts) await happen(world, each);
      expect(await answers(db, question)).toEqual(
        await fromFacts(db, question.shopId, () => answers(db, question)),
      );
      await rest(db, shopId);
      await keepAll(db, { shopId, timeZone }, NOW);
      expect(await db.rollupChange.count({ where: { shopId } })).toBe(0);
      expect(await answers(db, question)).toEqual(
        await fromFacts(db, question.shopId, () => answers(db, question)),
      );
      expect(await compareSpans(db, shopId)).toBe(0);
    }),
    { numRuns: 6, endOnFailure: true },
  );
}, 600_000);
