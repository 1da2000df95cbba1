import { Prisma } from "@prisma/client";
import { SESSION_GAP } from "~/projections/visit";
import type { Database } from "~/platform/db.server";
import { MINUTE } from "~/platform/time";
import { chosen } from "../filters.server";
import { groupOf, type By } from "../groups.server";
import { askWithMemory } from "../memory.server";
import type { Question } from "../report";
import { canShare, eventsOf, holds } from "./events.server";
import type { StageCount } from "./stages";
import type { FunnelDefinition, FunnelStep } from "./steps";

/** What a funnel is asked for: each of `bys` says into which groups, of the session with the first step. */
export type Matching = { definition: FunnelDefinition; bys: readonly By[]; withTimes: boolean };

/** Counts the stages of a funnel that was built, as often as there are things to tell its entries apart by, with one
 * look at the events. Times are those of the first. */
export async function countMatches(
  db: Database,
  question: Question,
  matching: Matching,
): Promise<StageCount[][]> {
  const found = await askWithMemory<StageCount & { nth: number }>(
    db,
    statementOf(question, matching),
  );
  return matching.bys.map((_, index) =>
    found.filter(({ nth }) => nth === index + 1).map(({ nth: _, ...count }) => count),
  );
}

const statementOf = (question: Question, matching: Matching): Prisma.Sql => Prisma.sql`
  with ${matchingSteps(question, matching)}, waiting as (
    select min(of) as of, max(place) + 1 as place, min(weight) as weight from steps
    where until > ${question.now}::timestamptz
    group by unit having max(place) < ${matching.definition.steps.length}::int
  ), counted as (
    select of, place, sum(weight) as reached, count(*) as reached_rows, 0 as open, 0 as open_rows
    from steps group by of, place
    union all
    select of, place, 0, 0, sum(weight), count(*) from waiting group by of, place
  ), counts as (
    select name.nth, name.of, place, sum(reached) as reached, sum(reached_rows)::int as "reachedRows",
           sum(open) as open, sum(open_rows)::int as "openRows"
    from counted cross join lateral unnest(counted.of) with ordinality as name(of, nth) group by 1, 2, 3
  ), times as (
    select 1 as nth, of[1] as of, place, percentile_cont(0.5) within group (order by ms) as "medianTime",
           percentile_cont(0.9) within group (order by ms) as "p90Time"
    from steps where place > 1 and ${matching.withTimes}::boolean group by 2, 3
  )
  select nth::int as nth, of, place, reached, "reachedRows", open, "openRows", "medianTime", "p90Time"
  from counts left join times using (nth, of, place)`;

/** A row for each step that each session, or visitor, of a funnel reached: `of, unit, weight, until, place, ms`,
 * where `of` names a group for each thing that entries are told apart by.
 * One goes through the funnel once, from its first event of the first step in the period. Each later step is
 * the earliest event after the one before it, or after the first where the order is loose, within the
 * window; an event is one step's only. `until` is the moment up to which the next step could come, `ms` the
 * time since the step before.
 * @returns common table expressions of which the last is `steps` */
function matchingSteps(question: Question, matching: Matching): Prisma.Sql {
  const { definition } = matching;
  const later = definition.steps
    .slice(1)
    .map((_, index) => laterStep(question, definition, index + 1));
  const all = definition.steps.map(
    (_, index) => Prisma.sql`
      select of, unit, weight, until, ${index + 1}::int as place, ms from ${nameOf(index)}`,
  );
  const parts = [firstStep(question, matching), membersOf(question, definition), ...later];
  return Prisma.sql`
    ${Prisma.join(parts, ",")}, steps as not materialized (${Prisma.join(all, " union all ")})`;
}

const nameOf = (index: number) => Prisma.raw(`step_${index + 1}`);

const visitor = Prisma.raw("coalesce(s.visitor_id, 'client:' || s.client_id)");

function firstStep({ shopId, view }: Question, { definition, bys }: Matching): Prisma.Sql {
  const step = stepAt(definition, 0);
  const { table, at } = eventsOf(step);
  const { from, to } = view.period;
  const isBySession = definition.countedBy === "session";
  const over = isBySession ? Prisma.sql`, min(ended_at) + ${msec(SESSION_GAP)}` : Prisma.empty;
  const groups = bys.map((by, index) =>
    isMoment(by) ? groupOf(view, by, Prisma.sql`min(at)`) : firstOf(groupAt(index), definition),
  );
  const named = bys.map((by, index) =>
    isMoment(by) ? Prisma.empty : Prisma.sql`, ${groupOf(view, by)} as ${groupAt(index)}`,
  );
  return Prisma.sql`step_1 as materialized (
    select array[${Prisma.join(groups)}] as of, unit, min(weight) as weight, min(at) as entered_at,
           min(at) as at, least(min(at) + ${windowOf(definition)}${over}) as until,
           ${usedBy(definition, 0)} as used, null::float8 as ms
    from (
      select ${isBySession ? Prisma.raw("s.session_id") : visitor} as unit,
             (1::real / s.sample_rate)::float8 as weight, ${at} as at, f.event_id, s.ended_at
             ${Prisma.join(named, "")}
      from ${table} f join sessions s on s.shop_id = f.shop_id and s.session_id = f.session_id
      where f.shop_id = ${shopId}::int and ${at} >= ${from}::timestamptz
        and ${at} < ${to}::timestamptz and ${holds(step)}
        and s.started_at < ${to}::timestamptz and s.ended_at >= ${from}::timestamptz
        and s.bot_rule is null and ${chosen(view.filters)}
    ) as event
    group by unit)`;
}

/** Whether a group is told by when an event was, whatever its session. */
const isMoment = (by: By): by is "all" | "step" => by === "all" || by === "step";
const groupAt = (index: number) => Prisma.raw(`group_${index + 1}`);

/** What a unit's first event has of a column. */
const firstOf = (column: Prisma.Sql, { countedBy }: FunnelDefinition): Prisma.Sql =>
  countedBy === "session"
    ? Prisma.sql`min(${column})`
    : Prisma.sql`(min(array[${sortable(Prisma.raw("at"))}, event_id, ${column}]))[3]`;

/** Which unit each session belongs to, where that is a visitor who entered the funnel and the session reaches into
 * their window: no event is before its session begins, or after it ends. */
function membersOf({ shopId, view: { period } }: Question, definition: FunnelDefinition) {
  if (definition.countedBy === "session")
    return Prisma.sql`member as (select unit as session_id, unit from step_1)`;
  const window = windowOf(definition);
  return Prisma.sql`member as materialized (
    select s.session_id, unit from sessions s join step_1 on unit = ${visitor}
      and s.ended_at >= entered_at and s.started_at <= entered_at + ${window}
    where s.shop_id = ${shopId}::int and s.ended_at >= ${period.from}::timestamptz
      and s.started_at <= ${period.to}::timestamptz + ${window})`;
}

function laterStep(
  { shopId, view: { period } }: Question,
  definition: FunnelDefinition,
  index: number,
): Prisma.Sql {
  const step = stepAt(definition, index);
  const { table, at } = eventsOf(step);
  const window = windowOf(definition);
  const after = Prisma.raw(definition.order === "ordered" ? "before.at" : "before.entered_at");
  const unit =
    definition.countedBy === "session"
      ? Prisma.sql`join ${nameOf(index - 1)} before on before.unit = f.session_id`
      : Prisma.sql`join member using (session_id) join ${nameOf(index - 1)} before using (unit)`;
  const isUnused = isShared(definition, index)
    ? Prisma.sql`and f.event_id <> all(before.used)`
    : Prisma.empty;
  return Prisma.sql`${nameOf(index)} as materialized (
    select min(before.of) as of, before.unit, min(before.weight) as weight,
           min(before.entered_at) as entered_at, min(${at}) as at, min(before.until) as until,
           ${usedBy(definition, index)} as used,
           greatest(0, extract(epoch from min(${at}) - min(before.at)) * 1000)::float8 as ms
    from ${table} f ${unit}
    where f.shop_id = ${shopId}::int and ${at} >= ${period.from}::timestamptz
      and ${at} <= ${period.to}::timestamptz + ${window} and ${holds(step)}
      and ${at} >= ${after} and ${at} <= before.entered_at + ${window} ${isUnused}
    group by before.unit)`;
}

function stepAt({ steps }: FunnelDefinition, index: number): FunnelStep {
  const step = steps[index];
  if (!step) throw new Error(`a funnel has no step ${index + 1}`);
  return step;
}

/** Whether an event can be a step's and another's. */
const isShared = ({ steps }: FunnelDefinition, index: number): boolean =>
  steps.some((step, other) => {
    const one = steps[index];
    return other !== index && one !== undefined && canShare(one, step);
  });

/** The events that a unit has used up to a step: only those that another step could want. */
function usedBy(definition: FunnelDefinition, index: number): Prisma.Sql {
  const isAny = definition.steps
    .slice(0, index)
    .some((_, earlier) => isShared(definition, earlier));
  const before = Prisma.raw(isAny ? "min(before.used)" : "'{}'::text[]");
  if (!isShared(definition, index)) return before;
  const at = index === 0 ? Prisma.raw("at") : eventsOf(stepAt(definition, index)).at;
  return Prisma.sql`${before} || (min(array[${sortable(at)}, event_id]))[2]`;
}

/** A moment as a text that is sorted like it. */
const sortable = (at: Prisma.Sql): Prisma.Sql =>
  Prisma.sql`lpad((extract(epoch from ${at}) * 1000)::bigint::text, 15, '0') collate "C"`;

const msec = (ms: number) => Prisma.sql`${ms}::float8 * interval '1 millisecond'`;
const windowOf = ({ windowMinutes }: FunnelDefinition) => msec(windowMinutes * MINUTE);
