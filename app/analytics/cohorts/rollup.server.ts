import { Prisma } from "@prisma/client";
import { zoneOf } from "../rollups/apart.server";
import type { NameOf, Rollup, Stretch } from "../rollups/rollup";
import { ORDERS, VISITS, type Comings } from "./comings.server";
import type { First } from "./definitions";
import { STEPS, STEP_UNITS, type StepUnit } from "./steps.server";

/** What kept cohorts are told apart by: nothing, or what the first visit or the first order's session was. */
export const KEPT_BY = ["all", "channel", "device"] as const;
export type KeptBy = (typeof KEPT_BY)[number];

/** What is summed; a question names one of each, so that facts are summed as far as it needs them. */
export type Summed = { by: readonly KeptBy[]; units: readonly StepUnit[] };

const MONEY = ["first_minor", "later_minor"];

/** People by the day of their first visit or order and the step since then in which they came again; in step 0
 * they began. Whoever comes again in a step counts with the first time in it alone, which what was before
 * decides: so spans add up for any period. */
export const cohortRollup = (first: First, summed: Summed): Rollup => ({
  ...{ basis: "visitors", table: `${first}_cohort_rollups` },
  keys: ["dimension", "step_unit", "first_day", "value", "step"],
  sums: ["people", ...(first === "order" ? MONEY : [])],
  facts: (asked, of) => (first === "order" ? orders(asked, summed, of) : visits(asked, summed, of)),
});

export const COHORT_ROLLUPS: readonly Rollup[] = [
  cohortRollup("visit", { by: KEPT_BY, units: STEP_UNITS }),
  cohortRollup("order", { by: KEPT_BY, units: STEP_UNITS }),
];

const visits = (asked: Stretch, summed: Summed, of: NameOf) => Prisma.sql`
  with ${zoneOf(asked.shopId)}
  select ${ofStretch(asked, of)} as of, ${KEYS}, sum(weight) as people
  from ${comingsOf(VISITS(asked), summed)} and ${IS_NEW} group by ${KEYS}`;

/** What those brought as well who had ordered in the step before. */
const orders = (asked: Stretch, summed: Summed, of: NameOf) => Prisma.sql`
  with ${zoneOf(asked.shopId)}
  select ${ofStretch(asked, of)} as of, ${KEYS},
         coalesce(sum(weight) filter (where ${IS_NEW}), 0) as people,
         coalesce(sum(minor) filter (where step_before is null), 0)::float8 as first_minor,
         coalesce(sum(minor) filter (where step_before is not null), 0)::float8 as later_minor
  from ${comingsOf(ORDERS(asked), summed)} group by ${KEYS}`;

const KEYS = Prisma.raw("dimension, step_unit, first_day, value, step");
const IS_NEW = Prisma.raw("step_before is distinct from step");

/** It is not asked for by step. */
const ofStretch = ({ from }: Stretch, of: NameOf) => of(Prisma.sql`${from}::timestamptz`);

/** Each visit or order, once for each of what is summed, in which step since the first one it was and in which
 * the one before it. */
function comingsOf({ came, begun, before }: Comings, { by, units }: Summed): Prisma.Sql {
  const values = by.map((one) =>
    one === "all" ? Prisma.sql`'all'` : Prisma.raw(`rollup_value(${one}) collate "C"`),
  );
  const stepsOf = (day: string) =>
    Prisma.join(units.map((unit) => STEPS[unit].between(Prisma.raw("first_day"), Prisma.raw(day))));
  return Prisma.sql`
    (
      select ${dayOf("begun")} as first_day, ${dayOf("came")} as day, ${dayOf("before")} as day_before,
             weight, minor, channel, device
      from zone cross join lateral (${came} offset 0) as came
      cross join lateral (${begun}) as begun
      left join lateral (${before}) as before on true
      offset 0
    ) as coming
    cross join lateral unnest(${by}::text[], array[${Prisma.join(values)}]) as parts(dimension, value)
    cross join lateral unnest(
      ${units}::text[], ${units.map((unit) => STEPS[unit].most)}::int[],
      array[${stepsOf("day")}], array[${stepsOf("day_before")}]
    ) as steps(step_unit, most, step, step_before)
    where step <= most`;
}

const dayOf = (whose: string) => Prisma.raw(`(${whose}.at at time zone zone.name)::date`);
