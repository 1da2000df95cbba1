import { expect } from "vitest";
import { openSecret } from "~/catalog/alerts/contact.server";
import { rotateAlertKeys } from "~/catalog/alerts/rotate-keys.server";
import { setWebhook } from "~/catalog/alerts/settings.server";
import { subscribe } from "~/catalog/alerts/subscriptions.server";
import { createSealer } from "~/platform/crypto.server";
import { receiveWebhook } from "~/webhooks.server";
import { CONFIG, NORTHWIND, test as base, visit, webhook } from "../../shopify/stand-in";
import { request } from "../deliveries/world";
import { listed, merge } from "../listed";

const test = base.extend("shopId", async ({ context, db }) => {
  const { shop } = await visit(context, NORTHWIND);
  await merge(db, shop.id, [listed()], { asked: "all" });
  const world = { db, sealer: context.shopify.tokens.sealer, now: new Date() };
  for (const [email, customerId] of [
    ["ana@example.com", "7"],
    ["ana.at.home@example.com", "7"],
    ["bo@example.com", null],
    ["cy@example.com", "9"],
  ] as const)
    await subscribe(
      world,
      { shopId: shop.id, currency: "EUR", customerId },
      request({ email, price: 12 }),
    );
  return shop.id;
});

const domain = NORTHWIND;

test("a customer's erasure takes what they subscribed to, logged in or by their address", async ({
  context,
  db,
  shopId,
}) => {
  const payload = { customer: { id: 7, email: "Bo@example.com" }, orders_to_redact: [] };
  await receiveWebhook(context, webhook({ topic: "customers/redact", domain, payload }));

  const left = await db.alertSubscription.findMany({ where: { shopId } });
  expect(left.map(({ customerId }) => customerId)).toEqual([9n]);
  expect(await db.alertDelivery.count({ where: { shopId } })).toBe(1);
});

test("a customer's copy of their data tells what they wait for", async ({
  context,
  db,
  shopId,
}) => {
  const payload = { customer: { id: 9 } };
  await receiveWebhook(context, webhook({ topic: "customers/data_request", domain, payload }));

  const [kept] = await db.privacyRequest.findMany({ where: { shopId } });
  expect(kept?.export).toMatchObject({
    alertSubscriptions: [{ kind: "price_drop", productId: "7", targetPriceMinor: "1200" }],
  });
  expect(JSON.stringify(kept?.export)).not.toContain("example.com");
});

test("a shop's erasure takes all of its alerts and subscriptions", async ({
  context,
  db,
  shopId,
}) => {
  await db.shop.update({ where: { id: shopId }, data: { uninstalledAt: new Date() } });
  await receiveWebhook(context, webhook({ topic: "shop/redact", domain }));

  for (const count of await Promise.all([
    db.alertSubscription.count(),
    db.alertDelivery.count(),
    db.alertSettings.count(),
    db.arrival.count(),
  ]))
    expect(count).toBe(0);
});

test("after a rotation the new key alone opens addresses and secrets, and finds them", async ({
  db,
  shopId,
}) => {
  const key = Buffer.alloc(32, 9).toString("base64");
  const [before, both] = [
    createSealer(CONFIG.encryptionKeys),
    createSealer([key, ...CONFIG.encryptionKeys]),
  ];
  const world = { db, sealer: before, now: new Date() };
  const webhook = { url: "https://shop.example/alerts", allowPrivate: false };
  const secret = await setWebhook(world, shopId, webhook);

  expect(await rotateAlertKeys(db, both)).toEqual({ resealed: 5, unreadable: 0 });
  expect(await rotateAlertKeys(db, both)).toEqual({ resealed: 0, unreadable: 0 });

  const after = createSealer([key]);
  const settings = await db.alertSettings.findUnique({ where: { shopId } });
  expect(openSecret(after, settings?.webhookSecret ?? "", shopId)).toBe(secret);
  const asking = { shopId, currency: "EUR", customerId: null };
  await subscribe({ ...world, sealer: after }, asking, request({ email: "cy@example.com" }));
  expect(await db.alertSubscription.count({ where: { shopId } })).toBe(4);
  expect(await rotateAlertKeys(db, createSealer([Buffer.alloc(32, 1).toString("base64")]))).toEqual(
    {
      ...{ resealed: 0, unreadable: 5 },
    },
  );
});
