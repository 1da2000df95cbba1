import type { Prisma } from "@prisma/client";
import type { Db } from "~/platform/db.server";

export type PrivacyRequestRow = {
  requestId: string;
  topic: "customers/data_request" | "customers/redact";
  customerId: string;
  receivedAt: Date;
  completedAt: Date | null;
  /** Whether there is something to hand over: not after an erasure, nor after it was cleared. */
  hasExport: boolean;
};

/** What a shop's customers asked for, the latest first. */
export const privacyRequests = (db: Db, shopId: number): Promise<PrivacyRequestRow[]> =>
  db.$queryRaw<PrivacyRequestRow[]>`
    select request_id as "requestId", topic, customer_id::text as "customerId",
           received_at as "receivedAt", completed_at as "completedAt",
           export is not null as "hasExport"
    from privacy_requests where shop_id = ${shopId}::int
    order by received_at desc, request_id limit 250`;

/** Everything that was held of a customer when they asked; null when there is nothing to hand over. */
export async function privacyExport(
  db: Db,
  shopId: number,
  requestId: string,
): Promise<Prisma.JsonValue> {
  const request = await db.privacyRequest.findUnique({
    where: { shopId_requestId: { shopId, requestId } },
    select: { export: true },
  });
  return request?.export ?? null;
}
