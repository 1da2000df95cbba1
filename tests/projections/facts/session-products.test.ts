import { expect, test } from "vitest";
import { sessionProducts } from "~/projections/facts/session-products";
import { foldTimeline } from "~/projections/timeline";
import { minutes, timelineEvent } from "../../factories";

const variant = (product: string | null) => ({ id: "70", price: null, product: { id: product } });
const viewed = (minute: number, product: string | null, path = `/products/${product}`) => [
  timelineEvent({ occurredAt: minutes(minute), path }),
  timelineEvent({
    name: "product_viewed",
    occurredAt: minutes(minute),
    path,
    seq: 1,
    data: { productVariant: variant(product) },
  }),
];
const changed = (minute: number, name: string, product: string, quantity: number) =>
  timelineEvent({
    name,
    occurredAt: minutes(minute),
    data: { cartLine: { merchandise: variant(product), quantity, cost: null } },
  });
const rowsOf = (events: ReturnType<typeof viewed>) =>
  foldTimeline(events).visits.flatMap(sessionProducts.fold);

test("a product's views, the time on its page and what was done with the cart are one row", () => {
  const rows = rowsOf([
    ...viewed(0, "7"),
    changed(1, "product_added_to_cart", "7", 3),
    ...viewed(2, "8"),
    ...viewed(4, "7"),
    changed(5, "product_removed_from_cart", "7", 1),
    timelineEvent({ occurredAt: minutes(6), path: "/cart" }),
  ]);

  expect(rows).toHaveLength(2);
  expect(rows.find(({ productId }) => productId === "7")).toMatchObject({
    ...{ firstAt: minutes(0), lastAt: minutes(5), viewCount: 2, dwellMs: 4 * 60_000 },
    ...{ addedQuantity: 3, removedQuantity: 1, searchClicks: 0, isBot: false, sampleRate: 1 },
  });
  expect(rows.find(({ productId }) => productId === "8")).toMatchObject({
    ...{ viewCount: 1, addedQuantity: 0, lastAt: minutes(2) },
  });
});

test("a view that follows a search which had found it is a click on the search", () => {
  const search = timelineEvent({
    name: "search_submitted",
    occurredAt: minutes(0),
    data: { searchResult: { query: "tea", productIds: ["8", "7"] } },
  });

  const rows = rowsOf([search, ...viewed(1, "7"), ...viewed(2, "8")]);

  expect(rows.map(({ productId, searchClicks }) => [productId, searchClicks])).toEqual([
    ["7", 1],
    ["8", 0],
  ]);
});

test("what has no product's id is of no product; two visits have a row each", () => {
  const rows = rowsOf([...viewed(0, null, "/products/x"), ...viewed(1, "7"), ...viewed(100, "7")]);

  expect(rows.map(({ productId, firstAt }) => [productId, firstAt])).toEqual([
    ["7", minutes(1)],
    ["7", minutes(100)],
  ]);
});

test("a product whose number an older log wrote in two ways is one row", () => {
  const rows = rowsOf([...viewed(0, "7"), ...viewed(1, "007")]);

  expect(rows).toMatchObject([{ productId: "7", viewCount: 2 }]);
});
