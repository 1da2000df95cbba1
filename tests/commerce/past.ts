import { expect } from "vitest";
import { workOn } from "~/commerce/backfill.server";
import { claimBackfill, requestBackfill } from "~/commerce/backfill-state.server";
import type { BackfillWorld } from "~/commerce/backfill-work.server";
import type { AppContext } from "~/context";
import { ensurePartitions } from "~/events/log.server";
import { Order as KeptOrder } from "~/events/orders";
import { DAY, MINUTE, SECOND } from "~/platform/time";
import { foldOrder } from "~/projections/orders/order";
import { shopOf } from "../../dev/store/catalog/shops";
import type { Order } from "../../dev/store/commerce/model";
import { openCommerce } from "../../dev/store/commerce/open";
import { newCommerceState } from "../../dev/store/commerce/state";
import type { Platform } from "../../dev/store/platform";
import { stopWebhooks } from "../../dev/store/webhooks/announce";
import { orderLine } from "../../dev/shoppers/history";
import { NORTHWIND, visit, type Fetch } from "../shopify/stand-in";
import { openTill } from "./shop";

export const START = Math.floor(Date.now() / SECOND) * SECOND - 30 * DAY;

/** What a shop has sold: one order a minute, the first two with refunds, the third cancelled. */
export function sales(count: number): Order[] {
  const { commerce, buy } = openTill(() => new Date(START));
  const [first, second, third, plain] = [buy(), buy({ code: "WELCOME10" }), buy(), buy()];
  commerce.refund(first.id, { lines: [{ orderLineId: first.lines[0]?.id ?? 0, quantity: 1 }] });
  commerce.refund(second.id);
  commerce.cancel(third.id, "FRAUD");
  const special = commerce.orders().slice(0, 3);
  const more = Array.from({ length: count - special.length }, (_, i): Order => {
    const at = new Date(START + (i + 1) * MINUTE).toISOString();
    const token = `checkout-more-${i}`;
    return {
      ...plain,
      id: plain.id + 1_000 + i,
      createdAt: at,
      updatedAt: at,
      checkoutToken: token,
    };
  });
  return [...special, ...more];
}

/** An installed shop with a past, and a clock for its backfill. */
export async function shopWith(
  { context, platform }: { context: AppContext; platform: Platform },
  orders: Order[],
) {
  const { db } = context;
  const shop = shopOf(NORTHWIND);
  const history = [{ customers: [], orders }];
  const now = () => new Date();
  const commerce = openCommerce({ shop, now, state: newCommerceState(), save: () => {}, history });
  platform.commerceOf = () => commerce;
  stopWebhooks(platform); // there is nobody to send them to
  platform.addresses.admin = "https://results.stand-in";
  const { id } = (await visit(context, NORTHWIND)).shop;
  await ensurePartitions(db, new Date());
  let ahead = 0;
  const world: BackfillWorld = {
    ...{ db, log: context.log, adminOf: context.shopify.adminOf, retentionDays: 400 },
    now: () => new Date(Date.now() + ahead),
  };
  const later = (ms: number) => void (ahead += ms);
  const state = () => db.backfill.findUniqueOrThrow({ where: { shopId: id } });
  /** Goes on until a state is reached, whatever the pauses. */
  const until = (...statuses: string[]) =>
    expect
      .poll(
        async () => {
          later(MINUTE);
          const claim = await claimBackfill(db, world.now());
          if (claim) await workOn(world, claim);
          return statuses.includes((await state()).status);
        },
        { timeout: 20_000, interval: 50 },
      )
      .toBe(true);
  const entries = () => db.pixelEvent.findMany({ where: { shopId: id } });
  const request = (since: Date | null = null) =>
    requestBackfill(db, id, { since, now: world.now() });
  return { id, world, later, state, until, entries, request };
}

export const isResult = (input: string | Request) =>
  new URL(input instanceof Request ? input.url : input).pathname.startsWith("/bulk-results/");

const CHUNK = 8_192;

/** Lets an answer's body break off after so many bytes. */
export const cut = (shopify: Fetch, bytes: number): Fetch =>
  async function breaking(input, init) {
    const response = await shopify(input, init);
    if (!isResult(input)) return response;
    const body = new Uint8Array(await response.arrayBuffer());
    let sent = 0;
    const broken = new ReadableStream({
      pull(controller) {
        if (sent >= bytes) return controller.error(new Error("connection reset"));
        controller.enqueue(body.slice(sent, (sent += CHUNK)));
      },
    });
    return new Response(broken, { status: 200 });
  };

export const rowsOf = (order: Order) =>
  foldOrder([
    {
      ...{ eventId: "truth", name: "orders/updated", source: "import", data: truthOf(order) },
      ...{ occurredAt: new Date(order.updatedAt), receivedAt: new Date(order.updatedAt) },
    },
  ]);
const truthOf = (order: Order) => KeptOrder.parse(JSON.parse(orderLine(order)));
