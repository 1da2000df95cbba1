import { expect } from "vitest";
import { libraryFor } from "./library";
import { test, type Received } from "./running-store";

const lastOf = (received: readonly Received[]): Received => {
  const last = received.findLast(({ path }) => path === "/webhooks");
  if (!last) throw new Error("no webhook has arrived");
  return last;
};

const requestOf = ({ headers, method, body }: Received) => ({
  rawBody: body,
  rawRequest: new Request("https://app.example/webhooks", { method, headers, body }),
});

test("a webhook carries what the library checks", async ({ store, app, outdoor }) => {
  await store.sendWebhook(outdoor.domain, "app/scopes_update", { id: 1 }, { webhookId: "w-1" });

  const verdict = await libraryFor(store).webhooks.validate(requestOf(lastOf(app.received)));

  expect(verdict).toMatchObject({
    valid: true,
    topic: "APP_SCOPES_UPDATE",
    domain: outdoor.domain,
    apiVersion: "2026-07",
    webhookId: "w-1",
  });
});

test("a webhook signed with another secret is found out", async ({ store, app, outdoor }) => {
  await store.sendWebhook(outdoor.domain, "app/uninstalled", {}, { secret: "guessed" });

  const verdict = await libraryFor(store).webhooks.validate(requestOf(lastOf(app.received)));

  expect(verdict).toMatchObject({ valid: false, reason: "invalid_hmac" });
});

test("uninstalling tells the app after the fact", async ({ store, app, outdoor }) => {
  store.install(outdoor.domain);

  const { status } = await store.uninstall(outdoor.domain);

  expect(status).toBe(200);
  const { headers, body } = lastOf(app.received);
  expect(headers.get("x-shopify-topic")).toBe("app/uninstalled");
  expect(JSON.parse(body)).toMatchObject({ id: outdoor.id, myshopify_domain: outdoor.domain });
});

test("compliance requests name the shop and the customer by number", async ({
  store,
  app,
  tea,
}) => {
  await store.sendCompliance(tea.domain, "customers/redact", { id: 42 });

  expect(JSON.parse(lastOf(app.received).body)).toEqual({
    shop_id: tea.id,
    shop_domain: tea.domain,
    customer: { id: 42, email: null, phone: null },
    orders_to_redact: [],
  });
});
