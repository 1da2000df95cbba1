import { expect } from "vitest";
import { libraryFor, openIn, test } from "./admin-desk";

const CREATE = `mutation ($webPixel: WebPixelInput!) {
  webPixelCreate(webPixel: $webPixel) { webPixel { id settings } userErrors { code } } }`;
const UPDATE = `mutation ($id: ID!, $webPixel: WebPixelInput!) {
  webPixelUpdate(id: $id, webPixel: $webPixel) { webPixel { settings } userErrors { code } } }`;
const DELETE = `mutation ($id: ID!) {
  webPixelDelete(id: $id) { deletedWebPixelId userErrors { code } } }`;
const SETTINGS = { endpoint: "https://app.example/pixel/events" };

type Pixel = { webPixel: { id: string; settings: string } };
type Created = { webPixelCreate: { userErrors: { code: string }[] } };

test("the API answers 401 without a token, and to another shop's", async ({ desk }) => {
  const session = await openIn(desk, desk.outdoor);
  const ask = (token: string) =>
    desk.routes.request("/admin/api/2026-07/graphql.json", {
      method: "POST",
      headers: { "x-forwarded-host": desk.tea.domain, "x-shopify-access-token": token },
      body: JSON.stringify({ query: "{ shop { name } }" }),
    });

  const answers = await Promise.all([ask(""), ask(session.accessToken ?? "")]);

  expect(answers.map(({ status }) => status)).toEqual([401, 401]);
});

test("the library reads an answer with what it cost", async ({ desk }) => {
  const session = await openIn(desk, desk.outdoor);
  const client = new (libraryFor(desk).clients.Graphql)({ session });

  const { data, extensions } = await client.request("{ shop { name } }");

  expect(data).toEqual({ shop: { name: "Northwind Outdoor" } });
  expect(extensions).toMatchObject({
    cost: { requestedQueryCost: 1, actualQueryCost: 1, throttleStatus: { restoreRate: 100 } },
  });
});

test("the installation lists the scopes that were granted", async ({ desk }) => {
  const { data } = await desk.ask("{ currentAppInstallation { accessScopes { handle } } }", {
    scopes: ["write_pixels", "read_orders"],
  });

  expect(data).toEqual({
    currentAppInstallation: {
      accessScopes: [{ handle: "write_pixels" }, { handle: "read_orders" }],
    },
  });
});

test("a field that Shopify does not have fails", async ({ desk }) => {
  const { errors } = await desk.ask("{ shop { nmae } }");

  expect(errors?.[0]?.message).toContain('Cannot query field "nmae" on type "Shop"');
});

test("a variable that does not fit fails", async ({ desk }) => {
  const { errors } = await desk.ask("query ($id: ID!) { product(id: $id) { id } }");

  expect(errors?.[0]?.message).toContain('Variable "$id" of required type "ID!" was not provided');
});

test("a field that Shopify has and the stand-in lacks says so", async ({ desk }) => {
  const { errors } = await desk.ask("{ shop { checkoutApiSupported } }");

  expect(errors?.[0]?.message).toBe("the stand-in has no Shop.checkoutApiSupported yet");
});

test("a shop without a pixel answers the question for it with an error", async ({ desk }) => {
  const { errors } = await desk.ask("{ webPixel { id settings } }");

  expect(errors?.[0]?.message).toBe("No web pixel was found for this app.");
});

test("a pixel is created once, found, changed and deleted", async ({ desk }) => {
  const text = JSON.stringify({ endpoint: "https://app.example/elsewhere" });

  const created = await desk.ask(CREATE, { variables: { webPixel: { settings: SETTINGS } } });
  const again = await desk.ask(CREATE, { variables: { webPixel: { settings: SETTINGS } } });
  const { webPixel } = (await desk.ask<Pixel>("{ webPixel { id settings } }")).data;
  const { id } = webPixel;
  const changed = await desk.ask(UPDATE, { variables: { id, webPixel: { settings: text } } });
  const deleted = await desk.ask(DELETE, { variables: { id } });

  expect(created.data).toMatchObject({ webPixelCreate: { webPixel: { id }, userErrors: [] } });
  expect(again.data).toEqual({
    webPixelCreate: { webPixel: null, userErrors: [{ code: "TAKEN" }] },
  });
  expect(JSON.parse(webPixel.settings)).toEqual(SETTINGS);
  expect(changed.data).toMatchObject({ webPixelUpdate: { webPixel: { settings: text } } });
  expect(deleted.data).toMatchObject({ webPixelDelete: { deletedWebPixelId: id } });
  expect(desk.platform.memory.state.webPixels).toEqual({});
});

test("settings other than the extension declares are refused", async ({ desk }) => {
  const codeFor = async (settings: unknown) => {
    const { data } = await desk.ask<Created>(CREATE, { variables: { webPixel: { settings } } });
    return data.webPixelCreate.userErrors.map(({ code }) => code);
  };

  expect(await codeFor({ key: "k1" })).toEqual(["INVALID_SETTINGS"]);
  expect(await codeFor({ ...SETTINGS, more: "x" })).toEqual(["INVALID_SETTINGS"]);
  expect(await codeFor("{ not json")).toEqual(["INVALID_CONFIGURATION_JSON"]);
});

test("without a built extension there is nothing to switch on", async ({ desk }) => {
  desk.platform.app.pixelBundle += ".missing";

  const { data } = await desk.ask<Created>(CREATE, {
    variables: { webPixel: { settings: SETTINGS } },
  });

  expect(data.webPixelCreate.userErrors).toEqual([{ code: "NO_EXTENSION" }]);
});
