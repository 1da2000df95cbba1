import { z } from "zod";
import type { Database } from "~/platform/db.server";
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
  db: Database,
  question: Question,
  { definition, by }: FunnelAsked,
): Promise<Told<FunnelStage>> {
  const [counts = []] = await countStages(db, question, { definition, bys: [by], withTimes: true });
  return { rows: stagesOf(question, { definition, by }, counts) };
}

/** A row for each group; for each step of time, the oldest first, also where nobody entered. */
export async function conversionRate(
  db: Database,
  question: Question,
  { definition, by }: FunnelAsked,
): Promise<Told<Conversion>> {
  const [counts = []] = await countStages(db, question, {
    definition,
    bys: [by],
    withTimes: false,
  });
  return { rows: conversionsOf(question, { definition, by }, counts) };
}

/** What a page shows of a funnel: the stages of all, and who came through to its end, told apart by each of `bys`.
 * Of one that was built, all with one look at its events. */
export async function funnelNumbers<const Bys extends readonly By[]>(
  db: Database,
  question: Question,
  { definition, bys }: { definition: FunnelDefinition | null; bys: Bys },
): Promise<{ stages: FunnelStage[]; rates: { [Index in keyof Bys]: Conversion[] } }> {
  const wanted: readonly By[] = ["all", ...bys.filter((by) => by !== "all")];
  const counts = await countStages(db, question, { definition, bys: wanted, withTimes: true });
  const countsBy = (by: By) => counts[wanted.indexOf(by)] ?? [];
  return {
    stages: stagesOf(question, { definition, by: "all" }, countsBy("all")),
    rates: bys.map((by) => conversionsOf(question, { definition, by }, countsBy(by))) as {
      [Index in keyof Bys]: Conversion[];
    },
  };
}

const stagesOf = (question: Question, asked: FunnelAsked, counts: StageCount[]): FunnelStage[] =>
  groupNames(question, asked, counts).flatMap((of) =>
    toStages(of, counts, stageNames(asked.definition)),
  );

const conversionsOf = (question: Question, asked: FunnelAsked, counts: StageCount[]) =>
  groupNames(question, asked, counts).map((of) =>
    toConversion(of, counts, stageNames(asked.definition).length),
  );

const stageNames = (definition: FunnelDefinition | null): readonly string[] =>
  definition?.steps.map(stepName) ?? STAGES;

function groupNames({ view }: Question, { by }: FunnelAsked, counts: StageCount[]): string[] {
  if (by === "all") return ["all"];
  return by === "step" ? startsOf(view) : groupsOf(counts);
}

type Counting = { definition: FunnelDefinition | null; bys: readonly By[]; withTimes: boolean };

/** Counts told apart by one thing after the other; times are those of the first. */
const countStages = (
  db: Database,
  question: Question,
  { definition, bys, withTimes }: Counting,
): Promise<StageCount[][]> =>
  definition
    ? countMatches(db, question, { definition, bys, withTimes })
    : Promise.all(
        bys.map((by, index) =>
          countPurchaseStages(db, question, { by, withTimes: withTimes && index === 0 }),
        ),
      );

async function readAsked(db: Database, shopId: number, asked: Asked): Promise<FunnelAsked> {
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
