import { questionOf } from "~/analytics/question";
import type { Question } from "~/analytics/report";
import { reportAt } from "~/analytics/reports.server";
import { readCompared, type Served } from "~/analytics/serve";
import { VIEW_PARAMETERS } from "~/analytics/view";
import type { Database } from "~/platform/db.server";
import { InvalidInput, NotFound } from "~/platform/errors";
import { toCsv, type CsvFile } from "./csv.server";

/** Of what shop, and what its address asks. */
export type ReportCall = {
  shop: { id: number; currency: string | null; timeZone: string | null };
  search: URLSearchParams;
  now: Date;
};

/** Answers a call for a report: its rows with what they are of, or a CSV file of them.
 * @param path the report's, such as sessions/stats
 * @throws {NotFound | InvalidInput} */
export async function answerReport(
  db: Database,
  path: string,
  { shop, search, now }: ReportCall,
): Promise<object | CsvFile> {
  const found = reportAt(path);
  if (!found) throw new NotFound(`there is no report ${JSON.stringify(path)}`);
  const { served, named } = found;
  const { format, asked } = readCall(found, search);
  for (const [name, value] of Object.entries(named)) asked.set(name, value);
  const question = questionOf(shop, asked, now);
  if (format === "csv") {
    const name = path.replaceAll(/[^\w-]+/g, "-");
    return toCsv(name, served.report.columns, pagesOf(served, db, { question, search: asked }));
  }
  const {
    rows,
    next = null,
    compared,
  } = await readCompared(served, db, { question, search: asked });
  const { period, comparison, unit, filters } = question.view;
  return {
    ...{
      report: served.report.path,
      currency: shop.currency,
      timeZone: period.timeZone,
      unit,
      filters,
    },
    ...{ from: period.from, to: period.to, rows, next },
    comparison: comparison && {
      ...{ from: comparison.period.from, to: comparison.period.to, rows: compared },
    },
  };
}

type Asked = { question: Question; search: URLSearchParams };

/** All rows, unless so many are asked for. */
async function* pagesOf(served: Served, db: Database, { question, search }: Asked) {
  if (search.has("limit")) yield await served.read(db, question, search);
  else yield* served.readAll(db, question, search);
}

type Found = NonNullable<ReturnType<typeof reportAt>>;

export const FORMATS = ["json", "csv"] as const;

/** A parameter that nobody knows is a mistake of the caller's, who would take the answer for another.
 * @throws {InvalidInput} */
function readCall({ served, named }: Found, search: URLSearchParams) {
  const own = Object.keys(served.parameters.shape).filter((name) => !(name in named));
  const known = [...Object.keys(VIEW_PARAMETERS.shape), ...own, "format"];
  const unknown = [...search.keys()].find((name) => !known.includes(name));
  if (unknown !== undefined)
    throw new InvalidInput(`there is no parameter "${unknown}"; there are ${known.join(", ")}`);
  const asked = new URLSearchParams(search);
  asked.delete("format");
  const format = search.get("format") ?? "json";
  if (!FORMATS.some((name) => name === format))
    throw new InvalidInput(`format must be one of ${FORMATS.join(", ")}, got "${format}"`);
  return { asked, format };
}
