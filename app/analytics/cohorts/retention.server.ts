import { Prisma } from "@prisma/client";
import { dayAt } from "~/platform/calendar";
import type { Db } from "~/platform/db.server";
import type { Question, Told } from "../report";
import {
  MOST_STEPS,
  retentionUnitOf,
  toRetention,
  type Followed,
  type Retention,
  type RetentionUnit,
} from "./curve";
import { peopleOf, type Asked } from "./people.server";

/** The largest group first. Steps are of the view's unit, a day at least. */
export async function retention(
  db: Db,
  question: Question,
  asked: Asked,
): Promise<Told<Retention>> {
  const { view, now } = question;
  const { timeZone } = view.period;
  const unit = retentionUnitOf(view.unit);
  const today = Prisma.sql`${dayAt(now, timeZone)}::text::date`;
  const between = BETWEEN[unit];
  const followed = await db.$queryRaw<Followed[]>`
    with ${peopleOf(question, asked)}, dated as (
      select person, weight, grp, first_at, (first_at at time zone ${timeZone}::text)::date as day
      from followed
    ), placed as (
      select person, weight, grp, first_at, day, ${between(today)} as passed from dated
    ), active as (
      select distinct p.person, p.weight, p.grp, p.passed,
             ${between(Prisma.sql`(acts.at at time zone ${timeZone}::text)::date`)} as step
      from placed p join acts on acts.person = p.person and acts.at > p.first_at
    )
    select grp as "group", passed, null::int as step, sum(weight)::float8 as people
    from placed group by 1, 2
    union all
    select grp, passed, step, sum(weight)::float8 from active
    where step between 1 and ${MOST_STEPS[unit]}::int group by 1, 2, 3`;
  return { rows: toRetention(followed, MOST_STEPS[unit]) };
}

/** Whole days, weeks or months from the date `day` to another one. */
const BETWEEN: Record<RetentionUnit, (to: Prisma.Sql) => Prisma.Sql> = {
  day: (to) => Prisma.sql`(${to} - day)`,
  week: (to) => Prisma.sql`((${to} - day) / 7)`,
  month: (to) => Prisma.sql`
    (extract(year from age(${to}, day)) * 12 + extract(month from age(${to}, day)))::int`,
};
