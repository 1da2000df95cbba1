import type { Prisma } from "@prisma/client";
import type { Filters } from "../filters";

/** What the rows of a span depend on: the facts within it, or also who had come before it, or also what the
 * catalogue says that products belong to, now and for all of the past. */
export type Basis = "facts" | "visitors" | "catalogue";
/** What is kept first comes first: catalogues change often, and each change is one of every span. */
export const BASES: readonly Basis[] = ["facts", "visitors", "catalogue"];

/** Sums that are kept by spans of time. They may be added to those of other spans, and nothing of them changes
 * by time going on. */
export type Rollup = {
  /** Facts, unless it says otherwise. */
  basis?: Basis;
  /** Its rows: `shop_id`, `unit`, `starts_at`, its keys, its sums. */
  table: string;
  /** What tells rows of one span apart: at least one, and never null. */
  keys: readonly string[];
  /** What is added up. */
  sums: readonly string[];
  /** A query for the same rows, made of facts: columns `of`, the keys, the sums; a row for each that has any. */
  facts: (asked: Stretch, of: NameOf) => Prisma.Sql;
  /** Whether what is kept of a dimension's value answers for all sessions that a filter chooses by it: rows of all are
   * asked for, and those of a `dimension` and a `value` are kept beside them. */
  isKeptOf?: (value: string) => boolean;
  /** Of weeks and four weeks it also has rows of the sessions that a filter chooses: its table names them in `chosen_by`. */
  hasChoices?: true;
  /** Which rows of the shorter spans that a longer one consists of belong to it, where not all do. */
  within?: (span: { from: Date }) => Prisma.Sql;
};

/** The facts of a shop from a moment until before another, in the sessions that filters choose. */
export type Stretch = {
  shopId: number;
  from: Date;
  to: Date;
  filters: Filters;
  /** Until when its sessions went on, at the latest; where it is left out, that is looked for. */
  until?: Date;
};

/** The name of the group that a moment belongs to, as SQL of text. */
export type NameOf = (at: Prisma.Sql) => Prisma.Sql;

export const basisOf = ({ basis = "facts" }: Pick<Rollup, "basis">): Basis => basis;
