import { Prisma } from "@prisma/client";
import type { Database } from "~/platform/db.server";
import { SESSION_GAP } from "~/projections/visit";
import { sessionsIn } from "../filters.server";
import { groupOf, type By } from "../groups.server";
import { stepsOf } from "../period";
import type { Question } from "../report";
import { apartBy, valueOf } from "../rollups/apart.server";
import { middleOf, percentilesOf } from "../rollups/percentiles.server";
import { askRollups, type PartsOf } from "../rollups/reading.server";
import { WEIGHT } from "../weighing.server";
import { FUNNEL_TIME_ROLLUP, stagesApart, timesBy } from "./funnel-rollups.server";
import type { StageCount } from "./stages";

export type PurchaseAsked = { by: By; withTimes: boolean };
type Asking = { question: Question; asked: PurchaseAsked; partsOf: PartsOf };

/** Counts the stages of the way to a purchase. */
export const countPurchaseStages = (
  db: Database,
  question: Question,
  asked: PurchaseAsked,
): Promise<StageCount[]> =>
  askRollups<StageCount>(
    db,
    {
      question,
      steps: asked.by === "step" ? stepsOf(question.view.period, question.view.unit) : [],
    },
    (partsOf) => statementOf({ question, asked, partsOf }),
  );

function statementOf(asking: Asking): Prisma.Sql {
  const { question, asked, partsOf } = asking;
  const apart = apartBy(asked.by);
  const stages = stagesApart(apart, question.view.period.timeZone);
  const of = Prisma.raw(apart === "all" ? "of" : "value");
  return Prisma.sql`
    with counted as (
      select ${of} as of, sum(browsed) as browsed, sum(viewed) as viewed, sum(added) as added,
             sum(started) as started, sum(completed) as completed, sum(row_count)::int as rows
      from ${partsOf(stages)} as part where dimension = ${apart}::text group by 1
    ), reached as (
      select of, place, reached, "reachedRows"
      from counted cross join lateral (values
        (1, browsed, rows), (2, viewed, 0), (3, added, 0), (4, started, 0), (5, completed, 0)
      ) as stage(place, reached, "reachedRows")
    ), ${waitingOf(asking)}, ${asked.withTimes ? timesOf(asking) : NO_TIMES}
    select of, place, coalesce(reached, 0) as reached, coalesce("reachedRows", 0) as "reachedRows",
           coalesce(open, 0) as open, coalesce("openRows", 0) as "openRows", "medianTime", "p90Time"
    from reached full join waiting using (of, place) left join times using (of, place)`;
}

/** Who may still go on: nobody of a span that is kept, so that none are. */
function waitingOf({ question: { shopId, view, now }, asked: { by } }: Asking): Prisma.Sql {
  const since = new Date(now.getTime() - SESSION_GAP);
  const of = by === "all" || by === "step" ? groupOf(view, by) : valueOf(by, view.period.timeZone);
  return Prisma.sql`waiting as (
    select of, place, sum(weight) as open, count(*)::int as "openRows"
    from (
      select ${of} as of, s.stage + 1 as place, ${WEIGHT} as weight
      from sessions s
      where ${sessionsIn(shopId, view.period, view.filters)}
        and s.ended_at > ${since}::timestamptz and s.stage between 1 and 4
    ) as session group by of, place
  )`;
}

const NO_TIMES = Prisma.sql`times as (
  select null::text as of, null::int as place, null::float8 as "medianTime", null::float8 as "p90Time" limit 0
)`;

/** Times are kept of all sessions together; told apart they are those of facts. */
function timesOf({ question: { shopId, view }, asked: { by }, partsOf }: Asking): Prisma.Sql {
  const { from, to, timeZone } = view.period;
  const isKept = by === "all" || by === "step";
  const parts = isKept
    ? partsOf(FUNNEL_TIME_ROLLUP)
    : Prisma.sql`(${timesBy(by, timeZone)({ shopId, from, to, filters: view.filters }, () => Prisma.empty)})`;
  const buckets = Prisma.sql`
    select of, place, ${middleOf(Prisma.raw("bucket"))} as value, sum(sessions) as weight
    from ${parts} as part group by of, place, bucket`;
  const shares = { medianTime: 0.5, p90Time: 0.9 };
  return Prisma.sql`times as (${percentilesOf(buckets, { keys: ["of", "place"], shares })})`;
}
