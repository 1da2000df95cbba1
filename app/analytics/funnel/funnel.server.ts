import { z } from "zod";
import type { Db } from "~/platform/db.server";
import { InvalidInput } from "~/platform/errors";
import { BY, startsOf, type By } from "../groups.server";
import type { Question, Told } from "../report";
import { serve } from "../serve";
import { CONVERSION, FUNNEL } from "./definitions";
import { funnelOf } from "./funnels.server";
import { countMatches } from "./matching.server";
import { countPurchaseStages } from "./purchase.server";
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
  const counts = await countStages(db, question, { ...asked, withTimes: true });
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
  const counts = await countStages(db, question, { ...asked, withTimes: false });
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

const countStages = (
  db: Db,
  question: Question,
  { by, definition, withTimes }: FunnelAsked & { withTimes: boolean },
): Promise<StageCount[]> =>
  definition
    ? countMatches(db, question, { definition, by })
    : countPurchaseStages(db, question, { by, withTimes });

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
