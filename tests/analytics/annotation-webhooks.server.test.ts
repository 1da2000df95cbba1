import { expect } from "vitest";
import { receiveWebhook } from "~/webhooks.server";
import { HARBOUR, NORTHWIND, test, visit, webhook } from "../shopify/stand-in";

const AT = new Date("2026-11-21T09:30:00.000Z");
const published = (payload: object, webhookId = "published-1") =>
  webhook({ topic: "themes/publish", domain: NORTHWIND, payload, webhookId, triggeredAt: AT });

test("a theme that is published is noted once, for its shop", async ({ context, db }) => {
  const { shop } = await visit(context, NORTHWIND);
  await visit(context, HARBOUR);

  for (let delivery = 0; delivery < 2; delivery++)
    await receiveWebhook(context, published({ id: 1, name: "Spring 🌱 theme", role: "main" }));

  expect(await db.annotation.findMany()).toMatchObject([
    {
      ...{ shopId: shop.id, kind: "theme", text: "Theme published: Spring 🌱 theme", day: null },
      ...{ at: AT, madeBy: "shop" },
    },
  ]);
});

test("a theme for phones alone, of old shops, is not noted", async ({ context, db }) => {
  await visit(context, NORTHWIND);

  await receiveWebhook(context, published({ id: 1, name: "Small", role: "mobile" }));

  expect(await db.annotation.count()).toBe(0);
});
