import { GraphqlQueryError, Session } from "@shopify/shopify-api";
import { expect } from "vitest";
import { grantForGood } from "../../../dev/store/oauth/tokens";
import { libraryFor, openIn, SCOPES, test, type Desk } from "./admin-desk";

const DAY_MS = 24 * 3600 * 1000;
const without = (scope: string) => SCOPES.filter((each) => each !== scope);

function sell({ commerce }: Desk, checkoutToken: string) {
  const product = commerce.catalog().products.find(({ status }) => status === "ACTIVE");
  if (!product) throw new Error("there is nothing to sell");
  const lines = [{ productId: product.id, variantId: product.variants[0].id, quantity: 1 }];
  return commerce.placeOrder({
    ...{ checkoutToken, cartToken: "cart", customerId: 7001000001, lines },
    ...{ discountCode: null, shippingMinor: 0 },
  });
}

test.for([
  ["{ products(first: 1) { nodes { id } } }", "products", "read_products"],
  ["{ orders(first: 1) { nodes { id } } }", "orders", "read_orders"],
  ["{ ordersCount { count } }", "ordersCount", "read_orders"],
  ["{ customers(first: 1) { nodes { id } } }", "customers", "read_customers"],
  ["{ themes(first: 1) { nodes { id } } }", "themes", "read_themes"],
  ["{ shopLocales { locale } }", "shopLocales", "read_locales"],
  ['{ node(id: "gid://shopify/Order/1") { id } }', "node", "read_orders"],
] as const)("without its scope %s is denied", async ([query, field, scope], { desk }) => {
  const { errors } = await desk.ask(query, { scopes: without(scope) });

  expect(errors).toMatchObject([
    {
      message: `Access denied for ${field} field. Required access: \`${scope}\` access scope.`,
      path: [field],
      extensions: { code: "ACCESS_DENIED", requiredAccess: `\`${scope}\` access scope.` },
    },
  ]);
});

test("a field that is denied is null, and the rest of the answer stands", async ({ desk }) => {
  const { data, errors } = await desk.ask('{ shop { name } product(id: "x") { id } }', {
    scopes: without("read_products"),
  });

  expect(data).toEqual({ shop: { name: "Northwind Outdoor" }, product: null });
  expect(errors).toHaveLength(1);
});

test("who may write may read", async ({ desk }) => {
  const { errors } = await desk.ask("{ productsCount { count } }", { scopes: ["write_products"] });

  expect(errors).toBeUndefined();
});

test("names and addresses of customers want an approval each", async ({ desk }) => {
  sell(desk, "c1");
  const query = `{ orders(first: 1) { nodes { email customer { firstName
    defaultEmailAddress { emailAddress } } } } }`;

  const refused = await desk.ask(query);
  const approved = await desk.ask(query, {
    scopes: [...SCOPES, "read_customer_name", "read_customer_email"],
  });

  const customer = { firstName: null, defaultEmailAddress: null };
  expect(refused.data).toEqual({ orders: { nodes: [{ email: null, customer }] } });
  expect(refused.errors?.map(({ message }) => message.slice(0, 52))).toEqual([
    "This app is not approved to use the email field. See",
    "This app is not approved to use the firstName field.",
    "This app is not approved to use the defaultEmailAddr",
  ]);
  expect(approved.errors).toBeUndefined();
  expect(approved.data).toMatchObject({
    orders: { nodes: [{ email: "ana@example.com", customer: { firstName: "Ana" } }] },
  });
});

test("orders older than 60 days are seen with read_all_orders only", async ({ desk }) => {
  const old = sell(desk, "old");
  desk.advance(61 * DAY_MS);
  sell(desk, "new");
  const query = `query ($id: ID!) { ordersCount { count } order(id: $id) { name }
    orders(first: 5) { nodes { checkoutToken } } }`;
  const variables = { id: `gid://shopify/Order/${old.id}` };

  const recent = await desk.ask(query, { variables });
  const all = await desk.ask(query, { variables, scopes: [...SCOPES, "read_all_orders"] });

  expect(recent.data).toEqual({
    ...{ ordersCount: { count: 1 }, order: null },
    orders: { nodes: [{ checkoutToken: "new" }] },
  });
  expect(all.data).toMatchObject({ ordersCount: { count: 2 }, order: { name: old.name } });
});

test("the library throws what is denied, with the code", async ({ desk }) => {
  const session = new Session({
    ...{ id: "offline", shop: desk.outdoor.domain, state: "", isOnline: false },
    accessToken: grantForGood(desk.platform.memory.state, {
      ...{ shop: desk.outdoor.domain, scopes: [], now: desk.platform.now(), lifetime: 0 },
    }).access_token,
  });
  const client = new (libraryFor(desk).clients.Graphql)({ session });

  const request = client.request("{ orders(first: 1) { nodes { id } } }");

  await expect(request).rejects.toBeInstanceOf(GraphqlQueryError);
  await expect(request).rejects.toMatchObject({
    body: { errors: { graphQLErrors: [{ extensions: { code: "ACCESS_DENIED" } }] } },
  });
});

test("an empty bucket answers THROTTLED with HTTP 200, and the library throws it", async ({
  desk,
}) => {
  desk.platform.faults.throttled = true;
  const session = await openIn(desk, desk.outdoor);
  const client = new (libraryFor(desk).clients.Graphql)({ session });

  const request = client.request("{ shop { name } }");

  await expect(request).rejects.toMatchObject({
    response: { status: 200 },
    body: {
      errors: { graphQLErrors: [{ message: "Throttled", extensions: { code: "THROTTLED" } }] },
      extensions: { cost: { actualQueryCost: null, throttleStatus: { currentlyAvailable: 0 } } },
    },
  });
});

/** Costs 1000 points, as much as one query may. */
const HUNDRED_DELETIONS = `mutation {
  ${Array.from({ length: 100 }, (_, i) => `m${i}: webPixelDelete(id: 1) { deletedWebPixelId }`).join(" ")} }`;

test("2000 points empty the bucket of their shop alone, and come back by 100 a second", async ({
  desk,
}) => {
  const codeOf = async (asked = {}) =>
    (await desk.ask(HUNDRED_DELETIONS, asked)).errors?.[0]?.extensions?.code;
  const spent = [await codeOf(), await codeOf()];

  const empty = await codeOf();
  const other = await codeOf({ shop: desk.tea });
  desk.advance(9_990);
  const early = await codeOf();
  desk.advance(10);
  const full = await codeOf();

  expect(spent).toEqual([undefined, undefined]);
  expect([empty, other, early, full]).toEqual(["THROTTLED", undefined, "THROTTLED", undefined]);
});

test("a query of more than 1000 points is refused, and costs nothing", async ({ desk }) => {
  const query = `{ products(first: 250) { nodes { variants(first: 250) { nodes {
    metafields(first: 250) { nodes { id } } } } } } }`;

  const answer = await desk.ask(query);
  const { extensions } = await desk.ask("{ shop { name } }");

  expect(answer.errors).toMatchObject([
    {
      message: "Query cost is 1729, which exceeds the single query max cost limit (1000).",
      extensions: { code: "MAX_COST_EXCEEDED", cost: 1729, maxCost: 1000 },
    },
  ]);
  expect(extensions.cost.throttleStatus.currentlyAvailable).toBe(1999);
});

test("no more than 250 things go in at once", async ({ desk }) => {
  const ids = Array.from({ length: 251 }, (_, i) => `gid://shopify/Product/${i}`);

  const { errors } = await desk.ask("query ($ids: [ID!]!) { nodes(ids: $ids) { id } }", {
    variables: { ids },
  });

  expect(errors).toMatchObject([{ extensions: { code: "MAX_INPUT_SIZE_EXCEEDED" } }]);
});
