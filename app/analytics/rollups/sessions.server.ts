import { Prisma } from "@prisma/client";
import type { Db } from "~/platform/db.server";
import type { Dimension } from "../filters";
import { chosen, dimensionOf, sessionsIn } from "../filters.server";
import type { Question, RowOf } from "../report";
import type { SESSION_STATS } from "../sessions/definitions";
import { SESSION_NUMBERS } from "../sessions/numbers.server";
import { WEIGHT } from "../weighing.server";
import { middleOf, percentilesOf } from "./percentiles.server";
import { planOf, type Plan } from "./plan";

type SessionStats = RowOf<typeof SESSION_STATS.columns>;
type Found = SessionStats & { isMixed: boolean };
type Asked = { question: Question; plan: Plan };

/** Answers from sums of days what is asked of sessions: the numbers that counting them gives, but that a
 * median is within 2.5 %. Costs by the days that are asked for, not by their sessions.
 * @returns null where the sums cannot tell: they are not there, are of other days than the view's, are not
 *   told apart by what is asked, or sessions of different sample rates would have to be weighed by visitor */
export async function rolledStats(
  db: Db,
  question: Question,
  by: "all" | "step" | Dimension,
): Promise<SessionStats[] | null> {
  const found = await rolled<Found>(db, question, { by, statementOf });
  if (!found || found.some(({ isMixed }) => isMixed)) return null;
  return found.map(({ isMixed: _, ...row }) => row);
}

/** What is told of sessions without looking for their visitors, and for the middle of them. */
export type SessionCounts = Omit<SessionStats, "visitors" | "medianDuration">;

/** The same without visitors and medians, which take most of the time.
 * @returns null where there are no sums, or they are of other days than the view's */
export const rolledCounts = (
  db: Db,
  question: Question,
  by: "all" | "step",
): Promise<SessionCounts[] | null> => rolled(db, question, { by, statementOf: countsOf });

type Rolling = { by: "all" | "step" | Dimension; statementOf: (asked: Asked) => Prisma.Sql };

async function rolled<Row>(
  db: Db,
  question: Question,
  { by, statementOf }: Rolling,
): Promise<Row[] | null> {
  const plan = planOf(question.view, by);
  if (!plan) return null;
  const found = await db.$queryRaw<Row[]>(statementOf({ question, plan }));
  return found.length === 0 && !(await areFilled(db, question)) ? null : found;
}

/** Whether there are sums of a shop by the days of a view. */
const areFilled = async (db: Db, { shopId, view }: Question): Promise<boolean> =>
  (await db.rollupState.count({
    where: { shopId, timeZone: view.period.timeZone, filledAt: { not: null } },
  })) > 0;

/** Finds nothing where there are no sums by the days of the view. Names are told apart as bytes: the
 * database's language costs more than adding up. */
const statementOf = (asked: Asked): Prisma.Sql => Prisma.sql`
  with ${sumsOf(asked)}, ${peopleOf(asked)}, medians as (${mediansOf(asked)})
  select of, ${SESSION_NUMBERS}, coalesce(round(visitors), 0)::int as visitors,
         median as "medianDuration",
         (select min(lowest_rate) < max(highest_rate) from people) as "isMixed"
  from sums left join people using (of) left join medians using (of)
  where ${areThere(asked)}
  order by sessions desc, of collate "default"`;

const countsOf = (asked: Asked): Prisma.Sql => Prisma.sql`
  with ${sumsOf(asked)} select of, ${SESSION_NUMBERS} from sums where ${areThere(asked)}`;

const areThere = ({ question: { shopId, view } }: Asked): Prisma.Sql => Prisma.sql`exists (
  select from rollup_states where shop_id = ${shopId}::int and filled_at is not null
    and time_zone = ${view.period.timeZone}::text)`;

const sumsOf = (asked: Asked): Prisma.Sql => Prisma.sql`
  ${daysOf(asked)}, ${restOf(asked)} sums as materialized (
    select of, sum(sessions) as sessions, sum(first) as first, sum(bounced) as bounced,
           sum(converted) as converted, sum(page_views) as pages, sum(duration_ms) as duration
    from (
      select coalesce(d.of, r.value) collate "C" as of, sessions, first, bounced, converted,
             page_views, duration_ms, row_count
      from d join session_days r on ${ofPlan(asked)} where row_count > 0
      ${andRest(
        asked,
        Prisma.sql`
        select of, weight, is_first::int * weight, is_bounce::int * weight,
               has_order::int * weight, page_views * weight, duration_ms * weight, 1 from rest`,
      )}
    ) as part group by of
  )`;

/** The rows `r` of a day `d` that a plan wants, by the key that all tables of sums begin with. */
const ofPlan = ({ question: { shopId }, plan: { dimension, value, days } }: Asked): Prisma.Sql =>
  Prisma.sql`r.shop_id = ${shopId}::int and r.dimension = ${dimension}::text and r.day = d.day
    and r.day between ${days[0]?.day}::date and ${days.at(-1)?.day}::date
    and ${value === null ? Prisma.sql`true` : Prisma.sql`r.value = rollup_value(${value}::text)`}`;

/** Where the period ends with a day, nothing is counted one by one. */
const hasRest = ({ plan: { rest } }: Asked): boolean => rest.from < rest.to;

const andRest = (asked: Asked, rows: Prisma.Sql): Prisma.Sql =>
  hasRest(asked) ? Prisma.sql`union all ${rows}` : Prisma.empty;

const daysOf = ({ plan: { days } }: Asked): Prisma.Sql => Prisma.sql`
  d as materialized (
    select * from unnest(${days.map(({ day }) => day)}::date[], ${days.map(({ of }) => of)}::text[],
                         ${days.map(({ since }) => since)}::date[]) as d(day, of, since)
  )`;

/** The sessions of the day that is counted one by one. */
function restOf(asked: Asked): Prisma.Sql {
  if (!hasRest(asked)) return Prisma.empty;
  const { question, plan } = asked;
  const { shopId, view } = question;
  return Prisma.sql`
  rest as materialized (
    select ${ofRest(plan, view.period.timeZone)} as of, ${WEIGHT} as weight, sample_rate,
           coalesce(s.visitor_id, 'client:' || s.client_id) as visitor,
           number = 1 as is_first, is_bounce, order_count > 0 as has_order,
           page_view_count as page_views,
           (extract(epoch from ended_at - started_at) * 1000)::bigint as duration_ms
    from sessions s where ${sessionsIn(shopId, plan.rest, view.filters)}
  ),`;
}

function ofRest({ dimension, rest }: Plan, timeZone: string): Prisma.Sql {
  if (rest.of !== null || dimension === "all") return Prisma.sql`${rest.of}::text`;
  return Prisma.sql`rollup_value(${dimensionOf(dimension, timeZone)})`;
}

/** Different visitors: whoever came on a day and on none before it of what is asked for. */
function peopleOf(asked: Asked): Prisma.Sql {
  return Prisma.sql`
  people as materialized (
    select of, sum(visitors * weight_of(sample_rate)) filter (where is_new) as visitors,
           min(sample_rate) as lowest_rate, max(sample_rate) as highest_rate
    from (
      select coalesce(d.of, r.value) collate "C" as of, r.sample_rate, r.visitors,
             r.previous_day < d.since as is_new
      from d join visitor_gaps r on ${ofPlan(asked)} where r.visitors > 0
      ${andRest(
        asked,
        Prisma.sql`
        select of, sample_rate, 1, not ${cameBefore(asked)}
        from (select of, visitor, max(sample_rate) as sample_rate
              from rest group by of, visitor) as visit`,
      )}
    ) as seen group by of
  )`;
}

function cameBefore({ question: { shopId, view }, plan }: Asked): Prisma.Sql {
  const { from, since } = plan.rest;
  const before = Prisma.sql`${sessionsIn(shopId, { from: since, to: from }, {})}
    and ${chosen(view.filters)} and ${ofRest(plan, view.period.timeZone)} = visit.of`;
  return Prisma.sql`(
    exists (select from sessions s where s.visitor_id = visit.visitor and ${before})
    or visit.visitor like 'client:%' and exists (
      select from sessions s
      where s.visitor_id is null and s.client_id = substr(visit.visitor, 8) and ${before}))`;
}

/** Medians of durations, from their histogram. */
const mediansOf = (asked: Asked): Prisma.Sql =>
  percentilesOf(
    Prisma.sql`
      select of, ${middleOf(Prisma.sql`bucket`)} as value, sum(row_count) as weight
      from (
        select coalesce(d.of, r.value) collate "C" as of, bucket, row_count
        from d join duration_days r on ${ofPlan(asked)} where row_count > 0
        ${andRest(asked, Prisma.sql`select of, duration_bucket(duration_ms), 1 from rest`)}
      ) as part group by of, bucket`,
    { keys: ["of"], shares: { median: 0.5 } },
  );
