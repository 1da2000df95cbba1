import { Prisma } from "@prisma/client";
import type { Database } from "~/platform/db.server";
import { sessionsIn } from "../filters.server";
import { BY, groupOf, startsOf, type By } from "../groups.server";
import { askWithMemory } from "../memory.server";
import type { Question, RowOf, Told } from "../report";
import { rolledCounts, rolledStats, type SessionCounts } from "../rollups/sessions.server";
import { serve } from "../serve";
import type { View } from "../view";
import { WEIGHT } from "../weighing.server";
import { SESSION_STATS } from "./definitions";
import { keptStats } from "./kept.server";
import { SESSION_NUMBERS } from "./numbers.server";

export const STATS_PARAMETERS = { by: BY };

export type SessionStats = RowOf<typeof SESSION_STATS.columns>;

/** A series has a row for each step, the oldest first; other rows come by their sessions, most first. */
export async function sessionStats(
  db: Database,
  question: Question,
  { by }: { by: By },
): Promise<Told<SessionStats>> {
  const found =
    (await rolledStats(db, question, by)) ??
    (by === "all" || by === "step" ? null : await keptStats(db, question, by)) ??
    (await countedStats(db, question, by));
  return { rows: complete(found, question.view, by) };
}

/** What sessions brought, of a period and of its steps, the oldest first. */
export async function sessionCounts(
  db: Database,
  question: Question,
  by: "all" | "step",
): Promise<SessionCounts[]> {
  const found = await rolledCounts(db, question, by);
  return complete(found ?? (await countedStats(db, question, by)), question.view, by);
}

/** All that is told of sessions, by counting each: what nothing kept answers. */
export const countedStats = (
  db: Database,
  { shopId, view }: Question,
  by: By,
): Promise<SessionStats[]> =>
  askWithMemory<SessionStats>(
    db,
    Prisma.sql`
    with chosen as materialized (
      select ${groupOf(view, by)} as of, ${WEIGHT} as weight, is_bounce, page_view_count,
             order_count, number, coalesce(s.visitor_id, 'client:' || s.client_id) as visitor,
             extract(epoch from s.ended_at - s.started_at) * 1000 as duration
      from sessions s where ${sessionsIn(shopId, view.period, view.filters)}
    ), people as (
      select of, round(sum(weight))::int as visitors
      from (select of, min(weight) as weight from chosen group by of, visitor) as visitor
      group by of
    ), sums as (
      select of, sum(weight) as sessions, sum(weight) filter (where number = 1) as first,
             sum(weight) filter (where is_bounce) as bounced,
             sum(weight) filter (where order_count > 0) as converted,
             sum(weight * page_view_count) as pages, sum(weight * duration) as duration,
             percentile_cont(0.5) within group (order by duration) as median
      from chosen group by of
    )
    select of, ${SESSION_NUMBERS}, visitors, median as "medianDuration"
    from sums join people using (of)
    order by sessions desc, of`,
  );

/** Nothing is a number as well: a step without sessions has a row, and so have all of none. */
function complete<Row extends SessionCounts>(
  found: Row[],
  view: View,
  by: By,
): (Row | SessionStats)[] {
  if (by === "all") return found.length > 0 ? found : [withoutSessions("all")];
  if (by !== "step") return found;
  const known = new Map(found.map((row) => [row.of, row] as const));
  return startsOf(view).map((start) => known.get(start) ?? withoutSessions(start));
}

const withoutSessions = (of: string): SessionStats => ({
  ...{ of, sessions: 0, visitors: 0, newSessions: 0, convertedSessions: 0 },
  ...{ medianDuration: null, meanDuration: null, pagesPerSession: null },
  ...{ bounceRate: null, engagementRate: null, conversionRate: null },
});

export const SESSION_REPORTS = [serve(SESSION_STATS, STATS_PARAMETERS, sessionStats)];
