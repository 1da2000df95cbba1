import { stringify } from "csv-stringify/sync";
import type { Columns, Told } from "~/analytics/report";

/** A table as a file. */
export class CsvFile {
  readonly headers: Record<string, string>;

  /** @param name of the file, without its ending
   * @param next where the rest begins that the file has no room for */
  constructor(
    name: string,
    readonly text: string,
    next: string | null,
  ) {
    this.headers = {
      "Content-Type": "text/csv; charset=utf-8",
      "Content-Disposition": `attachment; filename="${name}.csv"`,
      ...(next === null ? {} : { [NEXT_CURSOR]: next }),
    };
  }
}

/** The header that tells of rows that a file does not have: the cursor of the first of them. */
export const NEXT_CURSOR = "X-Next-Cursor";

/** Rows as RFC 4180 writes them, with the columns' names in the first line. Words that a spreadsheet would
 * take for a formula are made harmless.
 * @param pages a page is let go of once it is written */
export async function toCsv(
  name: string,
  columns: Columns,
  pages: AsyncIterable<Told<object>>,
): Promise<CsvFile> {
  const texts = [
    textOf(columns, [Object.fromEntries(Object.keys(columns).map((key) => [key, key]))]),
  ];
  let last: string | null = null;
  for await (const { rows, next = null } of pages) {
    texts.push(textOf(columns, rows));
    last = next;
  }
  return new CsvFile(name, texts.join(""), last);
}

const textOf = (columns: Columns, rows: readonly object[]): string =>
  stringify([...rows], {
    ...{ columns: Object.keys(columns), record_delimiter: "\r\n", escape_formulas: true },
    cast: { date: (moment) => moment.toISOString(), boolean: String },
  });
