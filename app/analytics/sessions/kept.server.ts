import { Prisma } from "@prisma/client";
import type { Database } from "~/platform/db.server";
import { FILTER_NAMES, type Dimension } from "../filters";
import type { Question, RowOf } from "../report";
import { BUCKETS, percentilesOfRows } from "../rollups/histogram.server";
import { askRollups } from "../rollups/reading.server";
import type { SESSION_STATS } from "./definitions";
import { SESSION_NUMBERS } from "./numbers.server";
import { KEPT_BY, sessionRollups } from "./rollup.server";

type SessionStats = RowOf<typeof SESSION_STATS.columns>;
type Found = SessionStats & { isMixed: boolean };

/** Answers from what is kept of sessions by a dimension: the numbers that counting them gives, but that a median
 * is within 2.5 %.
 * @returns null where nothing is kept by it, a filter chooses among sessions, or sessions of different sample
 *   rates would have to be weighed by visitor */
export async function keptStats(
  db: Database,
  question: Question,
  by: Dimension,
): Promise<SessionStats[] | null> {
  const { period, filters } = question.view;
  if (!KEPT_BY.includes(by) || FILTER_NAMES.some((name) => filters[name] !== undefined))
    return null;
  const { numbers, times, visitors } = sessionRollups([by]);
  const name = Prisma.raw(`'${by}'::text`);
  const found = await askRollups<Found>(
    db,
    { question, steps: [] },
    (partsOf) => Prisma.sql`
    with sums as (
      select value as of, sum(row_count) as row_count, sum(sessions) as sessions,
             sum(first) as first, sum(bounced) as bounced, sum(converted) as converted,
             sum(pages) as pages, sum(duration) as duration
      from ${partsOf(numbers)} as part where dimension = ${name} group by 1
    ), people as (
      select value as of, max(sample_rate) as sample_rate, sum(visitors * weight_of(sample_rate))
               filter (where previous_at < ${period.from}::timestamptz) as visitors
      from ${partsOf(visitors)} as part where dimension = ${name} group by 1
    ), medians as (${percentilesOfRows(
      Prisma.sql`
        select value as of, first_bucket, ${BUCKETS}
        from ${partsOf(times)} as part where dimension = ${name}`,
      { keys: ["of"], shares: { median: 0.5 } },
    )})
    select of, ${SESSION_NUMBERS}, coalesce(round(visitors), 0)::int as visitors,
           median as "medianDuration",
           abs(sessions - row_count * weight_of(max(sample_rate) over ())) > 1e-6 * sessions as "isMixed"
    from sums left join people using (of) left join medians using (of)
    order by sums.sessions desc, of collate "default"`,
  );
  if (found.some(({ isMixed }) => isMixed)) return null;
  return found.map(({ isMixed: _, ...row }) => row);
}
