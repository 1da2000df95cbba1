import { z } from "zod";
import type { Db } from "~/platform/db.server";
import type { Question, Told } from "../report";
import { cohortUnitOf, stepsUntil, toCohorts, type Active, type Cohort } from "./cells";
import { FIRST_NAMES, SPLIT_NAMES } from "./definitions";
import { peopleOf, type Asked } from "./people.server";

export const COHORT_PARAMETERS = {
  first: z.enum(FIRST_NAMES).default("order").describe("What makes somebody a part of a cohort."),
  split: z.enum(SPLIT_NAMES).default("none").describe("What else the people of a row share."),
};

/** The oldest cohort first, its largest group first. A view's unit of a month makes cohorts of months,
 * every other one of weeks; filters choose the first visits, or the sessions of the first orders. */
export async function cohorts(db: Db, question: Question, asked: Asked): Promise<Told<Cohort>> {
  const { view, now } = question;
  const starts = stepsUntil(view.period, cohortUnitOf(view.unit), now);
  const moments = starts.map((start) => start.toISOString());
  const active = await db.$queryRaw<Active[]>`
    with ${peopleOf(question, asked)}, active as (
      select distinct f.person, f.weight, f.grp,
             width_bucket(f.first_at, ${moments}::timestamptz[]) - 1 as cohort,
             width_bucket(acts.at, ${moments}::timestamptz[]) - 1 as place
      from followed f join acts on acts.person = f.person and acts.at >= f.first_at
    )
    select cohort, grp as "group", place - cohort as step, sum(weight)::float8 as people
    from active group by 1, 2, 3
    order by cohort, people desc, "group"`;
  return { rows: toCohorts(starts, active, view.period.timeZone) };
}
