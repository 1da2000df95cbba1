import { Prisma } from "@prisma/client";
import { dayAt } from "~/platform/calendar";
import type { Database } from "~/platform/db.server";
import type { Question, Told } from "../report";
import { MOST_STEPS, retentionUnitOf, toRetention, type Followed, type Retention } from "./curve";
import type { Asked } from "./definitions";
import { followedOf } from "./followed.server";
import { askKept } from "./kept.server";
import { peopleOf } from "./people.server";
import { SINCE } from "./steps.server";

/** The largest group first. Steps are of the view's unit, a day at least. */
export async function retention(
  db: Database,
  question: Question,
  asked: Asked,
): Promise<Told<Retention>> {
  const followed = await askKept<Followed>(
    db,
    { question, asked, unit: retentionUnitOf(question.view.unit) },
    {
      kept: (parts) => keptRetention(parts, question, asked),
      counted: countedRetention(question, asked),
    },
  );
  return { rows: toRetention(followed, MOST_STEPS[retentionUnitOf(question.view.unit)]) };
}

/** As `Followed`, from facts. */
function countedRetention(question: Question, asked: Asked): Prisma.Sql {
  const { timeZone } = question.view.period;
  const unit = retentionUnitOf(question.view.unit);
  const since = (day: Prisma.Sql) => SINCE[unit](Prisma.raw("day"), day);
  return Prisma.sql`
    with ${peopleOf(question, asked)}, dated as (
      select person, weight, grp, first_at, (first_at at time zone ${timeZone}::text)::date as day
      from followed
    ), placed as (
      select person, weight, grp, first_at, day, ${since(todayOf(question))} as passed from dated
    ), active as (
      select distinct p.person, p.weight, p.grp, p.passed,
             ${since(Prisma.sql`(acts.at at time zone ${timeZone}::text)::date`)} as step
      from placed p join acts on acts.person = p.person and acts.at > p.first_at
    )
    select grp as "group", passed, null::int as step, sum(weight)::float8 as people
    from placed group by 1, 2
    union all
    select grp, step + 1, step, sum(weight)::float8 from active
    where step between 1 and ${MOST_STEPS[unit]}::int and passed > step group by grp, step`;
}

/** As `Followed`, from rows of a rollup. */
const keptRetention = (parts: Prisma.Sql, question: Question, { split }: Asked): Prisma.Sql => {
  const unit = retentionUnitOf(question.view.unit);
  return Prisma.sql`
    with ${followedOf(parts, split)}, placed as (
      select grp, people, step,
             ${SINCE[unit](Prisma.raw("first_day"), todayOf(question))} as passed
      from followed
    )
    select grp as "group", passed, null::int as step, sum(people)::float8 as people
    from placed where step = 0 group by 1, 2
    union all
    select grp, step + 1, step, sum(people)::float8
    from placed where step > 0 and passed > step group by grp, step`;
};

const todayOf = ({ view, now }: Question): Prisma.Sql =>
  Prisma.sql`${dayAt(now, view.period.timeZone)}::text::date`;
