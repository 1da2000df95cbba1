import { stringify } from "csv-stringify/sync";
import type { Columns } from "~/analytics/report";

/** A table as a file. */
export class CsvFile {
  readonly headers: Record<string, string>;

  /** @param name of the file, without its ending */
  constructor(
    name: string,
    readonly text: string,
  ) {
    this.headers = {
      "Content-Type": "text/csv; charset=utf-8",
      "Content-Disposition": `attachment; filename="${name}.csv"`,
    };
  }
}

/** Rows as RFC 4180 writes them, with the columns' names in the first line. Words that a spreadsheet would
 * take for a formula are made harmless. */
export function toCsv(name: string, columns: Columns, rows: readonly object[]): CsvFile {
  const header = Object.keys(columns).map((key) => ({ key, header: key }));
  const text = stringify([...rows], {
    ...{ header: true, columns: header, record_delimiter: "\r\n", escape_formulas: true },
    cast: { date: (moment) => moment.toISOString(), boolean: String },
  });
  return new CsvFile(name, text);
}
