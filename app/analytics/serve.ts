import { z } from "zod";
import type { Database } from "~/platform/db.server";
import type { Columns, Kind, Question, Report, RowOf, Told } from "./report";
import { comparisonOf, readParameters } from "./view";

/** A report with the query that answers it, as pages, files and the API ask for it. */
export type Served = {
  report: Report;
  /** What can be asked besides what a view asks. */
  parameters: z.ZodObject;
  /** @throws {InvalidInput} a parameter is not as it has to be */
  read: (db: Database, question: Question, search: URLSearchParams) => Promise<Told<object>>;
  /** The same, page by page until there is no more or a file is full. Each page tells where the next one
   * begins, the last one too where the file is full. */
  readAll: (
    db: Database,
    question: Question,
    search: URLSearchParams,
  ) => AsyncGenerator<Told<object>>;
};

/** How many rows a file has at most, and how many of them are asked for at once: a ranking counts everything
 * again for each page, and a page has to fit into memory. */
export const MOST_ROWS = 100_000;
const ROWS_AT_ONCE = 20_000;

/** Puts a report and its query together. The query's rows have exactly the report's columns. */
export const serve = <Shown extends Columns, Shape extends z.ZodRawShape>(
  report: Report<Shown>,
  shape: Shape,
  query: (
    db: Database,
    question: Question,
    asked: z.output<z.ZodObject<Shape>>,
  ) => Promise<Told<RowOf<Shown>>>,
): Served => {
  const parameters = z.object(shape);
  return {
    ...{ report, parameters },
    read: async (db, question, search) => {
      const asked = readParameters(parameters, search);
      return begun(await query(db, question, asked), { asked, question });
    },
    readAll: (db, question, search) => {
      const asked = readParameters(parameters, search);
      const atOnce = "cursor" in shape ? ROWS_AT_ONCE : MOST_ROWS;
      const readPage = async (cursor: string | null) => {
        const page = { limit: atOnce, ...(cursor === null ? {} : { cursor }) };
        return begun(await query(db, question, { ...asked, ...page }), { asked, question });
      };
      return inPages(readPage, search.get("cursor"));
    },
  };
};

/** Without the steps of time that have not begun: of those there is no number yet, not 0. */
function begun<Row extends object>(
  told: Told<Row>,
  { asked, question: { now } }: { asked: object; question: Question },
): Told<Row> {
  const isOfSteps = "by" in asked && asked.by === "step";
  const hasBegun = (row: Row) => !("of" in row) || new Date(String(row.of)) <= now;
  return isOfSteps ? { ...told, rows: told.rows.filter(hasBegun) } : told;
}

async function* inPages(
  readPage: (cursor: string | null) => Promise<Told<object>>,
  first: string | null,
): AsyncGenerator<Told<object>> {
  let cursor = first;
  for (let rows = 0; rows < MOST_ROWS; rows += ROWS_AT_ONCE) {
    const told = await readPage(cursor);
    yield told;
    if (!told.next) return;
    cursor = told.next;
  }
}

/** A report's rows, and those of the period that it is set against; null where there is none. */
export type Answered = Told<object> & { compared: object[] | null };

/** Answers a question with a report, and again for what it is set against. */
export async function readCompared(
  { read }: Served,
  db: Database,
  { question, search }: { question: Question; search: URLSearchParams },
): Promise<Answered> {
  const before = comparisonOf(question.view);
  const [told, compared] = await Promise.all([
    read(db, question, search),
    before && read(db, { ...question, view: before }, search),
  ]);
  return { ...told, compared: compared && compared.rows };
}

const SCHEMAS: Record<Kind, z.ZodType> = {
  text: z.string(),
  day: z.iso.date(),
  moment: z.iso.datetime(),
  count: z.int(),
  number: z.number(),
  money: z.int(),
  share: z.number(),
  duration: z.number(),
  flag: z.boolean(),
};

/** What a report's row looks like as JSON. */
export const rowSchema = (columns: Columns) =>
  z.strictObject(
    Object.fromEntries(
      Object.entries(columns).map(([field, { kind, meaning, isNullable }]) => [
        field,
        (isNullable ? SCHEMAS[kind].nullable() : SCHEMAS[kind]).describe(meaning),
      ]),
    ),
  );

/** How many rows of a list are wanted, and where it goes on. */
export const PAGE_PARAMETERS = {
  limit: z.coerce
    .number()
    .int()
    .min(1)
    .max(250)
    .default(50)
    .describe("Rows of one answer; a file has all of them unless told."),
  cursor: z.string().max(1_000).optional().describe("`next` of the answer before."),
};
