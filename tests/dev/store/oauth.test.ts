import { RequestedTokenType } from "@shopify/shopify-api";
import { expect } from "vitest";
import type { Shop } from "../../../dev/store/catalog/shops";
import { uninstall, updateScopes } from "../../../dev/store/installation";
import { mintIdToken, type IdTokenOverrides } from "../../../dev/store/oauth/id-token";
import { webhooksSettled } from "../../../dev/store/webhooks/announce";
import { libraryFor, openIn, SCOPES, test, type Desk } from "./admin-desk";

const NAME = "{ shop { name } }";
const DAY_MS = 24 * 3600 * 1000;

async function exchange(desk: Desk, requestedTokenType: RequestedTokenType, expiring = false) {
  const { session } = await libraryFor(desk).auth.tokenExchange({
    ...{ shop: desk.outdoor.domain, requestedTokenType, expiring },
    sessionToken: await mintIdToken(desk.platform.app, desk.outdoor.domain),
  });
  return session;
}

const statusWith = async (desk: Desk, token: string | undefined) => {
  const response = await desk.routes.request("/admin/api/2026-07/graphql.json", {
    method: "POST",
    headers: {
      "x-forwarded-host": desk.outdoor.domain,
      "x-shopify-access-token": token ?? "",
    },
    body: JSON.stringify({ query: NAME }),
  });
  return response.status;
};

test("an id token is what the library expects one to be", async ({ desk }) => {
  const token = await mintIdToken(desk.platform.app, desk.outdoor.domain);

  const payload = await libraryFor(desk).session.decodeSessionToken(token);

  expect(payload).toMatchObject({
    iss: `https://${desk.outdoor.domain}/admin`,
    dest: `https://${desk.outdoor.domain}`,
    ...{ aud: desk.platform.app.apiKey, sub: "1" },
  });
  expect(payload.exp - payload.nbf).toBe(60);
});

test("the library refuses an id token with another's signature, and one that is over", async ({
  desk,
}) => {
  const { session } = libraryFor(desk);
  const mint = (overrides: IdTokenOverrides) =>
    mintIdToken(desk.platform.app, desk.outdoor.domain, overrides);
  const forged = await mint({ secret: "guessed" });
  const old = await mint({ issuedAt: new Date(Date.now() - 120_000) });

  await expect(session.decodeSessionToken(forged)).rejects.toThrow();
  await expect(session.decodeSessionToken(old)).rejects.toThrow();
});

test("an id token buys an access token for an hour and a refresh token for 90 days", async ({
  desk,
}) => {
  const session = await openIn(desk, desk.outdoor);

  const minutesFromNow = (date: Date | undefined) =>
    ((date?.getTime() ?? Number.NaN) - Date.now()) / 60_000;
  expect(session).toMatchObject({ shop: desk.outdoor.domain, isOnline: false });
  expect(session.scope).toContain("write_pixels");
  expect(minutesFromNow(session.expires)).toBeCloseTo(60, 0);
  expect(minutesFromNow(session.refreshTokenExpires)).toBeCloseTo(90 * 24 * 60, 0);
});

test("nothing is exchanged for another shop's id token, a forged one, or without the app", async ({
  desk,
}) => {
  const { app, memory } = desk.platform;
  Reflect.deleteProperty(memory.state.installations, desk.tea.domain);
  const exchange = (shop: Shop, token: string) =>
    desk.routes.request("/admin/oauth/access_token", {
      method: "POST",
      headers: { "content-type": "application/json", "x-forwarded-host": shop.domain },
      body: JSON.stringify({
        ...{ client_id: app.apiKey, client_secret: app.apiSecret, subject_token: token },
        grant_type: "urn:ietf:params:oauth:grant-type:token-exchange",
      }),
    });

  const attempts = await Promise.all([
    exchange(desk.outdoor, await mintIdToken(app, desk.tea.domain)),
    exchange(desk.outdoor, await mintIdToken(app, desk.outdoor.domain, { secret: "guessed" })),
    exchange(desk.tea, await mintIdToken(app, desk.tea.domain)),
  ]);

  for (const attempt of attempts) {
    expect(attempt.status).toBe(400);
    expect(await attempt.json()).toMatchObject({ error: "invalid_subject_token" });
  }
});

test("an online token speaks for the person who opened the app, for a day", async ({ desk }) => {
  const session = await exchange(desk, RequestedTokenType.OnlineAccessToken);
  const fresh = await statusWith(desk, session.accessToken);
  desk.advance(DAY_MS);
  const old = await statusWith(desk, session.accessToken);

  expect(session).toMatchObject({ id: `${desk.outdoor.domain}_1`, isOnline: true });
  expect(session.refreshToken).toBeUndefined();
  expect(session.onlineAccessInfo).toMatchObject({
    expires_in: 86399,
    associated_user: { id: 1, email: "owner@northwind-outdoor.example", account_owner: true },
  });
  expect([fresh, old]).toEqual([200, 401]);
});

test("an app that does not ask for expiring tokens gets one for good, and can trade it in", async ({
  desk,
}) => {
  const lasting = await exchange(desk, RequestedTokenType.OfflineAccessToken);
  desk.advance(400 * DAY_MS);
  const before = await statusWith(desk, lasting.accessToken);

  const { session } = await libraryFor(desk).auth.migrateToExpiringToken({
    shop: desk.outdoor.domain,
    nonExpiringOfflineAccessToken: lasting.accessToken ?? "",
  });

  expect(lasting.expires).toBeUndefined();
  expect(before).toBe(200);
  expect(session.refreshToken).toMatch(/^shprt_/);
  expect(await statusWith(desk, session.accessToken)).toBe(200);
  expect(await statusWith(desk, lasting.accessToken)).toBe(401);
});

test("an access token ends after its hour, and its refresh token after 90 days", async ({
  desk,
}) => {
  const { shop, accessToken, refreshToken = "" } = await openIn(desk, desk.outdoor);
  desk.advance(3600_000);
  const ended = await statusWith(desk, accessToken);
  const renewed = await libraryFor(desk).auth.refreshToken({ shop, refreshToken });
  const good = await statusWith(desk, renewed.session.accessToken);
  desk.advance(91 * DAY_MS);

  const late = libraryFor(desk).auth.refreshToken({
    shop,
    refreshToken: renewed.session.refreshToken ?? "",
  });

  expect([ended, good]).toEqual([401, 200]);
  await expect(late).rejects.toThrow();
});

test("a used refresh token may be tried again for 30 days, if its replacement is not used", async ({
  desk,
}) => {
  const { shop, refreshToken = "" } = await openIn(desk, desk.outdoor);
  const { auth } = libraryFor(desk);
  await auth.refreshToken({ shop, refreshToken });
  desk.advance(29 * DAY_MS);
  const again = await auth.refreshToken({ shop, refreshToken });
  desk.advance(2 * DAY_MS);

  const late = auth.refreshToken({ shop, refreshToken });

  expect(again.session.accessToken).toMatch(/^shpat_/);
  await expect(late).rejects.toThrow();
});

test("the app is told of other scopes, and the next token has them", async ({ desk, inbox }) => {
  inbox.subscribe("APP_SCOPES_UPDATE");
  const { shop, refreshToken = "", scope } = await openIn(desk, desk.outdoor);

  updateScopes(desk.platform, desk.outdoor, ["read_products", "read_orders"]);
  const { session } = await libraryFor(desk).auth.refreshToken({ shop, refreshToken });
  await webhooksSettled(desk.platform);

  expect(inbox.received).toMatchObject([
    {
      topic: "app/scopes_update",
      payload: {
        ...{
          shop_id: desk.outdoor.id,
          previous: SCOPES,
          current: ["read_products", "read_orders"],
        },
        updated_at: "2026-11-20T12:00:00.000Z",
      },
    },
  ]);

  expect(scope).toContain("write_pixels");
  expect(session.scope).toBe("read_products,read_orders");
  expect(() => updateScopes(desk.platform, { ...desk.tea, domain: "x" }, [])).toThrow(
    "the app is not installed in x",
  );
});

test("a refresh token is of no use once its replacement was used", async ({ desk }) => {
  const { auth } = libraryFor(desk);
  const { shop, refreshToken: first = "" } = await openIn(desk, desk.outdoor);

  const lost = await auth.refreshToken({ shop, refreshToken: first });
  const kept = await auth.refreshToken({ shop, refreshToken: first });
  await auth.refreshToken({ shop, refreshToken: kept.session.refreshToken ?? "" });

  expect(lost.session.accessToken).not.toBe(kept.session.accessToken);
  await expect(auth.refreshToken({ shop, refreshToken: first })).rejects.toThrow();
  const refreshes = desk.platform.calls.filter(({ kind }) => kind === "token refresh");
  expect(refreshes).toHaveLength(4);
});

test("uninstalling ends the shop's tokens and what the app made there, and no other shop's", async ({
  desk,
  inbox,
}) => {
  const { state } = desk.platform.memory;
  desk.platform.addresses.tunnel = inbox.address;
  const gone = await openIn(desk, desk.outdoor);
  const kept = await openIn(desk, desk.tea);
  state.webPixels[desk.outdoor.domain] = { id: "gid://shopify/WebPixel/1", settings: {} };
  inbox.subscribe("ORDERS_CREATE");

  await uninstall(desk.platform, desk.outdoor);

  expect(inbox.received).toMatchObject([{ topic: "app/uninstalled", shop: desk.outdoor.domain }]);
  expect(await statusWith(desk, gone.accessToken)).toBe(401);
  const client = new (libraryFor(desk).clients.Graphql)({ session: kept });
  expect((await client.request(NAME)).data).toEqual({ shop: { name: "Harbour Tea" } });
  expect([state.webPixels, state.webhookSubscriptions]).toEqual([{}, {}]);
  const renewal = { shop: desk.outdoor.domain, refreshToken: gone.refreshToken ?? "" };
  await expect(libraryFor(desk).auth.refreshToken(renewal)).rejects.toThrow();
});
