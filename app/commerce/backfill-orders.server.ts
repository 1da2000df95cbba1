import { z } from "zod";
import { isErased } from "~/events/erased";
import { erasedIn } from "~/events/erased.server";
import type { Order } from "~/events/orders";
import type { LogEvent } from "~/events/sift";
import { orderRead, verifiedRow } from "~/events/verified";
import type { Db } from "~/platform/db.server";
import type { Log } from "~/platform/log.server";
import { DAY } from "~/platform/time";
import type { Admin } from "~/shopify/admin.server";
import type { Grouped } from "~/shopify/bulk-result";
import { bulkReader } from "./bulk-order";
import { refundLines } from "./refund-lines.server";

export type Receipt = { shopId: number; receivedAt: Date; retentionDays: number };
const Refunds = z.array(z.object({ id: z.string() })).catch([]);

/** Turns orders of a bulk result into entries of the log. An order that cannot be read is left out and
 * logged; so are those of erased customers, and those last changed before the retention.
 * @throws {AdminRefused | Unavailable} the refunds' lines could not be had */
export async function entriesOf(
  { db, log, admin }: { db: Db; log: Log; admin: Admin },
  orders: readonly Grouped[],
  { shopId, receivedAt, retentionDays }: Receipt,
): Promise<{ entries: LogEvent[]; unread: number }> {
  const refundIds = orders.flatMap(({ root }) => Refunds.parse(root.refunds).map(({ id }) => id));
  const reader = bulkReader(await refundLines(admin, refundIds));
  const erased = await erasedIn(db, shopId);
  const oldest = receivedAt.getTime() - retentionDays * DAY;
  const read = orders.flatMap(({ root, children: lineItems }): Order[] => {
    const parsed = reader.safeParse({ ...root, lineItems });
    if (parsed.success) return [parsed.data];
    log.warn({ shopId, order: root.id, reason: z.prettifyError(parsed.error) }, "unread order");
    return [];
  });
  const entries = read
    .map((order) => verifiedRow(orderRead(order, { source: "backfill", receivedAt })))
    .filter((entry) => !isErased(erased, entry) && entry.occurredAt.getTime() >= oldest);
  return { entries, unread: orders.length - read.length };
}
