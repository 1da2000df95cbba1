import { expect } from "vitest";
import { ask, libraryFor, openIn } from "./library";
import { APP, test } from "./running-store";

test("an id token is what the library expects one to be", async ({ store, outdoor }) => {
  const token = await store.idToken(outdoor.domain);

  const payload = await libraryFor(store).session.decodeSessionToken(token);

  expect(payload).toMatchObject({
    iss: `https://${outdoor.domain}/admin`,
    dest: `https://${outdoor.domain}`,
    aud: APP.apiKey,
  });
  expect(payload.exp - payload.nbf).toBe(60);
});

test("the library refuses an id token with another's signature, and one that is over", async ({
  store,
  outdoor,
}) => {
  const { session } = libraryFor(store);
  const forged = await store.idToken(outdoor.domain, { secret: "guessed" });
  const old = await store.idToken(outdoor.domain, { issuedAt: new Date(Date.now() - 120_000) });

  await expect(session.decodeSessionToken(forged)).rejects.toThrow();
  await expect(session.decodeSessionToken(old)).rejects.toThrow();
});

test("an id token buys an access token for an hour and a refresh token for 90 days", async ({
  store,
  outdoor,
}) => {
  const session = await openIn(libraryFor(store), store, outdoor.domain);

  expect(session).toMatchObject({ shop: outdoor.domain, isOnline: false });
  expect(session.scope).toContain("write_pixels");
  expect(minutesFromNow(session.expires)).toBeCloseTo(60, 0);
  expect(minutesFromNow(session.refreshTokenExpires)).toBeCloseTo(90 * 24 * 60, 0);
});

test("nothing is exchanged for another shop's id token, a forged one, or without the app", async ({
  store,
  outdoor,
  tea,
}) => {
  store.install(outdoor.domain);
  const exchange = (shop: string, token: string) =>
    fetch(`${store.address}/admin/oauth/access_token`, {
      method: "POST",
      headers: { "content-type": "application/json", "x-forwarded-host": shop },
      body: JSON.stringify({
        client_id: APP.apiKey,
        client_secret: APP.apiSecret,
        grant_type: "urn:ietf:params:oauth:grant-type:token-exchange",
        subject_token: token,
      }),
    });

  const attempts = await Promise.all([
    exchange(outdoor.domain, await store.idToken(tea.domain)),
    exchange(outdoor.domain, await store.idToken(outdoor.domain, { secret: "guessed" })),
    exchange(tea.domain, await store.idToken(tea.domain)),
  ]);

  for (const attempt of attempts) {
    expect(attempt.status).toBe(400);
    expect(await attempt.json()).toMatchObject({ error: "invalid_subject_token" });
  }
});

test("a refresh token may be tried again until its replacement is used", async ({
  store,
  outdoor: { domain: shop },
}) => {
  const { auth } = libraryFor(store);
  const first = (await openIn(libraryFor(store), store, shop)).refreshToken ?? "";

  const lost = await auth.refreshToken({ shop, refreshToken: first });
  const kept = await auth.refreshToken({ shop, refreshToken: first });
  await auth.refreshToken({ shop, refreshToken: kept.session.refreshToken ?? "" });

  expect(lost.session.accessToken).not.toBe(kept.session.accessToken);
  await expect(auth.refreshToken({ shop, refreshToken: first })).rejects.toThrow();
  expect(store.calls.filter(({ kind }) => kind === "token refresh")).toHaveLength(4);
});

test("uninstalling kills the shop's tokens and leaves the other shop's alone", async ({
  store,
  outdoor,
  tea,
}) => {
  const library = libraryFor(store);
  const gone = await openIn(library, store, outdoor.domain);
  const kept = await openIn(library, store, tea.domain);

  await store.uninstall(outdoor.domain);

  await expect(ask(library, gone, NAME)).rejects.toMatchObject({ response: { code: 401 } });
  expect(await ask(library, kept, NAME)).toEqual({ shop: { name: "Harbour Tea" } });
  const renewal = { shop: outdoor.domain, refreshToken: gone.refreshToken ?? "" };
  await expect(library.auth.refreshToken(renewal)).rejects.toThrow();
});

test("expired access tokens are refused, and a refresh brings a good one", async ({
  store,
  outdoor: { domain: shop },
}) => {
  const library = libraryFor(store);
  const session = await openIn(library, store, shop);

  store.expireTokens(shop);

  await expect(ask(library, session, NAME)).rejects.toMatchObject({ response: { code: 401 } });
  const refreshToken = session.refreshToken ?? "";
  const renewed = await library.auth.refreshToken({ shop, refreshToken });
  expect(await ask(library, renewed.session, NAME)).toEqual({
    shop: { name: "Northwind Outdoor" },
  });
});

const NAME = "{ shop { name } }";

const minutesFromNow = (date: Date | undefined) =>
  ((date?.getTime() ?? Number.NaN) - Date.now()) / 60_000;
