import { Prisma } from "@prisma/client";
import { sessionsIn } from "../filters.server";
import { eachApart, valueOf, zoneOf, type Apart } from "../rollups/apart.server";
import type { Rollup } from "../rollups/rollup";
import { WEIGHT } from "../weighing.server";

/** How many sessions reached each stage of the way to a purchase; `row_count` counts those of the first one by one. */
const stagesBy = (facts: Rollup["facts"], apart?: Apart): Rollup => ({
  table: "funnel_rollups",
  keys: ["dimension", "value"],
  sums: ["browsed", "viewed", "added", "started", "completed", "row_count"],
  ...{ facts, isKeptOf: () => apart === "all" },
});

const REACHED = Prisma.raw(`
  sum(weight) filter (where stage >= 1) as browsed,
  coalesce(sum(weight) filter (where stage >= 2), 0) as viewed,
  coalesce(sum(weight) filter (where stage >= 3), 0) as added,
  coalesce(sum(weight) filter (where stage >= 4), 0) as started,
  coalesce(sum(weight) filter (where stage >= 5), 0) as completed,
  count(*)::bigint as row_count`);

/** The stages of sessions told apart by one thing.
 * @param timeZone whose hours and weekdays */
export const stagesApart = (apart: Apart, timeZone: string): Rollup =>
  stagesBy(
    ({ shopId, filters, ...period }, of) => Prisma.sql`
      select of, ${apart}::text as dimension, value, ${REACHED}
      from (
        select ${of(Prisma.sql`s.started_at`)} as of, ${valueOf(apart, timeZone)} as value,
               ${WEIGHT} as weight, s.stage
        from sessions s where ${sessionsIn(shopId, period, filters)} and s.stage > 0
      ) as session group by of, value`,
    apart,
  );

/** The stages of sessions told apart by each thing, by the hours and weekdays of their shop. */
export const FUNNEL_ROLLUP = stagesBy(
  ({ shopId, filters, ...period }, of) => Prisma.sql`
    with ${zoneOf(shopId)}
    select of, dimension, value, ${REACHED}
    from (
      select ${of(Prisma.sql`s.started_at`)} as of, ${WEIGHT} as weight, s.stage, parts.*
      from sessions s cross join zone cross join lateral ${eachApart()}
      where ${sessionsIn(shopId, period, filters)} and s.stage > 0
    ) as session group by of, dimension, value`,
);

/** How long sessions took from each stage to the next. */
export const FUNNEL_TIME_ROLLUP: Rollup = {
  table: "funnel_time_rollups",
  keys: ["place", "bucket"],
  sums: ["sessions"],
  facts: timesBy("all", "UTC"),
};

/** The same times; `of` is what the sessions have in common where they are told apart.
 * @param timeZone whose hours and weekdays */
export function timesBy(apart: Apart, timeZone: string): Rollup["facts"] {
  return ({ shopId, filters, ...period }, of) => {
    const group = apart === "all" ? of(Prisma.sql`s.started_at`) : valueOf(apart, timeZone);
    return Prisma.sql`
      select ${group} as of, place, duration_bucket(ms) as bucket, sum(${WEIGHT}) as sessions
      from sessions s
      cross join lateral (values (2, product_ms), (3, cart_ms), (4, checkout_ms), (5, purchase_ms)) as took(place, ms)
      where ${sessionsIn(shopId, period, filters)} and s.stage > 1 and ms is not null
      group by 1, 2, 3`;
  };
}
