import { expect, test } from "vitest";
import { openBucket } from "../../../dev/store/admin-api/bucket";
import { actualCost, requestedCost } from "../../../dev/store/admin-api/cost";
import { readRequest } from "../../../dev/store/admin-api/execute";

const read = (query: string, variables = {}) => {
  const request = readRequest({ query, variables });
  if ("errors" in request) throw new Error(request.errors.join());
  return request;
};
const costOf = (query: string, variables?: object) => requestedCost(read(query, variables));

test("values cost nothing, objects a point each, mutations ten", () => {
  expect(costOf("{ shop { name currencyCode } }")).toBe(1);
  expect(costOf("{ shop { plan { shopifyPlus } primaryDomain { url } } }")).toBe(3);
  expect(costOf('mutation { webPixelDelete(id: "1") { userErrors { message } } }')).toBe(10);
});

test("a page of 250 costs what it was seen to cost at Shopify", () => {
  const query = `query ($id: ID!) { product(id: $id) {
    variants(first: 250) { nodes { inventoryItem { id tracked } } } } }`;

  expect(costOf(query, { id: "gid://shopify/Product/1" })).toBe(25);
});

test("the actual cost follows what came back", () => {
  const request = read(`{ products(first: 250) {
    edges { node { id variants(first: 10) { nodes { id } } } } pageInfo { hasNextPage } } }`);
  const node = { id: "1", variants: { nodes: [{ id: "2" }] } };
  const data = { products: { edges: [{ node }], pageInfo: { hasNextPage: false } } };

  expect(requestedCost(request)).toBe(2 + 11 * (1 + 2 + 4) + 1);
  expect(actualCost(request, data)).toBe(2 + (1 + 2 + 1) + 1);
  expect(actualCost(request, { products: { edges: [], pageInfo: {} } })).toBe(2 + 1);
  expect(actualCost(read('{ product(id: "1") { options { id } } }'), { product: null })).toBe(1);
});

test("of types that may come, the dearest counts; fragments and left-out fields are seen through", () => {
  const query = `query ($all: Boolean = false) {
    node(id: "1") {
      ... on Product { featuredMedia { preview { image { url } } } }
      ... on Order { ...Total customer @include(if: $all) { id } } } }
    fragment Total on Order { totalPriceSet { shopMoney { amount } } }`;

  expect(costOf(query)).toBe(4);
});

test("a bucket gives until it is empty, and fills by 100 points a second", () => {
  let now = new Date("2026-11-01T00:00:00Z");
  const bucket = openBucket(() => now);

  expect(bucket.take(1990)).toBe(true);
  expect(bucket.take(11)).toBe(false);
  now = new Date("2026-11-01T00:00:02Z");

  expect(bucket.status()).toEqual({
    maximumAvailable: 2000,
    currentlyAvailable: 210,
    restoreRate: 100,
  });
  expect(bucket.take(11)).toBe(true);
  now = new Date("2026-11-02T00:00:00Z");
  expect(bucket.status().currentlyAvailable).toBe(2000);
});
