import { Prisma } from "@prisma/client";
import { DIMENSION_NAMES } from "../filters";
import { dimensionOf } from "../filters.server";
import type { By } from "../groups.server";

/** What kept answers are told apart by: nothing, or a dimension of the session. */
export type Apart = Exclude<By, "step">;
export const APART: readonly Apart[] = ["all", ...DIMENSION_NAMES];

/** A dimension's value of `sessions s` as a key can hold it. */
export const valueOf = (apart: Apart, timeZone: string | Prisma.Sql): Prisma.Sql =>
  apart === "all"
    ? Prisma.sql`'all'::text`
    : Prisma.sql`rollup_value(${dimensionOf(apart, timeZone)})`;

/** The parts that all things tell a row of a query apart into, as `parts(dimension, value)` to be joined
 * laterally; the time zone is the query's `zone.name`. */
export const eachApart = (): Prisma.Sql => {
  const values = APART.map((apart) => valueOf(apart, Prisma.raw("zone.name")));
  return Prisma.sql`unnest(${APART}::text[], array[${Prisma.join(values)}]) as parts(dimension, value)`;
};

/** The time zone by whose hours and weekdays a shop's sessions are told apart, as `zone`. */
export const zoneOf = (shopId: number): Prisma.Sql => Prisma.sql`
  zone as materialized (select known_zone(time_zone) as name from shops where id = ${shopId}::int)`;

/** What is asked of kept answers by what rows are of: steps are summed of all. */
export const apartBy = (by: By): Apart => (by === "step" ? "all" : by);
