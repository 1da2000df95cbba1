import { describe, expect } from "vitest";
import { claimBackfill, requestDue } from "~/commerce/backfill-state.server";
import { DAY, MINUTE } from "~/platform/time";
import { foldOrder } from "~/projections/orders/order";
import { receiveWebhook } from "~/webhooks.server";
import { HARBOUR, NORTHWIND, test, visit, webhook } from "../shopify/stand-in";
import { rowsOf, sales, shopWith, START } from "./past";

describe("a backfill", () => {
  test("takes every order into the log as it stands, with its refunds' lines", async ({
    context,
    platform,
  }) => {
    const orders = sales(10);
    const { request, until, entries, state } = await shopWith({ context, platform }, orders);
    await request();

    await until("done", "failed");

    expect(await state()).toMatchObject({
      status: "done",
      readCount: 10,
      totalCount: 10,
      error: null,
    });
    const folded = (await entries()).map(({ payload, ...entry }) =>
      foldOrder([{ ...entry, ...(payload as { data: unknown }) }]),
    );
    const facts = ({ order, items, refunds }: NonNullable<ReturnType<typeof foldOrder>>) => ({
      ...{ ...order, source: null, firstReceivedAt: null, items, refunds },
    });
    const byId = (one: { orderId: string }, other: { orderId: string }) =>
      Number(one.orderId) - Number(other.orderId);
    expect(folded.flatMap((each) => (each ? [facts(each)] : [])).sort(byId)).toEqual(
      orders.flatMap((order) => facts(rowsOf(order) ?? expect.fail())).sort(byId),
    );
  });

  test("finds what it has found before: nothing is there twice", async ({ context, platform }) => {
    const { request, until, entries, later } = await shopWith({ context, platform }, sales(5));
    await request();
    await until("done");
    later(DAY);

    expect(await request()).toBe(true);
    await until("done");

    expect(await entries()).toHaveLength(5);
  });

  test("reaches back as far as it is asked to", async ({ context, platform }) => {
    const { request, until, entries } = await shopWith({ context, platform }, sales(10));
    await request(new Date(START + 4 * MINUTE));

    await until("done");

    expect(await entries()).toHaveLength(4);
  });

  test("of a shop that has sold nothing is done", async ({ context, platform }) => {
    const { request, until, state } = await shopWith({ context, platform }, []);
    await request();

    await until("done", "failed");

    expect(await state()).toMatchObject({ status: "done", readCount: 0, totalCount: 0 });
  });

  test("leaves out an order that was erased", async ({ context, platform }) => {
    const orders = sales(4);
    const shop = await shopWith({ context, platform }, orders);
    const redact = { topic: "customers/redact", domain: NORTHWIND };
    const named = { customer: { id: 99 }, orders_to_redact: [orders[3]?.id] };
    await receiveWebhook(context, webhook({ ...redact, payload: named }));
    await shop.request();

    await shop.until("done");

    expect((await shop.entries()).map(({ orderId }) => orderId)).not.toContain(
      BigInt(orders[3]?.id ?? 0),
    );
    expect(await shop.entries()).toHaveLength(3);
  });

  test("is woken when Shopify says that the operation is over", async ({ context, platform }) => {
    const shop = await shopWith({ context, platform }, sales(3));
    await shop.request();
    await shop.until("running");
    const { operationId } = await shop.state();
    const now = new Date(shop.world.now().getTime() - MINUTE);
    expect(await claimBackfill(context.db, now)).toBeNull();

    const payload = { admin_graphql_api_id: operationId, status: "completed" };
    await receiveWebhook(
      context,
      webhook({ topic: "bulk_operations/finish", domain: NORTHWIND, payload }),
    );

    expect(await claimBackfill(context.db, now)).toMatchObject({ operationId });
  });
});

describe("backfills are asked for", () => {
  test("once by every shop that has the app, and again when it comes back", async ({
    context,
    platform,
  }) => {
    const { id, until, later, world } = await shopWith({ context, platform }, sales(2));
    const other = (await visit(context, HARBOUR)).shop.id;

    expect((await requestDue(context.db, world.now())).sort()).toEqual([id, other].sort());
    expect(await requestDue(context.db, world.now())).toEqual([]);

    await context.db.backfill.deleteMany({ where: { shopId: other } });
    await context.db.shop.update({ where: { id: other }, data: { scopes: ["write_pixels"] } });
    await until("done");
    later(MINUTE);
    expect(await requestDue(context.db, world.now())).toEqual([]);
    await context.db.shop.update({ where: { id }, data: { installedAt: world.now() } });
    later(MINUTE);
    expect(await requestDue(context.db, world.now())).toEqual([id]);
  });

  test("not twice at once", async ({ context, platform }) => {
    const { request } = await shopWith({ context, platform }, []);

    expect([await request(), await request()]).toEqual([true, false]);
  });
});
