import { expect } from "vitest";
import type { Product } from "../../../dev/store/catalog/model";
import { test, type Desk } from "./admin-desk";

type PageInfo = {
  hasNextPage: boolean;
  hasPreviousPage: boolean;
  startCursor: string | null;
  endCursor: string | null;
};
type Products = { products: { nodes: { id: string; title: string }[]; pageInfo: PageInfo } };

const PAGE = `query ($first: Int, $last: Int, $after: String, $before: String, $q: String,
    $sortKey: ProductSortKeys, $reverse: Boolean) {
  products(first: $first, last: $last, after: $after, before: $before, query: $q,
    sortKey: $sortKey, reverse: $reverse) { nodes { id title }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`;

const page = async (desk: Desk, variables: object) => {
  const { data } = await desk.ask<Products>(PAGE, { variables });
  return data.products;
};

/** Every product's id, page after page. */
async function all(desk: Desk, variables: object): Promise<string[]> {
  const ids: string[] = [];
  let after: string | null = null;
  do {
    const { nodes, pageInfo } = await page(desk, { first: 100, ...variables, after });
    ids.push(...nodes.map(({ id }) => id));
    after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
  } while (after);
  return ids;
}

const gidOf = ({ id }: Product) => `gid://shopify/Product/${id}`;

test("pages hold every product once", async ({ desk }) => {
  const ids = await all(desk, { sortKey: "TITLE" });

  expect(ids.toSorted()).toEqual(desk.commerce.catalog().products.map(gidOf).toSorted());
});

test("pages can be walked backwards, and the other way round", async ({ desk }) => {
  const forth = await page(desk, { first: 6, sortKey: "TITLE" });
  const third = await page(desk, { first: 3, sortKey: "TITLE" });
  const next = await page(desk, { first: 3, sortKey: "TITLE", after: third.pageInfo.endCursor });
  const back = await page(desk, { last: 3, sortKey: "TITLE", before: next.pageInfo.startCursor });
  const end = await page(desk, { last: 2, sortKey: "TITLE" });
  const reversed = await page(desk, { first: 2, sortKey: "TITLE", reverse: true });

  expect([...third.nodes, ...next.nodes]).toEqual(forth.nodes);
  expect(back.nodes).toEqual(third.nodes);
  expect(back.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: false });
  expect(reversed.nodes).toEqual(end.nodes.toReversed());
  expect(end.pageInfo.hasNextPage).toBe(false);
});

test("a cursor still holds when its product is gone", async ({ desk }) => {
  const whole = await page(desk, { first: 6 });
  const begun = await page(desk, { first: 3 });
  const last = begun.nodes.at(-1)?.id.split("/").at(-1);

  desk.commerce.deleteProduct(Number(last));
  const rest = await page(desk, { first: 3, after: begun.pageInfo.endCursor });

  expect(rest.nodes).toEqual(whole.nodes.slice(3));
});

test("products sorted by their update come with the last change at the end", async ({ desk }) => {
  const [first] = desk.commerce.catalog().products;
  desk.advance(3600_000);
  const since = desk.platform.now().toISOString().slice(0, 19);
  desk.commerce.setPrice(first?.variants[0].id ?? 0, 4200, null);

  const changed = await page(desk, { first: 5, q: `updated_at:>='${since}Z'` });
  const latest = await page(desk, { last: 1, sortKey: "UPDATED_AT" });

  expect(changed.nodes.map(({ title }) => title)).toEqual([first?.title]);
  expect(latest.nodes.map(({ title }) => title)).toEqual([first?.title]);
});

test("filters find what the catalogue holds", async ({ desk }) => {
  const { products } = desk.commerce.catalog();
  const vendor = products[0]?.vendor ?? "";
  const ofVendor = products.filter((each) => each.vendor === vendor && each.status === "ACTIVE");

  const found = await all(desk, { q: `vendor:'${vendor}' AND status:active` });
  const { data } = await desk.ask("query ($q: String) { productsCount(query: $q) { count } }", {
    variables: { q: `vendor:'${vendor}' AND status:active` },
  });

  expect(found.toSorted()).toEqual(ofVendor.map(gidOf).toSorted());
  expect(data).toEqual({ productsCount: { count: ofVendor.length } });
});

test("a filter that does not exist is told of beside the answer", async ({ desk }) => {
  const { errors, extensions } = await desk.ask(
    '{ found: products(first: 1, query: "colour:red") { nodes { id } } }',
  );

  expect(errors).toBeUndefined();
  expect(extensions.search).toEqual([
    {
      ...{ path: ["found"], query: "colour:red" },
      warnings: [
        { field: "colour", message: "Invalid search field for this query.", code: "invalid_field" },
      ],
    },
  ]);
});

test.for([
  ["{ products { nodes { id } } }", "you must provide one of first or last"],
  [
    "{ products(first: 1, last: 1) { nodes { id } } }",
    "providing both first and last is not supported",
  ],
  ["{ products(first: 251) { nodes { id } } }", "first cannot exceed 250"],
  [
    '{ products(first: 1, after: "what") { nodes { id } } }',
    "Invalid cursor for current pagination sort.",
  ],
] as const)("%s is refused", async ([query, message], { desk }) => {
  const { data, errors } = await desk.ask(query);

  expect(data).toBeNull();
  expect(errors).toMatchObject([{ message, extensions: { code: "BAD_REQUEST" } }]);
});

test("a collection lists its products in the merchant's order", async ({ desk }) => {
  const { products, collections } = desk.commerce.catalog();
  const collection = collections.find(({ productIds }) => productIds.length > 3);
  const query = `query ($id: ID!) { collection(id: $id) { productsCount { count }
    products(first: 250) { nodes { legacyResourceId } }
    byPrice: products(first: 250, sortKey: PRICE) { nodes { legacyResourceId } } } }`;

  const { data } = await desk.ask<{
    collection: Record<"products" | "byPrice", { nodes: { legacyResourceId: string }[] }>;
  }>(query, { variables: { id: `gid://shopify/Collection/${collection?.id ?? 0}` } });

  const idsOf = (list: { nodes: { legacyResourceId: string }[] }) =>
    list.nodes.map((node) => Number(node.legacyResourceId));
  expect(idsOf(data.collection.products)).toEqual(collection?.productIds);
  const prices = idsOf(data.collection.byPrice).map((id) => {
    const product = products.find((each) => each.id === id);
    return Math.min(...(product?.variants ?? []).map(({ priceMinor }) => priceMinor));
  });
  expect(prices).toEqual(prices.toSorted((a, b) => a - b));
});

test("each shop answers for itself", async ({ desk }) => {
  const query = "{ shop { name currencyCode } productsCount { count } }";
  const [outdoor, tea] = [await desk.ask(query), await desk.ask(query, { shop: desk.tea })];

  expect(outdoor.data).toMatchObject({ shop: { currencyCode: "EUR" } });
  expect(tea.data).toMatchObject({ shop: { name: "Harbour Tea", currencyCode: "NZD" } });
  const count = desk.platform.commerceOf(desk.tea.domain).catalog().products.length;
  expect(tea.data).toMatchObject({ productsCount: { count } });
});
