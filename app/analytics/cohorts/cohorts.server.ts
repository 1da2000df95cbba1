import { Prisma } from "@prisma/client";
import { z } from "zod";
import { dayAt } from "~/platform/calendar";
import type { Database } from "~/platform/db.server";
import type { Question, Told } from "../report";
import { cohortUnitOf, stepsUntil, toCohorts, type Active, type Cohort } from "./cells";
import { FIRST_NAMES, SPLIT_NAMES, type Asked } from "./definitions";
import { followedOf } from "./followed.server";
import { askKept } from "./kept.server";
import { peopleOf } from "./people.server";

export const COHORT_PARAMETERS = {
  first: z.enum(FIRST_NAMES).default("order").describe("What makes somebody a part of a cohort."),
  split: z.enum(SPLIT_NAMES).default("none").describe("What else the people of a row share."),
};

/** The oldest cohort first, its largest group first. A view's unit of a month makes cohorts of months,
 * every other one of weeks; filters choose the first visits, or the sessions of the first orders. */
export async function cohorts(
  db: Database,
  question: Question,
  asked: Asked,
): Promise<Told<Cohort>> {
  const { view, now } = question;
  const starts = stepsUntil(view.period, cohortUnitOf(view.unit), now);
  const active = await askKept<Active>(
    db,
    { question, asked, unit: `calendar_${cohortUnitOf(view.unit)}` },
    {
      kept: (parts) => keptCohorts(parts, { question, asked, starts }),
      counted: countedCohorts(question, { asked, starts }),
    },
  );
  return { rows: toCohorts(starts, active, view.period.timeZone) };
}

/** As `Active`, from facts. */
function countedCohorts(
  question: Question,
  { asked, starts }: { asked: Asked; starts: readonly Date[] },
): Prisma.Sql {
  const moments = starts.map((start) => start.toISOString());
  return Prisma.sql`
    with ${peopleOf(question, asked)}, active as (
      select distinct f.person, f.weight, f.grp,
             width_bucket(f.first_at, ${moments}::timestamptz[]) - 1 as cohort,
             width_bucket(acts.at, ${moments}::timestamptz[]) - 1 as place
      from followed f join acts on acts.person = f.person and acts.at >= f.first_at
    )
    select cohort, grp as "group", place - cohort as step, sum(weight)::float8 as people
    from active group by 1, 2, 3
    order by cohort, people desc, "group"`;
}

type Cohorts = { question: Question; asked: Asked; starts: readonly Date[] };

/** As `Active`, from rows of a rollup. */
function keptCohorts(
  parts: Prisma.Sql,
  { question: { view }, asked: { split }, starts }: Cohorts,
): Prisma.Sql {
  const days = starts.map((start) => dayAt(start, view.period.timeZone));
  return Prisma.sql`
    with ${followedOf(parts, split)}, placed as (
      select grp, people, step, width_bucket(first_day, ${days}::date[]) - 1 as cohort from followed
    )
    select cohort, grp as "group", step, sum(people)::float8 as people
    from placed group by cohort, grp, step order by cohort, people desc, grp collate "default"`;
}
