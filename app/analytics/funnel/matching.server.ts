import { Prisma } from "@prisma/client";
import { SESSION_GAP } from "~/projections/visit";
import { MINUTE } from "~/platform/time";
import { chosen } from "../filters.server";
import { groupOf, type By } from "../groups.server";
import type { Question } from "../report";
import { CONDITION_NAMES, type Condition, type FunnelDefinition, type FunnelStep } from "./steps";
import type { StepKind } from "./steps";

type Source = {
  table: string;
  at: string;
  /** What all its events have. */
  only?: string;
  columns: { [Name in Condition]?: string };
};

const product = { productId: "product_id" };
const checkout = { table: "checkout_steps", at: "reached_at" };

/** Where the events of each kind of step are. */
const SOURCES: Record<StepKind, Source> = {
  page: {
    ...{ table: "page_views", at: "viewed_at" },
    columns: { path: "path", pageType: "page_type" },
  },
  product: {
    ...{ table: "product_views", at: "viewed_at" },
    columns: { ...product, vendor: "vendor", productType: "product_type" },
  },
  search: { table: "searches", at: "searched_at", columns: { query: "query" } },
  added: { table: "cart_actions", at: "acted_at", only: "kind = 'added'", columns: product },
  removed: { table: "cart_actions", at: "acted_at", only: "kind = 'removed'", columns: product },
  checkout: { ...checkout, columns: { checkoutStep: "step" } },
  purchase: { ...checkout, only: "step = 'completed'", columns: {} },
  engagement: { table: "engagements", at: "engaged_at", columns: { engagement: "kind" } },
};

/** What a funnel is asked for: `by` says into which groups, of the session with the first step. */
export type Matching = { definition: FunnelDefinition; by: By };

/** A row for each step that each session, or visitor, of a funnel reached: `of, unit, weight, until, place, ms`.
 * One goes through the funnel once, from its first event of the first step in the period. Each later step is
 * the earliest event after the one before it, or after the first where the order is loose, within the
 * window; an event is one step's only. `until` is the moment up to which the next step could come, `ms` the
 * time since the step before.
 * @returns common table expressions of which the last is `steps` */
export function matchingSteps(question: Question, { definition, by }: Matching): Prisma.Sql {
  const steps = definition.steps.map((step, index) =>
    index === 0 ? firstStep(question, { definition, by }) : laterStep(question, definition, index),
  );
  const all = steps.map(
    (_, index) => Prisma.sql`
      select of, unit, weight, until, ${index + 1}::int as place, ms from ${nameOf(index)}`,
  );
  return Prisma.sql`${Prisma.join(steps, ",")}, steps as (${Prisma.join(all, " union all ")})`;
}

const nameOf = (index: number) => Prisma.raw(`step_${index + 1}`);

const visitor = Prisma.raw("coalesce(s.visitor_id, 'client:' || s.client_id)");

function firstStep({ shopId, view }: Question, { definition, by }: Matching): Prisma.Sql {
  const [step] = definition.steps;
  if (!step) throw new Error("a funnel has steps");
  const { table, at } = eventsOf(step);
  const isBySession = definition.countedBy === "session";
  const over = isBySession ? Prisma.sql`, s.ended_at + ${msec(SESSION_GAP)}` : Prisma.empty;
  return Prisma.sql`step_1 as materialized (
    select distinct on (unit collate "C") of, unit, min(weight) over (partition by unit collate "C") as weight, entered_at,
           at, until, array[event_id] as used, null::float8 as ms
    from (
      select ${groupOf(view, by, at)} as of, ${isBySession ? Prisma.raw("s.session_id") : visitor} as unit,
             (1::real / s.sample_rate)::float8 as weight, ${at} as at, ${at} as entered_at, f.event_id,
             least(${at} + ${windowOf(definition)}${over}) as until
      from ${table} f join sessions s on s.shop_id = f.shop_id and s.session_id = f.session_id
      where f.shop_id = ${shopId}::int and ${at} >= ${view.period.from}::timestamptz
        and ${at} < ${view.period.to}::timestamptz and ${holds(step)}
        and s.bot_rule is null and ${chosen(view.filters)}
    ) as event
    order by unit collate "C", at, event_id collate "C")`;
}

function laterStep(
  { shopId, view: { period } }: Question,
  definition: FunnelDefinition,
  index: number,
): Prisma.Sql {
  const step = definition.steps[index];
  if (!step) throw new Error("a funnel has no step beyond its last");
  const { table, at } = eventsOf(step);
  const window = windowOf(definition);
  const after = Prisma.raw(definition.order === "ordered" ? "before.at" : "before.entered_at");
  const unit =
    definition.countedBy === "session"
      ? Prisma.sql`join ${nameOf(index - 1)} before on before.unit = f.session_id`
      : Prisma.sql`
        join sessions s on s.shop_id = f.shop_id and s.session_id = f.session_id
        join ${nameOf(index - 1)} before on before.unit = ${visitor}`;
  return Prisma.sql`${nameOf(index)} as materialized (
    select distinct on (before.unit collate "C") before.of, before.unit, before.weight, before.entered_at,
           ${at} as at, before.until, before.used || f.event_id as used,
           greatest(0, extract(epoch from ${at} - before.at) * 1000)::float8 as ms
    from ${table} f ${unit}
    where f.shop_id = ${shopId}::int and ${at} >= ${period.from}::timestamptz
      and ${at} <= ${period.to}::timestamptz + ${window} and ${holds(step)}
      and ${at} >= ${after} and ${at} <= before.entered_at + ${window}
      and f.event_id <> all(before.used)
    order by before.unit collate "C", ${at}, f.event_id collate "C")`;
}

const eventsOf = ({ kind }: FunnelStep) => ({
  table: Prisma.raw(SOURCES[kind].table),
  at: Prisma.raw(`f.${SOURCES[kind].at}`),
});

const msec = (ms: number) => Prisma.sql`${ms}::float8 * interval '1 millisecond'`;
const windowOf = ({ windowMinutes }: FunnelDefinition) => msec(windowMinutes * MINUTE);

/** Whether an event `f` is the step's. */
function holds(step: FunnelStep): Prisma.Sql {
  const { only, columns } = SOURCES[step.kind];
  const conditions = CONDITION_NAMES.flatMap((name) => {
    const [column, value] = [columns[name], step[name]];
    return column === undefined || value === undefined ? [] : [condition(column, value)];
  });
  const fixed = only === undefined ? [] : [Prisma.raw(`f.${only}`)];
  return Prisma.join([Prisma.sql`not f.is_bot`, ...fixed, ...conditions], " and ");
}

/** A star of a path stands for anything. */
function condition(column: string, value: string): Prisma.Sql {
  const name = Prisma.raw(`f.${column}`);
  if (column === "product_id") return Prisma.sql`${name} = ${value}::text::bigint`;
  if (column !== "path" || !value.includes("*")) return Prisma.sql`${name} = ${value}::text`;
  const pattern = value.replace(/[\\%_]/g, "\\$&").replaceAll("*", "%");
  return Prisma.sql`${name} like ${pattern}::text`;
}
