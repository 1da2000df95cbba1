import { z } from "zod";
import { COMPARISONS } from "~/analytics/comparison";
import { UNITS } from "~/analytics/period";
import { REPORTS } from "~/analytics/reports.server";
import { rowSchema, type Served } from "~/analytics/serve";
import { VIEW_PARAMETERS } from "~/analytics/view";
import { FORMATS } from "./analytics.server";
import type { Described } from "./described";

/** A report's endpoint, from the description that its page and its files come from. */
const describe = ({ report, parameters }: Served): Described => {
  const isNamed = (name: string) => report.path.includes(`{${name}}`);
  const [inPath, asked] = [true, false].map((wanted) =>
    z.object(
      Object.fromEntries(
        Object.entries(parameters.shape).filter(([name]) => isNamed(name) === wanted),
      ),
    ),
  );
  const rows = z.array(rowSchema(report.columns));
  const [from, to] = [z.iso.datetime(), z.iso.datetime().describe("Exclusive.")];
  return {
    path: `/analytics/${report.path}`,
    ...{ title: report.title, meaning: report.meaning, scope: "read_analytics" },
    parameters: VIEW_PARAMETERS.extend(asked?.shape ?? {}).extend({
      format: z.enum(FORMATS).default("json"),
    }),
    ...(inPath ? { inPath } : {}),
    answer: z.strictObject({
      report: z.literal(report.path),
      currency: z.string().nullable().describe("ISO 4217; of all amounts."),
      timeZone: z.string().describe("The shop's: its days begin and end by it."),
      unit: z.enum(UNITS),
      filters: z.record(z.string(), z.string()),
      ...{ from, to, rows },
      next: z.string().nullable().describe("The cursor of the next page; null on the last one."),
      comparison: z
        .strictObject({ from, to, rows })
        .nullable()
        .describe(`What it is set against: ${COMPARISONS.join(" or ")}.`),
    }),
    otherTypes: ["text/csv"],
  };
};

export const reportEndpoints = (): Described[] => [...REPORTS.values()].map(describe);
