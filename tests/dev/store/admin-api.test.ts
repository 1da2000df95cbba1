import { writeFile, rm } from "node:fs/promises";
import { expect } from "vitest";
import type { Store } from "../../../dev/store/start";
import { ask, libraryFor, openIn } from "./library";
import { test } from "./running-store";

const CREATE = `mutation ($webPixel: WebPixelInput!) {
  webPixelCreate(webPixel: $webPixel) { webPixel { id settings } userErrors { code } } }`;
const UPDATE = `mutation ($id: ID!, $webPixel: WebPixelInput!) {
  webPixelUpdate(id: $id, webPixel: $webPixel) { webPixel { settings } userErrors { code } } }`;
const DELETE = `mutation ($id: ID!) {
  webPixelDelete(id: $id) { deletedWebPixelId userErrors { code } } }`;
const SETTINGS = { endpoint: "https://app.example/pixel/events", key: "k1" };

type Shop = { shop: Record<string, unknown> };
type Products = {
  products: { nodes: object[]; pageInfo: { hasNextPage: boolean; endCursor: string } };
};
type Pixel = { webPixel: { id: string; settings: string } };
type Created = { webPixelCreate: { userErrors: { code: string }[] } };

/** Asks one shop's API with a token of its own. */
async function connect(store: Store, shop: string) {
  const library = libraryFor(store);
  const session = await openIn(library, store, shop);
  return <Data>(query: string, variables?: Record<string, unknown>) =>
    ask<Data>(library, session, query, variables);
}

test("a token opens its own shop and no other", async ({ store, outdoor, tea }) => {
  const query = "{ shop { id name myshopifyDomain currencyCode ianaTimezone } }";

  const first = await (await connect(store, outdoor.domain))<Shop>(query);
  const second = await (await connect(store, tea.domain))<Shop>(query);

  expect(first.shop).toMatchObject({ currencyCode: "EUR", ianaTimezone: "Europe/Berlin" });
  expect(second.shop).toMatchObject({ currencyCode: "NZD", myshopifyDomain: tea.domain });
});

test("the API answers 401 without a token, and to another shop's", async ({
  store,
  outdoor,
  tea,
}) => {
  const session = await openIn(libraryFor(store), store, outdoor.domain);
  const ask = (token: string) =>
    fetch(`${store.address}/admin/api/2026-07/graphql.json`, {
      method: "POST",
      headers: { "x-forwarded-host": tea.domain, "x-shopify-access-token": token },
      body: JSON.stringify({ query: "{ shop { name } }" }),
    });

  const answers = await Promise.all([ask(""), ask(session.accessToken ?? "")]);

  expect(answers.map(({ status }) => status)).toEqual([401, 401]);
});

test("the installation lists the scopes that were granted", async ({ store, outdoor }) => {
  const ask = await connect(store, outdoor.domain);

  const data = await ask("{ currentAppInstallation { accessScopes { handle } } }");

  const accessScopes = ["read_products", "write_pixels", "read_customer_events"];
  expect(data).toEqual({
    currentAppInstallation: { accessScopes: accessScopes.map((handle) => ({ handle })) },
  });
});

test("products come in pages", async ({ store, outdoor }) => {
  const ask = await connect(store, outdoor.domain);
  const query = `query ($after: String) { products(first: 8, after: $after) {
    nodes { id title variants(first: 1) { nodes { price } } } pageInfo { hasNextPage endCursor } } }`;

  const { products: first } = await ask<Products>(query);
  const { products: second } = await ask<Products>(query, { after: first.pageInfo.endCursor });

  expect(first.nodes).toHaveLength(8);
  expect(first.nodes[0]).toMatchObject({
    title: "Fjell two-person tent",
    variants: { nodes: [{ price: "349.00" }] },
  });
  expect(second.nodes).toHaveLength(4);
  expect(second.pageInfo.hasNextPage).toBe(false);
});

test("a field that Shopify does not have fails", async ({ store, outdoor }) => {
  const ask = await connect(store, outdoor.domain);

  const request = ask("{ shop { nmae } }");

  await expect(request).rejects.toThrow('Cannot query field "nmae" on type "Shop"');
});

test("a field that Shopify has and the stand-in lacks says so", async ({ store, outdoor }) => {
  const ask = await connect(store, outdoor.domain);

  const request = ask("{ shop { checkoutApiSupported } }");

  await expect(request).rejects.toThrow("the stand-in has no Shop.checkoutApiSupported yet");
});

test("the cost of a query is told", async ({ store, outdoor }) => {
  const library = libraryFor(store);
  const session = await openIn(library, store, outdoor.domain);

  const { extensions } = await new library.clients.Graphql({ session }).request(
    "{ shop { name } }",
  );

  expect(extensions).toMatchObject({ cost: { throttleStatus: { restoreRate: 100 } } });
});

test("a shop without a pixel answers the question for it with an error", async ({ store, tea }) => {
  const ask = await connect(store, tea.domain);

  const request = ask("{ webPixel { id settings } }");

  await expect(request).rejects.toThrow("No web pixel was found for this app.");
});

test("a pixel is created once, found, changed and deleted", async ({ store, outdoor }) => {
  const ask = await connect(store, outdoor.domain);
  const text = JSON.stringify({ ...SETTINGS, key: "k2" });

  const created = await ask(CREATE, { webPixel: { settings: SETTINGS } });
  const again = await ask(CREATE, { webPixel: { settings: SETTINGS } });
  const { webPixel } = await ask<Pixel>("{ webPixel { id settings } }");
  const { id } = webPixel;
  const changed = await ask(UPDATE, { id, webPixel: { settings: text } });
  const deleted = await ask(DELETE, { id });

  expect(created).toMatchObject({ webPixelCreate: { webPixel: { id }, userErrors: [] } });
  expect(again).toEqual({ webPixelCreate: { webPixel: null, userErrors: [{ code: "TAKEN" }] } });
  expect(JSON.parse(webPixel.settings)).toEqual(SETTINGS);
  expect(changed).toMatchObject({ webPixelUpdate: { webPixel: { settings: text } } });
  expect(deleted).toMatchObject({ webPixelDelete: { deletedWebPixelId: id } });
  expect(store.webPixel(outdoor.domain)).toBeUndefined();
});

test("settings other than the extension declares are refused", async ({ store, tea }) => {
  const ask = await connect(store, tea.domain);
  const codeFor = async (settings: unknown) => {
    const { webPixelCreate } = await ask<Created>(CREATE, { webPixel: { settings } });
    return webPixelCreate.userErrors.map(({ code }) => code);
  };

  expect(await codeFor({ key: "k1" })).toEqual(["INVALID_SETTINGS"]);
  expect(await codeFor({ ...SETTINGS, more: "x" })).toEqual(["INVALID_SETTINGS"]);
  expect(await codeFor("{ not json")).toEqual(["INVALID_CONFIGURATION_JSON"]);
});

test("without a built extension there is nothing to switch on", async ({
  store,
  tea,
  pixelBundle,
}) => {
  const ask = await connect(store, tea.domain);
  await rm(pixelBundle);

  const { webPixelCreate } = await ask<Created>(CREATE, { webPixel: { settings: SETTINGS } });

  await writeFile(pixelBundle, "");
  expect(webPixelCreate.userErrors).toEqual([{ code: "NO_EXTENSION" }]);
});
