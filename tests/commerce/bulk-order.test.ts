import { expect, test } from "vitest";
import { bulkReader } from "~/commerce/bulk-order";
import { chance } from "../../dev/chance";
import { bulkOrder } from "../fuzz/tellings";

test("an order whose refund has no global id is refused, and stops no other", () => {
  const read = bulkReader(new Map());
  const sound = bulkOrder(chance("bulk"), "2026-11-21T12:00:00Z") as { [field: string]: unknown };
  const money = { shopMoney: { amount: "1.00" } };
  const refund = { id: "\0", createdAt: "2026-11-21T12:00:00Z", totalRefundedSet: money };

  expect(read.safeParse(sound).success).toBe(true);
  expect(read.safeParse({ ...sound, refunds: [refund] }).success).toBe(false);
});
