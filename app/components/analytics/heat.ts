/** A number of a heat table. */
export type HeatCell = {
  /** As it is read. */
  text: string;
  /** How strong its colour is, from 0 to 1. */
  heat: number;
  isUnfinished: boolean;
};
export type HeatRow = { key: string; heading: string; size: string; cells: HeatCell[] };

type Reading<Row> = {
  keyOf: (row: Row) => string;
  headingOf: (row: Row) => string;
  sizeOf: (row: Row) => string;
  textOf: (row: Row) => string;
  /** What the colour is of; null for a number that has none. */
  heatOf: (row: Row) => number | null;
};

/** Rows of one cell each as rows of a table, in the order in which they come; the largest number has the
 * strongest colour. */
export function toHeatRows<Row extends { isUnfinished: boolean }>(
  rows: readonly Row[],
  { keyOf, headingOf, sizeOf, textOf, heatOf }: Reading<Row>,
): HeatRow[] {
  const most = Math.max(Number.MIN_VALUE, ...rows.map((row) => heatOf(row) ?? 0));
  const byKey = new Map<string, HeatRow>();
  for (const row of rows) {
    const key = keyOf(row);
    const own = byKey.get(key) ?? { key, heading: headingOf(row), size: sizeOf(row), cells: [] };
    const heat = Math.max(0, (heatOf(row) ?? 0) / most);
    own.cells.push({ text: textOf(row), heat, isUnfinished: row.isUnfinished });
    byKey.set(key, own);
  }
  return [...byKey.values()];
}
