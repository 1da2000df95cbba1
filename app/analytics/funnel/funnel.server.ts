import { Prisma } from "@prisma/client";
import { z } from "zod";
import { SESSION_GAP } from "~/projections/visit";
import type { Db } from "~/platform/db.server";
import { InvalidInput } from "~/platform/errors";
import { sessionsIn } from "../filters.server";
import { BY, groupOf, startsOf, type By } from "../groups.server";
import type { Question, Told } from "../report";
import { serve } from "../serve";
import { CONVERSION, FUNNEL } from "./definitions";
import { funnelOf } from "./funnels.server";
import { matchingSteps } from "./matching.server";
import { FUNNEL_OPTIONS, JSON_TEXT, STEPS } from "./schema";
import { groupsOf, STAGES, toConversion, toStages } from "./stages";
import type { Conversion, FunnelStage, StageCount } from "./stages";
import { FIRST_DEFINITION, stepName, type FunnelDefinition } from "./steps";

const { order, windowMinutes, countedBy } = FUNNEL_OPTIONS;

export const FUNNEL_PARAMETERS = {
  by: BY,
  funnel: z
    .uuid()
    .optional()
    .describe("A funnel that you built; the way to a purchase unless told."),
  steps: JSON_TEXT.pipe(STEPS)
    .optional()
    .describe(
      'A funnel of its own: 2 to 8 steps as JSON, such as [{"kind":"search"},{"kind":"product","vendor":"Acme"}].',
    ),
  order: order.default(FIRST_DEFINITION.order),
  windowMinutes: windowMinutes.default(FIRST_DEFINITION.windowMinutes),
  countedBy: countedBy.default(FIRST_DEFINITION.countedBy),
};
type Asked = z.output<z.ZodObject<typeof FUNNEL_PARAMETERS>>;

/** What a funnel is counted of: one that was built, or, null, the way to a purchase. */
export type FunnelAsked = { definition: FunnelDefinition | null; by: By };

/** The stages of each group, those that most entered first; of all, also where nobody did. */
export async function funnel(
  db: Db,
  question: Question,
  asked: FunnelAsked,
): Promise<Told<FunnelStage>> {
  const counts = await countStages(db, question, asked);
  const names = stageNames(asked.definition);
  return {
    rows: groupNames(question, asked, counts).flatMap((of) => toStages(of, counts, names)),
  };
}

/** A row for each group; for each step of time, the oldest first, also where nobody entered. */
export async function conversionRate(
  db: Db,
  question: Question,
  asked: FunnelAsked,
): Promise<Told<Conversion>> {
  const counts = await countStages(db, question, asked);
  const { length } = stageNames(asked.definition);
  return {
    rows: groupNames(question, asked, counts).map((of) => toConversion(of, counts, length)),
  };
}

const stageNames = (definition: FunnelDefinition | null): readonly string[] =>
  definition?.steps.map(stepName) ?? STAGES;

function groupNames({ view }: Question, { by }: FunnelAsked, counts: StageCount[]): string[] {
  if (by === "all") return ["all"];
  return by === "step" ? startsOf(view) : groupsOf(counts);
}

function countStages(
  db: Db,
  question: Question,
  { definition, by }: FunnelAsked,
): Promise<StageCount[]> {
  const steps = definition
    ? matchingSteps(question, { definition, by })
    : stepsToPurchase(question, by);
  const last = stageNames(definition).length;
  return db.$queryRaw<StageCount[]>`
    with ${steps}, open as (
      select of, max(place) + 1 as place, min(weight) as weight from steps
      where until > ${question.now}::timestamptz
      group by of, unit having max(place) < ${last}::int
    ), reached as (
      select of, place, sum(weight) as reached, count(*)::int as "reachedRows",
             percentile_cont(0.5) within group (order by ms) as "medianTime",
             percentile_cont(0.9) within group (order by ms) as "p90Time"
      from steps group by of, place
    ), waiting as (
      select of, place, sum(weight) as open, count(*)::int as "openRows" from open group by of, place
    )
    select of, place, coalesce(reached, 0) as reached, coalesce("reachedRows", 0) as "reachedRows",
           coalesce(open, 0) as open, coalesce("openRows", 0) as "openRows", "medianTime", "p90Time"
    from reached full join waiting using (of, place)`;
}

/** Places in \`funnel_steps\` of the stages: browsed, viewed product, added to cart, started, completed. */
const PLACES = [1, 2, 3, 4, 9];

/** The same rows as of a built funnel, of the way to a purchase. A stage that no event tells of has no time. */
const stepsToPurchase = ({ shopId, view }: Question, by: By): Prisma.Sql => Prisma.sql`
  chosen as materialized (
    select ${groupOf(view, by)} as of, s.session_id as unit, (1::real / s.sample_rate)::float8 as weight,
           s.ended_at + ${SESSION_GAP}::float8 * interval '1 millisecond' as until
    from sessions s where ${sessionsIn(shopId, view.period, view.filters)}
  ), told as (
    select chosen.*, array_position(${PLACES}::int[], f.place) as place, f.reached_at, f.is_skipped
    from funnel_steps f join chosen on chosen.unit = f.session_id
    where f.shop_id = ${shopId}::int and f.place = any(${PLACES}::int[])
      and f.reached_at >= ${view.period.from}::timestamptz
  ), steps as (
    select of, unit, weight, until, place,
           case when not is_skipped and not lag(is_skipped) over stage
             then greatest(0, extract(epoch from reached_at - lag(reached_at) over stage) * 1000)
           end::float8 as ms
    from told window stage as (partition by unit collate "C" order by place)
  )`;

async function readAsked(db: Db, shopId: number, asked: Asked): Promise<FunnelAsked> {
  const { by, funnel: funnelId, steps, ...options } = asked;
  if (funnelId !== undefined && steps !== undefined)
    throw new InvalidInput("either funnel or steps can be asked for, got both");
  if (steps !== undefined) return { by, definition: { steps, ...options } };
  const built = funnelId === undefined ? null : await funnelOf(db, shopId, funnelId);
  return { by, definition: built && built.definition };
}

export const FUNNEL_REPORTS = [
  serve(FUNNEL, FUNNEL_PARAMETERS, async (db, question, asked) =>
    funnel(db, question, await readAsked(db, question.shopId, asked)),
  ),
  serve(CONVERSION, FUNNEL_PARAMETERS, async (db, question, asked) =>
    conversionRate(db, question, await readAsked(db, question.shopId, asked)),
  ),
];
