import { pino } from "pino";
import { describe, expect } from "vitest";
import { receiveWebhook } from "~/webhooks.server";
import { HARBOUR, NORTHWIND, test, visit, webhook } from "./stand-in";

const uninstalled = { topic: "app/uninstalled", domain: NORTHWIND };
const scopesUpdate = (current: string[]) => ({
  topic: "app/scopes_update",
  domain: NORTHWIND,
  payload: { previous: [], current },
});

describe("a webhook", () => {
  test("with a wrong signature is refused with 401 and changes nothing", async ({
    context,
    db,
  }) => {
    await visit(context, NORTHWIND);

    const received = receiveWebhook(context, webhook({ ...uninstalled, secret: "guessed" }));

    await expect(received).rejects.toMatchObject({ status: 401 });
    expect(await db.webhookDelivery.count()).toBe(0);
    expect(await db.accessToken.count()).toBe(1);
  });

  test("whose body was changed on the way is refused with 401", async ({ context }) => {
    const { url, headers } = webhook(uninstalled);

    const received = receiveWebhook(
      context,
      new Request(url, { method: "POST", headers, body: "{}" }),
    );

    await expect(received).rejects.toMatchObject({ status: 401 });
  });

  test("without its headers is refused with 400", async ({ context }) => {
    const request = webhook(uninstalled);
    request.headers.delete("X-Shopify-Webhook-Id");

    await expect(receiveWebhook(context, request)).rejects.toMatchObject({ status: 400 });
  });

  test("that does not come by POST is answered 405", async ({ context }) => {
    const response = await receiveWebhook(context, new Request("https://pixelnova.test/webhooks"));

    expect(response.status).toBe(405);
    expect(response.headers.get("Allow")).toBe("POST");
  });

  test("that is larger than any of Shopify's is refused with 413", async ({ context }) => {
    const payload = { padding: "x".repeat(3 * 1024 * 1024) };

    const received = receiveWebhook(context, webhook({ ...uninstalled, payload }));

    await expect(received).rejects.toMatchObject({ status: 413 });
  });

  test("of a shop that we never knew is answered 200 and left", async ({ context, db }) => {
    const response = await receiveWebhook(
      context,
      webhook({ topic: "shop/redact", domain: HARBOUR }),
    );

    expect(response.status).toBe(200);
    expect(await db.webhookDelivery.count()).toBe(0);
  });

  test("on a topic that nothing handles is answered 200 and left", async ({ context, db }) => {
    await visit(context, NORTHWIND);

    const response = await receiveWebhook(
      context,
      webhook({ topic: "carts/create", domain: NORTHWIND }),
    );

    expect(response.status).toBe(200);
    expect(await db.webhookDelivery.count()).toBe(0);
  });

  test("that is repeated is answered 200 and not done again", async ({ context, db }) => {
    await visit(context, NORTHWIND);
    const first = { ...scopesUpdate(["write_pixels"]), webhookId: "one" };
    await receiveWebhook(context, webhook(first));
    await db.shop.updateMany({ data: { scopes: ["changed since"] } });

    const response = await receiveWebhook(context, webhook(first));

    expect(response.status).toBe(200);
    expect(await db.shop.findFirst()).toMatchObject({ scopes: ["changed since"] });
    expect(await db.webhookDelivery.count()).toBe(1);
  });

  test("that comes several times at once is done once", async ({ context }) => {
    await visit(context, NORTHWIND);
    const lines: string[] = [];
    const log = pino({}, { write: (line) => lines.push(line) });
    const request = {
      topic: "customers/redact",
      domain: NORTHWIND,
      payload: { customer: { id: 7 } },
      webhookId: "one",
    };

    const responses = await Promise.all(
      [1, 2, 3].map(() => receiveWebhook({ ...context, log }, webhook(request))),
    );

    expect(responses.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(lines.filter((line) => line.includes("erased a customer"))).toHaveLength(1);
  });

  test("whose work failed stays open, and its next attempt does the work", async ({
    context,
    db,
  }) => {
    await visit(context, NORTHWIND);
    const broken = { ...scopesUpdate([]), payload: { current: "?" }, webhookId: "one" };
    const failed = receiveWebhook(context, webhook(broken));
    await expect(failed).rejects.toMatchObject({ status: 400 });
    expect(await db.webhookDelivery.findFirst()).toMatchObject({ processedAt: null });

    await receiveWebhook(context, webhook({ ...scopesUpdate(["read_orders"]), webhookId: "one" }));

    expect(await db.shop.findFirst()).toMatchObject({ scopes: ["read_orders"] });
    expect(await db.webhookDelivery.findFirst()).not.toMatchObject({ processedAt: null });
  });
});
