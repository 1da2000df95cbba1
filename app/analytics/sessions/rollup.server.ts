import { Prisma } from "@prisma/client";
import type { Dimension } from "../filters";
import { sessionsIn } from "../filters.server";
import { valueOf } from "../rollups/apart.server";
import { BUCKET_NAMES, rowsOf } from "../rollups/histogram.server";
import type { Rollup, Stretch } from "../rollups/rollup";
import { WEIGHT } from "../weighing.server";

/** What sessions are kept by: what sums of days do not tell apart. */
export const KEPT_BY: readonly Dimension[] = [
  ...(["source", "campaign", "landing", "os", "language", "exit", "hour", "weekday"] as const),
];

/** Sessions told apart by some of these: their numbers, how long they took, and whose they were. */
export type SessionRollups = { numbers: Rollup; times: Rollup; visitors: Rollup };

/** @param dimensions what is summed by; a question names one, so that facts are summed as far as it needs them */
export const sessionRollups = (dimensions: readonly Dimension[]): SessionRollups => ({
  numbers: {
    ...{ table: "session_rollups", keys: ["dimension", "value"] },
    sums: ["row_count", "sessions", "first", "bounced", "converted", "pages", "duration"],
    facts: (asked, of) => Prisma.sql`
      select ${of(AT)} as of, dimension, value, count(*)::bigint as row_count,
             sum(weight) as sessions, coalesce(sum(weight) filter (where s.number = 1), 0) as first,
             coalesce(sum(weight) filter (where s.is_bounce), 0) as bounced,
             coalesce(sum(weight) filter (where s.order_count > 0), 0) as converted,
             sum(weight * s.page_view_count) as pages, sum(weight * ${TOOK})::float8 as duration
      from ${partsOf(asked, dimensions)} group by 1, 2, 3`,
  },
  times: {
    ...{ table: "session_time_rollups", keys: ["dimension", "value", "first_bucket"] },
    sums: BUCKET_NAMES,
    facts: (asked, of) =>
      rowsOf(
        Prisma.sql`
          select ${of(AT)} as of, dimension, value, duration_bucket((${TOOK})::bigint) as bucket,
                 sum(weight) as weight
          from ${partsOf(asked, dimensions)} group by 1, 2, 3, 4`,
        ["of", "dimension", "value"],
      ),
  },
  visitors: {
    ...{ basis: "visitors", table: "visitor_rollups", sums: ["visitors"] },
    keys: ["dimension", "value", "previous_at", "sample_rate"],
    facts: (asked, of) => visitors(asked, dimensions, of(Prisma.sql`${asked.from}::timestamptz`)),
    within: ({ from }) => Prisma.sql`previous_at < ${from}::timestamptz`,
  },
});

export const SESSION_ROLLUPS: readonly Rollup[] = Object.values(sessionRollups(KEPT_BY));

const AT = Prisma.sql`s.started_at`;
const TOOK = Prisma.sql`extract(epoch from s.ended_at - s.started_at) * 1000`;

const zoneOf = (shopId: number): Prisma.Sql => Prisma.sql`
  (select known_zone(time_zone) as name from shops where id = ${shopId}::int) as zone`;

/** What `sessions s` have of each dimension, sorted as bytes. */
function valuesOf(dimensions: readonly Dimension[]): Prisma.Sql {
  const values = dimensions.map(
    (one) => Prisma.sql`${valueOf(one, Prisma.raw("zone.name"))} collate "C"`,
  );
  return Prisma.sql`array[${Prisma.join(values)}]`;
}

/** A stretch's sessions `s`, each with its `weight`, once for each dimension. */
const partsOf = (asked: Stretch, dimensions: readonly Dimension[]): Prisma.Sql => Prisma.sql`
  ${zoneOf(asked.shopId)} cross join lateral (
    select s.*, ${WEIGHT} as weight from sessions s
    where ${sessionsIn(asked.shopId, asked, asked.filters)}
  ) as s cross join lateral unnest(${dimensions}::text[], ${valuesOf(dimensions)})
    as parts(dimension, value)`;

/** Keeps the planner from working columns out again wherever they are named. */
const ONCE = Prisma.raw("offset 0");

/** Different visitors of a stretch, by the day on which they had last come with the same value before it: of
 * a longer period only those count anew who had not come in it before. Their sample rate is that of their first
 * session in it, so that spans add up to longer ones. It has no steps. */
function visitors(asked: Stretch, dimensions: readonly Dimension[], of: Prisma.Sql): Prisma.Sql {
  const { shopId, from, filters } = asked;
  const values = valuesOf(dimensions);
  const earlier = (whose: Prisma.Sql) => Prisma.sql`
    select ${values} as values, s.started_at as past from sessions s
    where s.shop_id = ${shopId}::int and ${whose} and s.started_at < ${from}::timestamptz
      and s.bot_rule is null`;
  const last = dimensions.map(
    (_, index) =>
      Prisma.sql`max(past) filter (where earlier.values[${index + 1}::int] = came.values[${index + 1}::int])`,
  );
  return Prisma.sql`
    select ${of} as of, dimension, value,
           coalesce(date_trunc('day', previous, zone.name), '-infinity') as previous_at, sample_rate,
           count(*) as visitors
    from ${zoneOf(shopId)} cross join lateral (
      select visitor collate "C", dimension, value, max(previous) as previous,
             (array_agg(sample_rate order by at, sample_rate desc))[1] as sample_rate
      from (
        select visitor_of(s) as visitor, s.started_at as at, s.sample_rate, ${values} as values
        from sessions s where ${sessionsIn(shopId, asked, filters)} ${ONCE}
      ) as came cross join lateral (
        select array[${Prisma.join(last)}] as lasts
        from (
          ${earlier(Prisma.sql`s.visitor_id = came.visitor`)}
          union all
          ${earlier(Prisma.sql`came.visitor like 'client:%' and s.visitor_id is null and s.client_id = substr(came.visitor, 8)`)}
          ${ONCE}
        ) as earlier
      ) as before
      cross join lateral unnest(${dimensions}::text[], came.values, before.lasts)
        as parts(dimension, value, previous)
      group by 1, 2, 3
    ) as visit group by 1, 2, 3, 4, 5`;
}
