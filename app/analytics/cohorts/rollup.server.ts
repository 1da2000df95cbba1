import { Prisma } from "@prisma/client";
import { zoneOf } from "../rollups/apart.server";
import type { NameOf, Rollup, Stretch } from "../rollups/rollup";
import { ORDERS, VISITS, type Comings } from "./comings.server";
import type { First } from "./definitions";
import { CALENDAR, SINCE } from "./steps.server";

/** What kept cohorts are told apart by: nothing, or what the first visit or the first order's session was. */
export const KEPT_BY = ["all", "channel", "device"] as const;
export type KeptBy = (typeof KEPT_BY)[number];

/** Who came for the first time in a step, for steps only go on: whoever was in another one the last time. */
function isNew(step: (day: Prisma.Sql) => Prisma.Sql): Prisma.Sql {
  const [day, before] = [step(Prisma.raw("day")), step(Prisma.raw("day_before"))];
  return Prisma.sql`day_before is null or ${day} <> ${before}`;
}

const FIRST_DAY = Prisma.raw("first_day");

/** Sums of people, whichever step of time is asked for. */
const PEOPLE = {
  firsts: Prisma.sql`day_before is null`,
  in_day: isNew((day) => day),
  in_week: isNew((day) => SINCE.week(FIRST_DAY, day)),
  in_month: isNew((day) => SINCE.month(FIRST_DAY, day)),
  in_calendar_week: isNew(CALENDAR.week),
  in_calendar_month: isNew(CALENDAR.month),
};
export type NewIn = Exclude<keyof typeof PEOPLE, "firsts">;

const SUMS_OF_PEOPLE = Prisma.join(
  Object.entries(PEOPLE).map(
    ([name, is]) =>
      Prisma.sql`coalesce(sum(weight) filter (where ${is}), 0) as ${Prisma.raw(name)}`,
  ),
);

const SUMS_OF_MONEY = {
  first_minor: Prisma.sql`coalesce(sum(minor) filter (where day_before is null), 0)::float8`,
  later_minor: Prisma.sql`coalesce(sum(minor) filter (where day_before is not null), 0)::float8`,
};

/** Visits or orders by the days of the first one and of themselves, so that what is kept of spans may be added
 * up for any period: somebody is new in a step only once, and what was before a span decides.
 * @param by what is summed by; a question names one, so that facts are summed as far as it needs them */
export const cohortRollup = (first: First, by: readonly KeptBy[]): Rollup => ({
  ...{ basis: "visitors", table: `${first}_cohort_rollups` },
  keys: ["dimension", "first_day", "value", "day"],
  sums: [...Object.keys(PEOPLE), ...(first === "order" ? Object.keys(SUMS_OF_MONEY) : [])],
  facts: (asked, of) => comingsOf(asked, { first, by, of }),
});

export const COHORT_ROLLUPS: readonly Rollup[] = [
  cohortRollup("visit", KEPT_BY),
  cohortRollup("order", KEPT_BY),
];

const COMINGS: Record<First, (asked: Stretch) => Comings> = { visit: VISITS, order: ORDERS };
const MONEY = Prisma.join(
  Object.entries(SUMS_OF_MONEY).map(([name, sum]) => Prisma.sql`, ${sum} as ${Prisma.raw(name)}`),
  "",
);

type Summed = { first: First; by: readonly KeptBy[]; of: NameOf };

/** It has no steps, and knows no filters. */
function comingsOf(asked: Stretch, { first, by, of }: Summed): Prisma.Sql {
  const { came, begun, before } = COMINGS[first](asked);
  const values = by.map((one) =>
    one === "all" ? Prisma.sql`'all'` : Prisma.raw(`rollup_value(${one}) collate "C"`),
  );
  return Prisma.sql`
    with ${zoneOf(asked.shopId)}
    select ${of(Prisma.sql`${asked.from}::timestamptz`)} as of, dimension, first_day, value, day,
           ${SUMS_OF_PEOPLE} ${first === "order" ? MONEY : Prisma.empty}
    from (
      select ${dayOf("begun")} as first_day, ${dayOf("came")} as day, ${dayOf("before")} as day_before,
             weight, minor, channel, device
      from zone cross join lateral (${came} offset 0) as came
      cross join lateral (${begun}) as begun
      left join lateral (${before}) as before on true
      offset 0
    ) as coming
    cross join lateral unnest(${by}::text[], array[${Prisma.join(values)}]) as parts(dimension, value)
    group by 2, 3, 4, 5`;
}

const dayOf = (whose: string) => Prisma.raw(`(${whose}.at at time zone zone.name)::date`);
