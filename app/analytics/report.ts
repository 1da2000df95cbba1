import type { View } from "./view";

/** How a value is written and read; money is in minor units of the shop's currency, a share from 0 to 1,
 * a duration in milliseconds, a day YYYY-MM-DD. */
type Values = {
  text: string;
  day: string;
  moment: Date;
  count: number;
  number: number;
  money: number;
  share: number;
  duration: number;
  flag: boolean;
};
export type Kind = keyof Values;

/** What a column is of. */
export type Column = {
  name: string;
  kind: Kind;
  /** In a sentence. */
  meaning: string;
  /** It may be unknown: a rate of nothing, a value that nobody told. */
  isNullable?: boolean;
};

/** A column whose values are numbers that are worth arguing about. */
export type Metric = Column & {
  /** What one is of: sessions, share of sessions. */
  unit: string;
  /** How it is worked out, in words or signs. */
  formula: string;
  /** What is not counted. */
  leavesOut: string;
  /** The tables that it is read from. */
  source: string;
};

export const isMetric = (column: Column): column is Metric => "formula" in column;

export type Columns = Record<string, Column | Metric>;

/** A table of numbers: a page, the API, a CSV file and the documentation show it from this one
 * description. */
export type Report<Shown extends Columns = Columns> = {
  /** Below `/api/v1/analytics/`; a last part in braces stands for any, and is a parameter of that name. */
  path: string;
  title: string;
  /** In a sentence or two. */
  meaning: string;
  columns: Shown;
};

type ValueOf<One extends Column> =
  Values[One["kind"]] | (One extends { isNullable: true } ? null : never);
/** A row of a report, by its columns. */
export type RowOf<Shown extends Columns> = {
  -readonly [Field in keyof Shown]: ValueOf<Shown[Field]>;
};

/** Who asks, and what they look at. */
export type Question = { shopId: number; view: View; now: Date };
/** `next` is the cursor of the next page; null on the last one, and where all is told at once. */
export type Told<Row> = { rows: Row[]; next?: string | null };

/** What a path says for the last part of a report's path that is in braces; null where they do not fit. */
export function parameterIn(template: string, path: string): Record<string, string> | null {
  const [, before, name] = /^(.*)\{(\w+)\}$/.exec(template) ?? [];
  if (before === undefined || name === undefined) return null;
  const value = path.startsWith(before) ? path.slice(before.length) : "";
  return value === "" ? null : { [name]: value };
}
