import type { Db } from "~/platform/db.server";
import { DAY } from "~/platform/time";
import { toIntake, type Counted, type Intake } from "./intake";

/** An event that was refused, as an example: what it called itself, and what was wrong with it. */
export type RefusedExample = {
  refusedAt: Date;
  requestId: string;
  reason: string;
  name: string | null;
  eventId: string | null;
  message: string;
};

const EXAMPLES = 20;
const EXAMPLES_KEPT = 7 * DAY;
const SOURCES_AT_MOST = 1_000;

/** What came in of a shop from a moment on, and what did not, in whole hours. */
export async function intake(db: Db, shopId: number, from: Date): Promise<Intake> {
  return toIntake(
    await db.$queryRaw<Counted[]>`
      select outcome, origin, key, sum(events)::float8 as events
      from ingest_counts
      where shop_id = ${shopId}::int and hour >= date_trunc('hour', ${from}::timestamptz)
      group by outcome, origin, key
      order by events desc limit ${SOURCES_AT_MOST}::int`,
  );
}

/** The latest refusals of a shop. */
export const refusedExamples = (db: Db, shopId: number): Promise<RefusedExample[]> =>
  db.ingestRefusal.findMany({
    where: { shopId },
    orderBy: { refusedAt: "desc" },
    take: EXAMPLES,
    omit: { shopId: true, index: true },
  });

/** Forgets examples after a week, and counts with the log. */
export async function forgetIntake(db: Db, now: Date, retentionDays: number): Promise<void> {
  const before = (age: number) => ({ lt: new Date(now.getTime() - age) });
  await db.ingestRefusal.deleteMany({ where: { refusedAt: before(EXAMPLES_KEPT) } });
  await db.ingestCount.deleteMany({ where: { hour: before(retentionDays * DAY) } });
}
