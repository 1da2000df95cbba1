import type { Database } from "~/platform/db.server";
import { botSessions } from "../bots.server";
import { captureTotal } from "../capture.server";
import type { Question, RowOf, Told } from "../report";
import { serve } from "../serve";
import { sessionStats } from "../sessions/stats.server";
import { LOSSES } from "./definitions";

export type Loss = RowOf<typeof LOSSES.columns>;

/** What is missing, by kind, most first. */
export async function losses(db: Database, question: Question): Promise<Told<Loss>> {
  const { shopId, view } = question;
  const [events, total, bots, stats] = await Promise.all([
    outcomesOf(db, question),
    captureTotal(db, shopId, view.period),
    botSessions(db, shopId, view.period),
    sessionStats(db, { ...question, view: { ...view, filters: {} } }, { by: "all" }),
  ]);
  const lostOrders = ORDER_CAUSES.map(({ fate, cause }) => ({ cause, count: total[fate] }));
  const ofBots = bots.map(({ rule, sessions }) => ({ cause: `bot: ${rule}`, count: sessions }));
  const sessions = (stats.rows[0]?.sessions ?? 0) + sum(ofBots);
  return {
    rows: [
      ...toLosses("events", sum(events), events),
      ...toLosses("orders", total.all - total.before, lostOrders),
      ...toLosses("sessions", sessions, ofBots),
    ],
  };
}

const ORDER_CAUSES = [
  { fate: "webhook", cause: "the pixel saw no completed checkout" },
  { fate: "backfill", cause: "fetched later: neither pixel nor webhook told" },
  { fate: "import", cause: "imported" },
] as const;

type Counted = { cause: string; count: number };

const sum = (counted: readonly Counted[]): number =>
  counted.reduce((whole, { count }) => whole + count, 0);

/** Taken is no loss; nothing is neither. */
const toLosses = (lost: string, all: number, counted: readonly Counted[]): Loss[] =>
  counted
    .filter(({ cause, count }) => cause !== "accepted" && count > 0)
    .sort((one, other) => other.count - one.count || (one.cause < other.cause ? -1 : 1))
    .map((each) => ({ lost, ...each, share: all === 0 ? null : each.count / all }));

const outcomesOf = (db: Database, { shopId, view }: Question): Promise<Counted[]> =>
  db.$queryRaw<Counted[]>`
    select outcome as cause, sum(events)::float8 as count from ingest_counts
    where shop_id = ${shopId}::int and hour >= ${view.period.from}::timestamptz
      and hour < ${view.period.to}::timestamptz
    group by outcome`;

export const LOSSES_SERVED = serve(LOSSES, {}, losses);
