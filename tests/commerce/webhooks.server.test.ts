import { describe, expect } from "vitest";
import type { AppContext } from "~/context";
import { append, ensurePartitions } from "~/events/log.server";
import { weekOf } from "~/platform/time";
import { receiveWebhook } from "~/webhooks.server";
import { customerPayload, orderPayload, refundPayload } from "../../dev/store/webhooks/happenings";
import { logEvent, NOON } from "../factories";
import { NORTHWIND, test, visit, webhook } from "../shopify/stand-in";
import { openTill } from "./shop";

const ANA = 7_001_000_001;
const at = (moment: string) => () => new Date(moment);

/** An installed shop, and the log's way to be told of something there. */
async function installed(context: AppContext) {
  const { id } = (await visit(context, NORTHWIND)).shop;
  await ensurePartitions(context.db, new Date());
  const tell = (topic: string, payload: object, about: { webhookId?: string; at?: Date } = {}) =>
    receiveWebhook(
      context,
      webhook({ topic, domain: NORTHWIND, payload, triggeredAt: about.at, ...about }),
    );
  const entries = () =>
    context.db.pixelEvent.findMany({ where: { shopId: id }, orderBy: { position: "asc" } });
  return { id, tell, entries };
}

describe("a webhook about an order", () => {
  test("is one entry of the log: verified, of no browser, found by order and customer", async ({
    context,
  }) => {
    const { tell, entries } = await installed(context);
    const { commerce, buy } = openTill(at("2026-11-20T11:00:00.000Z"));
    const order = buy({ customerId: ANA });

    await tell("orders/create", orderPayload(commerce, order), { webhookId: "one" });

    expect(await entries()).toMatchObject([
      {
        ...{ eventId: "webhook-one", source: "webhook", name: "orders/create", clientId: null },
        ...{ orderId: BigInt(order.id), customerId: BigInt(ANA) },
        occurredAt: new Date("2026-11-20T11:00:00.000Z"),
        payload: { data: { id: String(order.id), totalPrice: { amountMinor: order.totalMinor } } },
      },
    ]);
  });

  test("that Shopify delivers again, even after we forgot the delivery, is there once", async ({
    context,
    db,
  }) => {
    const { tell, entries } = await installed(context);
    const { commerce, buy } = openTill();
    const body = orderPayload(commerce, buy());
    await tell("orders/paid", body, { webhookId: "one" });
    await db.webhookDelivery.deleteMany();

    await tell("orders/paid", body, { webhookId: "one" });

    expect(await entries()).toHaveLength(1);
  });

  test("is filed in its own week, however long ago or far ahead", async ({ context }) => {
    const { tell, entries } = await installed(context);
    const moments = ["2019-02-03T11:00:00.000Z", "2031-07-08T11:00:00.000Z"];
    for (const moment of moments) {
      const { commerce, buy } = openTill(at(moment));
      await tell("orders/updated", orderPayload(commerce, buy()));
    }

    const weeks = (await entries()).map(({ week }) => week.toISOString().slice(0, 10));

    expect(weeks).toEqual(moments.map((moment) => weekOf(new Date(moment))));
  });

  test("whose body is not Shopify's is refused, and done when it comes right", async ({
    context,
  }) => {
    const { tell, entries } = await installed(context);
    const { commerce, buy } = openTill();
    const body = orderPayload(commerce, buy());
    const bad = { ...body, total_price_set: { shop_money: null } };

    await expect(tell("orders/create", bad, { webhookId: "one" })).rejects.toMatchObject({
      status: 400,
      message: expect.stringMatching(/orders\/create[^]*total_price_set/) as string,
    });
    expect(await entries()).toEqual([]);

    await tell("orders/create", body, { webhookId: "one" });
    expect(await entries()).toHaveLength(1);
  });

  test("says that it is gone by its id and the time of the delivery", async ({ context }) => {
    const { tell, entries } = await installed(context);

    await tell("orders/delete", { id: 77 }, { at: new Date("2026-11-20T11:00:00.000Z") });

    expect(await entries()).toMatchObject([
      {
        ...{ name: "orders/delete", orderId: 77n, payload: { data: { id: "77" } } },
        occurredAt: new Date("2026-11-20T11:00:00.000Z"),
      },
    ]);
  });
});

test("a refund is an entry of its order", async ({ context }) => {
  const { tell, entries } = await installed(context);
  const { commerce, buy } = openTill();
  const refund = commerce.refund(buy().id);
  const [order] = commerce.orders();
  if (!order) throw new Error("the order is there");

  await tell("refunds/create", refundPayload(order, refund));

  expect(await entries()).toMatchObject([
    {
      ...{ name: "refunds/create", orderId: BigInt(order.id), customerId: null },
      payload: { data: { totalRefunded: { amountMinor: order.totalMinor, currencyCode: "EUR" } } },
    },
  ]);
});

test("a customer is an entry by which they can be found and erased", async ({ context, db }) => {
  const { id, tell, entries } = await installed(context);
  const { commerce } = openTill();
  const ana = commerce.customer(ANA);
  if (!ana) throw new Error("the stand-in has Ana");
  await tell("customers/update", customerPayload(commerce, ana));
  await tell("customers/delete", { id: ANA });

  const found = await entries();

  expect(found.map(({ name, customerId }) => [name, customerId])).toEqual([
    ["customers/update", BigInt(ANA)],
    ["customers/delete", BigInt(ANA)],
  ]);
  expect(JSON.stringify(found.map(({ payload }) => payload))).not.toMatch(/ana@|Lindqvist/);

  await tell("customers/redact", { customer: { id: ANA } });
  expect(await db.pixelEvent.count({ where: { shopId: id } })).toBe(0);
});

describe("once a customer was erased, late word", () => {
  async function erased(context: AppContext) {
    const shop = await installed(context);
    const { commerce, buy } = openTill();
    const order = buy({ customerId: ANA });
    await shop.tell("orders/create", orderPayload(commerce, order));
    await shop.tell("customers/redact", { customer: { id: ANA } });
    expect(await shop.entries()).toEqual([]);
    return { ...shop, commerce, buy, order };
  }

  test("of their order, which no longer names them, of its refund, and of a new order is left out", async ({
    context,
  }) => {
    const { tell, entries, commerce, buy, order } = await erased(context);
    const refund = commerce.refund(order.id);

    await tell("orders/updated", { ...orderPayload(commerce, order), customer: null });
    await tell("refunds/create", refundPayload(order, refund));
    await tell("orders/create", orderPayload(commerce, buy({ customerId: ANA })));

    expect(await entries()).toEqual([]);
  });

  test("of somebody else's order is taken", async ({ context }) => {
    const { tell, entries, commerce, buy } = await erased(context);

    await tell("orders/create", orderPayload(commerce, buy()));

    expect(await entries()).toHaveLength(1);
  });
});

test("an order that Shopify names in an erasure stays away, whoever placed it", async ({
  context,
}) => {
  const { id, tell, entries } = await installed(context);
  const { commerce, buy } = openTill();
  const order = buy();
  await ensurePartitions(context.db, NOON);
  await append(context.db, id, [logEvent({ clientId: "bo" })]);
  await tell("customers/redact", { customer: { id: ANA }, orders_to_redact: [order.id] });

  await tell("orders/create", orderPayload(commerce, order));

  expect((await entries()).map(({ clientId }) => clientId)).toEqual(["bo"]);
});
