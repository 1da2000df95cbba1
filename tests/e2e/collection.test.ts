import { randomUUID } from "node:crypto";
import { expect } from "vitest";
import { clickUntil, openApp, picture, textOf, useBrowser } from "./admin-page";
import { eventually } from "../eventually";
import { firstShop, test } from "./stack";

const newPage = useBrowser();

const event = (about: object = {}) => ({
  ...{ id: randomUUID(), name: "page_viewed", clientId: "ana", data: {} },
  timestamp: new Date().toISOString(),
  ...about,
});

/** Sends a batch as a browser on a site would. */
const send = (endpoint: string, key: string, events: object[], about: object = {}) =>
  fetch(endpoint, {
    method: "POST",
    headers: { Origin: "https://thief.example" },
    body: JSON.stringify({ key, sentAt: new Date().toISOString(), events, ...about }),
  });

test("the merchant sees what came in and what did not, and replaces the key", async ({ stack }) => {
  const { shop, endpoint, key } = await firstShop(stack);
  const repeated = event();
  expect((await send(endpoint, key, [repeated, event(), event({ name: "clicked" })])).status).toBe(
    200,
  );
  expect(
    (await send(endpoint, key, [repeated, event({ clientId: 7 })], { dropped: 4 })).status,
  ).toBe(200);

  const page = await newPage();
  const shown = await eventually(async () => {
    const app = await openApp(page, shop.adminAddress, "Data collection");
    expect(await textOf(app, "What was not kept")).toContain(
      "Given up by the browser, because too many were waiting 4",
    );
    return app;
  });
  expect(
    await shown.getByRole("table", { name: "Examples of refused events" }).innerText(),
  ).toContain("clicked");
  expect(await shown.getByRole("table", { name: "Where events come from" }).innerText()).toMatch(
    /thief\.example\s+2\s+1/,
  );
  await picture(page, "collection");

  await clickUntil(shown, "Replace key", /The last old key works until/);
  const renewed = stack.store.webPixel(shop.domain)?.settings.key ?? "";
  expect(renewed).not.toBe(key);
  await shown.getByLabel("Visitors whose events are kept").selectOption("0.25");
  await expect.poll(() => stack.store.webPixel(shop.domain)?.settings.sampleRate).toBe("0.25");
  expect((await send(endpoint, key, [event()])).status).toBe(200);
  expect((await send(endpoint, renewed, [event()])).status).toBe(200);
});

test("a request's id comes back, and is in what went wrong", async ({ stack }) => {
  const { endpoint } = await firstShop(stack);
  const requestId = randomUUID();
  const ask = (id: string) =>
    fetch(endpoint, { method: "POST", body: "{", headers: { "X-Request-Id": id } });

  const answer = await ask(requestId);
  expect(answer.headers.get("x-request-id")).toBe(requestId);
  expect(await answer.json()).toMatchObject({ requestId, code: "invalid_input" });
  expect((await ask("ana@example.com")).headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
});

test("the numbers for Prometheus want their token", async ({ stack }) => {
  const ask = (token: string) =>
    fetch(`${stack.appAddress}/metrics`, { headers: { Authorization: `Bearer ${token}` } });

  expect((await ask("wrong")).status).toBe(401);
  const shown = await (await ask("a-token-for-prometheus")).text();

  expect(shown).toMatch(/^pixelnova_ingest_events_total\{outcome="accepted"\} \d+$/m);
  expect(shown).toMatch(/^pixelnova_fold_lag_seconds [\d.e-]+$/m);
  expect(shown).toMatch(/^pixelnova_fold_failures 0$/m);
});

test("whoever asks for too much is told when to come back", async ({ stack }) => {
  const ask = (address: string) =>
    fetch(`${stack.appAddress}/auth/login`, { headers: { "X-Forwarded-For": address } });

  const told = await Promise.all(Array.from({ length: 61 }, () => ask("192.0.2.7")));

  const refused = told.filter(({ status }) => status === 429);
  expect(refused).toHaveLength(1);
  expect(refused[0]?.headers.get("retry-after")).toMatch(/^\d+$/);
  expect(refused[0]?.headers.get("ratelimit-limit")).toBe("60");
  expect((await ask("192.0.2.8")).status).not.toBe(429);
});
