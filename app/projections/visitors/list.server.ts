import type { Db } from "~/platform/db.server";
import { InvalidInput } from "~/platform/errors";

const PER_PAGE = 50;

/** Where a page of the list ends. */
export type Place = { lastSeenAt: Date; visitorId: string };

export type ListedVisitor = {
  visitorId: string;
  lastSeenAt: Date;
  sessionCount: number;
  orderCount: number;
  /** In minor units of the shop's currency. */
  revenueMinor: number;
};

/** A shop's visitors, those who were last seen first, a page at a time.
 * @param after the place where the page before ended; null for the first
 * @returns `next` is null on the last page */
export async function listVisitors(
  db: Db,
  shopId: number,
  after: Place | null,
): Promise<{ visitors: ListedVisitor[]; next: Place | null }> {
  const found = await db.$queryRaw<ListedVisitor[]>`
    select visitor_id as "visitorId", last_seen_at as "lastSeenAt", session_count as "sessionCount",
           order_count as "orderCount", revenue_minor::float8 as "revenueMinor"
    from visitors
    where shop_id = ${shopId}::int
      and (${after?.lastSeenAt ?? null}::timestamptz is null
           or (last_seen_at, visitor_id) < (${after?.lastSeenAt ?? null}::timestamptz, ${after?.visitorId ?? ""}))
    order by last_seen_at desc, visitor_id desc limit ${PER_PAGE + 1}::int`;
  const visitors = found.slice(0, PER_PAGE);
  return { visitors, next: found.length > PER_PAGE ? (visitors.at(-1) ?? null) : null };
}

/** The place that a page's address names with `seen` and `visitor`; null when it names none.
 * @throws {InvalidInput} `seen` is no moment */
export function parsePlace(search: URLSearchParams): Place | null {
  const [seen, visitorId] = [search.get("seen"), search.get("visitor")];
  if (seen === null || visitorId === null) return null;
  const lastSeenAt = new Date(seen);
  if (Number.isNaN(lastSeenAt.getTime()))
    throw new InvalidInput(`seen must be a moment, got ${JSON.stringify(seen)}`);
  return { lastSeenAt, visitorId };
}
