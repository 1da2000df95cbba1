import { describe, expect } from "vitest";
import { capture } from "~/analytics/capture.server";
import { periodOf, startsOfDays } from "~/analytics/period";
import { workOn } from "~/commerce/backfill.server";
import { claimBackfill, requestBackfill } from "~/commerce/backfill-state.server";
import { backfillWorld } from "~/commerce/backfilling.server";
import type { AppContext } from "~/context";
import type { Database } from "~/platform/db.server";
import { receiveWebhook } from "~/webhooks.server";
import { chance } from "../../dev/chance";
import { expectedCapture, expectedOrder, type TrueOrder } from "../../dev/shoppers/checks/orders";
import type { SimulatedDay, Visit } from "../../dev/shoppers/model";
import { simulate } from "../../dev/shoppers/simulate";
import { webhooksOf } from "../../dev/shoppers/traffic/webhooks";
import { shopOf } from "../../dev/store/catalog/shops";
import type { Commerce } from "../../dev/store/commerce/commerce";
import type { Order } from "../../dev/store/commerce/model";
import { openCommerce } from "../../dev/store/commerce/open";
import { newCommerceState } from "../../dev/store/commerce/state";
import { stopWebhooks } from "../../dev/store/webhooks/announce";
import { catchUp } from "../folding";
import { openIngest } from "../ingest";
import { test, visit, webhook } from "../shopify/stand-in";
import { BERLIN, openShop, sendTo } from "./shop";

const DAY_MS = 86_400_000;

/** A month of a shop: all of its orders as they ended, and the visits that the app's door still takes. */
function month(seed: number): { commerce: Commerce; orders: Order[]; visits: Visit[] } {
  const until = new Date(Date.now() - 60_000);
  const days: SimulatedDay[] = [
    ...simulate({ shop: BERLIN, days: 30, until, seed, visitorsPerDay: 100 }),
  ];
  const oldest = Date.now() - 6 * DAY_MS;
  const orders = days
    .flatMap(({ settled }) => settled)
    .map((order, i) => ({ ...order, test: i % 25 === 0 }));
  const visits = days
    .flatMap((day) => day.visits)
    .filter(({ startedAt }) => Date.parse(startedAt) > oldest);
  const customers = days.flatMap((day) => day.customers);
  const about = { shop: shopOf(BERLIN), state: newCommerceState(), save: () => {} };
  const history = [{ customers, orders }];
  return { commerce: openCommerce({ ...about, now: () => new Date(), history }), orders, visits };
}

type Post = { lost: number; silent: ReadonlySet<number>; repeated: number };

/** Delivers what Shopify tells of orders: in no order, some twice, some never, of some orders nothing.
 * @returns the orders of which something arrived */
async function tell(
  context: AppContext,
  { commerce, orders }: { commerce: Commerce; orders: readonly Order[] },
  { lost, silent, repeated }: Post,
): Promise<Set<number>> {
  const luck = chance("post");
  const posts = orders
    .filter(({ id }) => !silent.has(id))
    .flatMap((order) => webhooksOf(commerce, order).map((told) => ({ ...told, id: order.id })))
    .filter(() => !luck.happens(lost))
    .map((told, i) => ({ ...told, webhookId: `delivery-${i}`, place: luck.next() }));
  const again = posts
    .filter(() => luck.happens(repeated))
    .map((told) => ({ ...told, place: luck.next() }));
  for (const { topic, payload, webhookId } of [...posts, ...again].sort(
    (a, b) => a.place - b.place,
  ))
    await receiveWebhook(context, webhook({ topic, payload, webhookId, domain: BERLIN }));
  return new Set(posts.map(({ id }) => id));
}

async function backfill(context: AppContext, shopId: number): Promise<void> {
  const world = backfillWorld(context);
  await requestBackfill(context.db, shopId, { since: null, now: new Date() });
  await expect
    .poll(
      async () => {
        const claim = await claimBackfill(context.db, new Date(), shopId);
        if (claim) await workOn(world, claim);
        return (await context.db.backfill.findUniqueOrThrow({ where: { shopId } })).status;
      },
      { timeout: 30_000, interval: 100 },
    )
    .toBe("done");
}

/** What the app knows of every order, in the words of the truth. */
async function knownOrders(db: Database, shopId: number) {
  const where = { shopId };
  const [orders, items, refunds] = await Promise.all([
    db.order.findMany({ where, orderBy: { orderId: "asc" } }),
    db.orderItem.findMany({ where, orderBy: { lineItemId: "asc" } }),
    db.refund.findMany({ where, orderBy: { refundId: "asc" } }),
  ]);
  const own = <Row extends { orderId: bigint }>(rows: readonly Row[], orderId: bigint) =>
    rows.filter((row) => row.orderId === orderId);
  return orders.map((order) => ({
    orderId: String(order.orderId),
    ...{ totalMinor: Number(order.totalMinor), refundedMinor: Number(order.refundedMinor) },
    ...{ revenueMinor: Number(order.revenueMinor), isCancelled: order.cancelledAt !== null },
    items: own(items, order.orderId).map((item) => ({
      ...{ lineItemId: String(item.lineItemId), productId: String(item.productId) },
      ...{ quantity: item.quantity, refundedQuantity: item.refundedQuantity },
      ...{ priceMinor: Number(item.priceMinor), discountMinor: Number(item.discountMinor) },
    })),
    refunds: own(refunds, order.orderId).map((refund) => ({
      ...{ refundId: String(refund.refundId), totalMinor: Number(refund.totalMinor) },
      itemCount: Number(refund.itemCount),
    })),
    source: order.source,
    clientId: order.completedAt === null ? null : order.clientId,
  }));
}

const completed = ({ events }: Visit) =>
  events.some(({ event, fate }) => event.name === "checkout_completed" && fate === "sent");

const firstEventOf = (visits: readonly Visit[]): number =>
  Math.min(
    ...visits.flatMap(({ events }) =>
      events.filter(({ fate }) => fate === "sent").map(({ at }) => Date.parse(at)),
    ),
  );

describe("of a month whose webhooks were late, repeated, out of order and lost,", () => {
  test("orders, items, refunds, the capture rate and every order's fate are what happened", async ({
    context,
    platform,
    db,
    dbUrl,
  }) => {
    const { commerce, orders, visits } = month(21);
    platform.commerceOf = () => commerce;
    platform.addresses.admin = "https://results.stand-in";
    stopWebhooks(platform);
    await openShop(db, BERLIN);
    const { shop } = await visit(context, BERLIN);
    const ingest = openIngest({ db, databaseUrl: dbUrl });
    grantAllOrders(platform.memory.state.accessTokens);

    await sendTo({ db, ingest }, { ...shop, timeZone: shop.timeZone ?? "" }, visits, {
      network: { seed: "post", lostRequests: 0.5 },
      tries: 2,
    });
    const buyers = new Map(visits.filter(completed).map((each) => [each.orderId, each.clientId]));
    const unseen = orders.filter(({ id }) => !buyers.has(id));
    const silent = new Set(unseen.filter((_, i) => i % 2 === 0).map(({ id }) => id));
    const heard = await tell(context, { commerce, orders }, { lost: 0.2, silent, repeated: 0.2 });
    await catchUp(db, shop.id);
    await backfill(context, shop.id);
    await catchUp(db, shop.id);
    await ingest.stop();

    const truth = orders.map((order): TrueOrder => {
      return { order, seenIn: buyers.get(order.id) ?? null, isHeard: heard.has(order.id) };
    });
    expect(await knownOrders(db, shop.id)).toEqual(
      truth.map(expectedOrder).sort((one, other) => Number(one.orderId) - Number(other.orderId)),
    );
    const period = periodOf("30d", shop.timeZone ?? "", new Date());
    const reach = firstEventOf(visits);
    const span = { from: period.from.getTime(), to: period.to.getTime() };
    const { total, byDay } = await capture(db, shop.id, period);
    expect(total).toEqual(expectedCapture(truth, span, reach));
    const starts = [...startsOfDays(period), period.to].map((start) => start.getTime());
    expect(byDay).toEqual(
      period.days.map((key, i) => {
        const day = { from: starts[i] ?? NaN, to: starts[i + 1] ?? NaN };
        return { key, ...expectedCapture(truth, day, reach) };
      }),
    );
    for (const fate of ["seen", "webhook", "backfill", "before"] as const)
      expect(total[fate], fate).toBeGreaterThan(0);
    const refunded = orders.filter(({ refunds }) => refunds.length > 0);
    expect(refunded.length).toBeGreaterThan(1);
  });
});

/** Shopify lets the app see orders of any age. */
function grantAllOrders(tokens: Record<string, { scopes: string[] }>): void {
  for (const token of Object.values(tokens)) token.scopes = [...token.scopes, "read_all_orders"];
}
