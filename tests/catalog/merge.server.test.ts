import fc from "fast-check";
import { expect } from "vitest";
import { requestSync } from "~/catalog/sync-state.server";
import { test } from "../database";
import { minutes, NOON, shop } from "../factories";
import { adminVariant, listed, merge } from "./listed";

const NOTHING = { productsChanged: 0, productsDeleted: 0, variantsChanged: 0 };

test("what is new is mirrored, and its first prices are history", async ({ db }) => {
  const { id: shopId } = await shop(db);

  const merged = await merge(db, shopId, [listed()], { source: "sync", asked: "all" });

  expect(merged).toEqual({ productsChanged: 1, productsDeleted: 0, variantsChanged: 1 });
  const product = await db.product.findFirst({ where: { shopId }, include: { variants: true } });
  expect(product).toMatchObject({ title: "Mug", tags: ["kitchen"], minPriceMinor: 1990n });
  expect(product?.variants).toMatchObject([{ variantId: 70n, sku: "MUG-1", isAvailable: true }]);
  expect(await db.variantChange.findMany({ where: { shopId } })).toMatchObject([
    { changedAt: NOON, source: "sync", priceMinor: 1990n, stock: "in" },
  ]);
});

test("what is as it was writes nothing", async ({ db }) => {
  const { id: shopId } = await shop(db);
  await merge(db, shopId, [listed()]);
  const versions = () => db.$queryRaw`
    select xmin::text, product_id from products where shop_id = ${shopId}::int
    union all select xmin::text, variant_id from variants where shop_id = ${shopId}::int`;
  const before = await versions();

  expect(
    await merge(db, shopId, [listed()], { asOf: minutes(5), source: "sync", asked: "all" }),
  ).toEqual(NOTHING);
  expect(await versions()).toEqual(before);
  expect(await db.variantChange.count({ where: { shopId } })).toBe(1);
});

test("a product that was asked for and not found is gone, and its price's history ends", async ({
  db,
}) => {
  const { id: shopId } = await shop(db);
  await merge(db, shopId, [listed(), listed({ id: "8" }, [adminVariant({ id: "80" })])]);

  const merged = await merge(db, shopId, [], { asOf: minutes(1), asked: ["7"] });

  expect(merged).toEqual({ productsChanged: 0, productsDeleted: 1, variantsChanged: 1 });
  const products = await db.product.findMany({ where: { shopId }, orderBy: { productId: "asc" } });
  expect(products.map(({ deletedAt }) => deletedAt)).toEqual([minutes(1), null]);
  const changes = await db.variantChange.findMany({
    where: { shopId, variantId: 70 },
    orderBy: { changedAt: "asc" },
  });
  expect(changes.map(({ isAvailable, stock }) => [isAvailable, stock])).toEqual([
    [true, "in"],
    [false, "out"],
  ]);
});

test("what was seen before a product was deleted does not bring it back", async ({ db }) => {
  const { id: shopId } = await shop(db);
  await merge(db, shopId, [listed()]);
  await merge(db, shopId, [], { asOf: minutes(2), asked: ["7"] });

  await merge(db, shopId, [listed()], { asOf: minutes(1) });

  expect((await db.product.findFirst({ where: { shopId } }))?.deletedAt).toEqual(minutes(2));
});

test("another shop's catalogue is left alone", async ({ db }) => {
  const [one, other] = [await shop(db), await shop(db)];
  await merge(db, one.id, [listed()]);
  await merge(db, other.id, [listed({ title: "Other mug" })]);

  await merge(db, other.id, [], { asOf: minutes(1), asked: "all" });

  expect(await db.product.findMany({ where: { shopId: one.id } })).toMatchObject([
    { title: "Mug", deletedAt: null },
  ]);
  expect(await db.variantChange.count({ where: { shopId: one.id } })).toBe(1);
});

test("stock is low from the quantity on that the shop calls low, unless it is sold on", async ({
  db,
}) => {
  const { id: shopId } = await shop(db);
  await db.catalogState.create({ data: { shopId, lowStockQuantity: 3 } });
  const variants = [
    adminVariant({ id: "71", inventoryQuantity: 4 }),
    adminVariant({ id: "72", inventoryQuantity: 3 }),
    adminVariant({ id: "73", inventoryQuantity: 0, availableForSale: false }),
    adminVariant({ id: "74", inventoryQuantity: -2, inventoryPolicy: "CONTINUE" }),
    adminVariant({ id: "75", inventoryItem: { id: "1", tracked: false }, inventoryQuantity: 0 }),
  ];

  await merge(db, shopId, [listed({}, variants)]);

  const changes = await db.variantChange.findMany({
    where: { shopId },
    orderBy: { variantId: "asc" },
  });
  expect(changes.map(({ stock }) => stock)).toEqual(["in", "low", "out", "in", "in"]);
});

/** What a shop's catalogue was at some moments: of up to three products with up to two variants each. */
const state = fc.array(
  fc.record({
    id: fc.constantFrom("1", "2", "3"),
    title: fc.constantFrom("Mug", "Cup"),
    variants: fc.subarray(["1", "2"], { minLength: 1 }),
    price: fc.constantFrom("9.00", "10.00", "12.50"),
    available: fc.boolean(),
  }),
  { maxLength: 3 },
);
type State = (typeof state extends fc.Arbitrary<infer T> ? T : never)[number];

const toProducts = (products: readonly State[], at: number) =>
  [...new Map(products.map((each) => [each.id, each])).values()].map((each) =>
    listed(
      { id: each.id, title: each.title, updatedAt: minutes(at) },
      each.variants.map((nth) =>
        adminVariant({
          ...{ id: `${each.id}${nth}`, price: each.price, availableForSale: each.available },
        }),
      ),
    ),
  );

test("in whatever order what was seen comes in, the mirror is what was seen last", async ({
  db,
}) => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ products: state, isOfOneSecond: fc.boolean() }), {
        ...{ minLength: 1, maxLength: 5 },
      }),
      fc.boolean(),
      fc.infiniteStream(fc.nat()),
      async (states, isFirstSync, luck) => {
        const { id: shopId } = await shop(db);
        const known = ["1", "2", "3"].map((id) =>
          listed({ id, updatedAt: minutes(0) }, [adminVariant({ id: `${id}1` })]),
        );
        if (isFirstSync) await requestSync(db, shopId, { reason: "install", now: minutes(-1) });
        else await merge(db, shopId, known, { asOf: minutes(-1), asked: "all" });
        let second = 0;
        const seen = states.map(({ products, isOfOneSecond }, at) => {
          if (!isOfOneSecond) second = at;
          const asked = at % 2 === 0 ? "all" : ["1", "2", "3"];
          return { products: toProducts(products, second), asOf: minutes(at), asked } as const;
        });
        const shuffled = seen.toSorted(() => ((luck.next().value ?? 0) % 2) - 0.5);
        for (const { products, ...about } of [...shuffled, ...shuffled.slice(0, 1)])
          await merge(db, shopId, products, about);

        const last = seen.at(-1)?.products ?? [];
        const products = await db.product.findMany({
          where: { shopId, deletedAt: null },
          orderBy: { productId: "asc" },
          include: { variants: { where: { deletedAt: null }, orderBy: { variantId: "asc" } } },
        });
        expect(products.map(({ contentHash }) => contentHash).toSorted()).toEqual(
          last.map(({ product }) => product.contentHash).toSorted(),
        );
        expect(
          products.flatMap(({ variants }) => variants.map(({ variantId }) => String(variantId))),
        ).toEqual(
          last.flatMap(({ variants }) => variants.map(({ variantId }) => variantId)).toSorted(),
        );
      },
    ),
    { numRuns: 60, endOnFailure: true },
  );
}, 60_000);

test("what a sync saw as it was known is not undone by what was seen before", async ({ db }) => {
  const { id: shopId } = await shop(db);
  const mug = listed({ id: "1", updatedAt: minutes(0) });
  await merge(db, shopId, [mug], { asOf: minutes(0), asked: "all" });
  await merge(db, shopId, [mug], { asOf: minutes(3), asked: "all" });

  const cup = listed({ id: "1", title: "Cup", updatedAt: minutes(0) });
  await merge(db, shopId, [cup], { asOf: minutes(1), asked: ["1"] });
  await merge(db, shopId, [], { asOf: minutes(2), asked: ["1"] });

  const now = await db.product.findMany({
    where: { shopId },
    select: { title: true, deletedAt: true },
  });
  expect(now).toEqual([{ title: mug.product.title, deletedAt: null }]);
});

test("the series rebuilt from the changes is the prices that were seen", async ({ db }) => {
  await fc.assert(
    fc.asyncProperty(fc.array(state, { minLength: 1, maxLength: 6 }), async (states) => {
      const { id: shopId } = await shop(db);
      for (const [at, products] of states.entries()) {
        const seen = toProducts(products, at);
        await merge(db, shopId, seen, { asOf: minutes(at), asked: "all" });

        const current = await db.$queryRaw<{ id: string; price: number; available: boolean }[]>`
          select distinct on (variant_id) variant_id::text as id, price_minor::int as price,
                 is_available as available
          from variant_changes where shop_id = ${shopId}::int
          order by variant_id, changed_at desc`;
        const priced = new Map(current.map(({ id, ...rest }) => [id, rest]));
        const told = seen.flatMap(({ variants }) => variants);
        for (const { variantId, priceMinor, isAvailable } of told)
          expect(priced.get(variantId)).toEqual({ price: priceMinor, available: isAvailable });
        for (const [id, { available }] of priced)
          if (!told.some(({ variantId }) => variantId === id)) expect(available).toBe(false);
      }
      const repeats = await db.$queryRaw`
        select from (
          select variant_id, (price_minor, compare_at_minor, is_available, stock) as one,
                 lag((price_minor, compare_at_minor, is_available, stock))
                   over (partition by variant_id order by changed_at) as before
          from variant_changes where shop_id = ${shopId}::int) as c
        where one is not distinct from before`;
      expect(repeats).toEqual([]);
    }),
    { numRuns: 60, endOnFailure: true },
  );
}, 60_000);
