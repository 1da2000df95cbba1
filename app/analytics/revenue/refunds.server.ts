import { Prisma } from "@prisma/client";
import { z } from "zod";
import { readCursor, writeCursor } from "~/platform/cursor.server";
import type { Db } from "~/platform/db.server";
import type { Question, RowOf, Told } from "../report";
import type { REFUNDS } from "./definitions";
import { ordersOf } from "./orders.server";

export type RefundOfOrder = RowOf<typeof REFUNDS.columns>;

const id = z.string().regex(/^\d{1,18}$/);
const Place = z.tuple([z.iso.datetime(), id, id]);

/** The newest first.
 * @throws {InvalidInput} the cursor is none of this list's */
export async function refunds(
  db: Db,
  { shopId, view }: Question,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): Promise<Told<RefundOfOrder>> {
  const { from, to } = view.period;
  const found = await db.$queryRaw<RefundOfOrder[]>`
    select r.refunded_at as "refundedAt", r.refund_id::text as "refundId",
           r.order_id::text as "orderId", f.name as "orderName", f.placed_at as "placedAt",
           r.total_minor::float8 as "refundMinor", f.total_minor::float8 as "orderMinor",
           r.item_count::int as units
    from refunds r join orders f using (shop_id, order_id)
    where r.shop_id = ${shopId}::int and r.refunded_at >= ${from}::timestamptz
      and r.refunded_at < ${to}::timestamptz and ${ordersOf(shopId, view.filters)}
      and ${after(cursor)}
    order by r.refunded_at desc, r.order_id desc, r.refund_id desc
    limit ${limit + 1}::int`;
  const rows = found.slice(0, limit);
  const last = rows.at(-1);
  if (found.length <= limit || !last) return { rows, next: null };
  const place = [last.refundedAt.toISOString(), last.orderId, last.refundId];
  return { rows, next: writeCursor(place) };
}

function after(cursor: string | undefined): Prisma.Sql {
  if (cursor === undefined) return Prisma.sql`true`;
  const [at, orderId, refundId] = readCursor(cursor, Place);
  return Prisma.sql`(r.refunded_at, r.order_id, r.refund_id)
    < (${at}::timestamptz, ${orderId}::text::bigint, ${refundId}::text::bigint)`;
}
