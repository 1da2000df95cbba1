import { expect, test } from "vitest";
import { companionsOf } from "../../../dev/shoppers/companions";
import type { Visit } from "../../../dev/shoppers/model";
import { openShelves } from "../../../dev/shoppers/shelf";
import { catalogAt } from "../../../dev/store/catalog/timeline";
import { BERLIN_SHOP, world } from "./worlds";

/** What there is to find for whoever recommends products: tastes, complements, and popularity. */
const { visits, orders, options } = world({ days: 21, visitorsPerDay: 300, seed: 3 });
const products = catalogAt(BERLIN_SHOP, options.until).products;
const typeOf = new Map(products.map(({ id, type }) => [id, type]));
const shoppers = visits.filter(({ kind }) => kind === "shopper");
const visitsOfEach = new Map<string, Visit[]>();
for (const visit of shoppers)
  visitsOfEach.set(visit.person, [...(visitsOfEach.get(visit.person) ?? []), visit]);

test("somebody's next visit is about what the last one was about, far more often than by chance", () => {
  const pairs = [...visitsOfEach.values()].flatMap((visits) =>
    visits.slice(1).map((next, i) => [visits[i], next] as const),
  );
  const subjects = pairs
    .map(([last, next]) => [mostOf(last ? typesSeen(last) : []), mostOf(typesSeen(next))])
    .filter(([last, next]) => last !== null && next !== null);

  const agreeing = shareOf(subjects.map(([last, next]) => last === next));

  expect(subjects.length).toBeGreaterThan(200);
  expect(agreeing).toBeGreaterThan(2.5 * byChance(shoppers.flatMap(typesSeen)));
});

test("people buy the types of product that they looked at on earlier visits", () => {
  const bought = new Map(orders.map(({ id, lines }) => [id, lines.map((line) => line.productId)]));
  const hits = [...visitsOfEach.values()].flatMap((visits) =>
    visits.flatMap((visit, i) => {
      const liked = mostOf(visits.slice(0, i).flatMap(typesSeen));
      const lines = bought.get(visit.orderId ?? NaN) ?? [];
      return liked === null ? [] : lines.map((id) => typeOf.get(id) === liked);
    }),
  );
  const sold = [...bought.values()].flat().map((id) => typeOf.get(id) ?? "");

  expect(hits.length).toBeGreaterThan(30);
  expect(shareOf(hits)).toBeGreaterThan(2.5 * byChance(sold));
});

test("what goes together is bought together, far more often than by chance", () => {
  const shelf = openShelves(BERLIN_SHOP)(options.until.getTime() - 1);
  const companions = new Map(
    shelf.all.products.map((product) => [
      product.id,
      new Set(companionsOf(product, shelf).map(({ id }) => id)),
    ]),
  );
  const goTogether = (one: number, other: number) =>
    companions.get(one)?.has(other) === true || companions.get(other)?.has(one) === true;
  const ids = orders.map(({ lines }) => lines.map(({ productId }) => productId));
  const pairsIn = (ids: readonly number[]) =>
    ids.flatMap((one, i) => ids.slice(i + 1).map((other) => goTogether(one, other)));

  const together = ids.flatMap(pairsIn);

  expect(together.length).toBeGreaterThan(40);
  expect(shareOf(together)).toBeGreaterThan(5 * shareOf(pairsIn(ids.flat())));
});

test("few products draw most of the attention", () => {
  const views = new Map<string, number>();
  for (const { path, type } of shoppers.flatMap(({ pages }) => pages))
    if (type === "product") views.set(path, (views.get(path) ?? 0) + 1);
  const counts = [...views.values()].toSorted((one, other) => other - one);
  const sum = (of: readonly number[]) => of.reduce((total, count) => total + count, 0);

  const top = sum(counts.slice(0, Math.ceil(products.length / 10))) / sum(counts);

  expect(top).toBeGreaterThan(0.35);
  expect(counts.length).toBeGreaterThan(0.6 * products.length);
});

const shareOf = (hits: readonly boolean[]): number => hits.filter(Boolean).length / hits.length;

/** How often two types agree that are drawn from a list. */
function byChance(drawn: readonly string[]): number {
  const types = [...new Set(drawn)];
  const shares = types.map((type) => shareOf(drawn.map((other) => other === type)));
  return shares.reduce((sum, share) => sum + share * share, 0);
}

function typesSeen({ events }: Visit): string[] {
  return events.flatMap(({ event }) => {
    if (event.name !== "product_viewed") return [];
    const { productVariant } = event.data as { productVariant: { product: { type: string } } };
    return [productVariant.product.type];
  });
}

function mostOf(seen: readonly string[]): string | null {
  const count = (type: string) => seen.filter((other) => other === type).length;
  const [most] = [...new Set(seen)].toSorted((one, other) => count(other) - count(one));
  return most ?? null;
}
