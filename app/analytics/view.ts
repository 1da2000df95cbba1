import { z } from "zod";
import { InvalidInput } from "~/platform/errors";
import { comparedTo, COMPARISONS, type Comparison } from "./comparison";
import { FILTER_NAMES, FILTERS, type Filters } from "./filters";
import { parsePeriod, PRESETS, unitOf, UNITS, type Period, type Unit } from "./period";

/** What a merchant looks at: which days, in what steps, set against what, of which sessions. */
export type View = {
  period: Period;
  unit: Unit;
  /** Null where the numbers are not set against others. */
  comparison: { kind: Comparison; period: Period } | null;
  filters: Filters;
};

const day = z.iso.date();
const ofFilter = (name: string) =>
  z.string().min(1).max(2_048).optional().describe(`Only sessions of this: ${name}.`);

/** The parameters of an address that say what is looked at: of pages and of the API alike. */
export const VIEW_PARAMETERS = z.object({
  period: z.enum(PRESETS).optional().describe("Days of the shop that end today; 7d unless told."),
  from: day.optional().describe("The first day, in the shop's time zone, instead of `period`."),
  to: day.optional().describe("The last day, inclusive; today unless told."),
  unit: z.enum(UNITS).optional().describe("The steps of a series."),
  compare: z.enum(COMPARISONS).optional().describe("What the period is set against."),
  ...(Object.fromEntries(
    FILTER_NAMES.map((name) => [name, ofFilter(FILTERS[name].toLowerCase())]),
  ) as Record<(typeof FILTER_NAMES)[number], ReturnType<typeof ofFilter>>),
});

/** Reads what an address asks to see. Parameters of others are left alone.
 * @param timeZone the shop's, an IANA name
 * @throws {InvalidInput} */
export function parseView(search: URLSearchParams, timeZone: string, now: Date): View {
  const period = parsePeriod(search, timeZone, now);
  const asked = readParameters(VIEW_PARAMETERS, search);
  const filters = Object.fromEntries(
    FILTER_NAMES.flatMap((name) => (asked[name] === undefined ? [] : [[name, asked[name]]])),
  );
  const { compare: kind } = asked;
  return {
    ...{ period, filters, unit: asked.unit ?? unitOf(period) },
    comparison: kind ? { kind, period: comparedTo(period, kind, now) } : null,
  };
}

/** Reads parameters of an address.
 * @throws {InvalidInput} says which one, what was wanted and what came */
export function readParameters<Shape extends z.ZodRawShape>(
  schema: z.ZodObject<Shape>,
  search: URLSearchParams,
): z.output<z.ZodObject<Shape>> {
  const read = schema.safeParse(Object.fromEntries(search));
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const name = issue?.path.join(".") ?? "";
  const came = search.get(String(issue?.path[0]));
  if (came === null) throw new InvalidInput(`${name} is missing: ${meaningOf(schema, name)}`);
  throw new InvalidInput(`${name}: ${issue?.message}, got ${JSON.stringify(came)}`);
}

function meaningOf({ shape }: z.ZodObject, name: string): string {
  const parameter: unknown = shape[name];
  return (parameter instanceof z.ZodType && parameter.description) || "it has to be given";
}

/** The same view of the period that it is set against; null where there is none. */
export const comparisonOf = (view: View): View | null =>
  view.comparison && { ...view, period: view.comparison.period, comparison: null };
