import { Prisma } from "@prisma/client";
import type { Database } from "~/platform/db.server";
import { inSnapshot, type Sql } from "~/platform/sql.server";
import { DAY } from "~/platform/time";
import { FILTER_NAMES, type FilterName } from "../filters";
import { ROOMY } from "../memory.server";
import type { Question } from "../report";
import { IS_CHANGED_BY } from "./changes.server";
import { choiceOf } from "./choices";
import { BASES, basisOf, type Basis, type NameOf, type Rollup } from "./rollup";
import { tile, type Tiling } from "./tiles";

/** What is asked of rollups: a row's group is the step that it is in, or `all` where there are none. */
export type Rolled = { question: Question; steps: readonly Date[] };

/** The rows of a rollup for a period, `of`, its keys and its sums, as a query in brackets: several rows of a
 * group are to be added up. */
export type PartsOf = (rollup: Rollup) => Prisma.Sql;

/** The spans that answer for a period what is asked of a rollup, and the stretches of which facts are read. */
export type TilingOf = (rollup: Rollup) => Tiling;

/** Beyond so many stretches without kept sums, one query over all of them costs less. */
const MOST_STRETCHES = 4;

/** Asks with the sums of a period: those that are kept, and of the rest the facts, all as of one moment. With one
 * filter the rows of its value are read where a rollup keeps them; with several, facts are.
 * @param ask makes the query of the parts, or another one where too little is kept; its rows come back */
export function askRollups<Row extends object>(
  { pool }: Database,
  rolled: Rolled,
  ask: (partsOf: PartsOf, tilingOf: TilingOf) => Prisma.Sql,
): Promise<Row[]> {
  return inSnapshot(pool, async (sql) => {
    const { kept, lastEnd } = await whatIsKnown(sql, rolled);
    const asked = new Set<Tiling>();
    const tilingBy = memoized((by: KeptBy) => tilingFrom(kept[by], rolled));
    const tilingOf = (rollup: Rollup) => {
      const by = keptBy(rollup, rolled);
      return by === null ? withoutTiles(rolled) : tilingBy(by);
    };
    const parts: PartsOf = (rollup) => {
      const tiling = tilingOf(rollup);
      asked.add(tiling);
      return partsOf(rollup, rolled, { ...tiling, lastEnd });
    };
    const statement = ask(parts, tilingOf);
    if (asked.size === 0 || [...asked].some(readsMuch)) await sql.run(ROOMY);
    return sql.rows<Row>(statement.text, statement.values);
  });
}

/** What spans answer a question: those of a basis, or those that have rows of what its filter chooses. */
type KeptBy = Basis | "choice";

/** Facts of so long a stretch are many beside what is kept. */
const LONG = 3 * DAY;

const readsMuch = ({ tiles, live }: Tiling): boolean =>
  tiles.length === 0 || live.some(({ from, to }) => to.getTime() - from.getTime() > LONG);

/** The filters of a question, as names and values. */
const filtersIn = ({ question: { view } }: Rolled): [FilterName, string][] =>
  FILTER_NAMES.flatMap((name) => {
    const value = view.filters[name];
    return value === undefined ? [] : [[name, value] as [FilterName, string]];
  });

/** Which spans a question with these filters reads of a rollup; null where none of them answers it. */
function keptBy(rollup: Rollup, rolled: Rolled): KeptBy | null {
  const [filter, ...more] = filtersIn(rolled);
  if (filter === undefined) return basisOf(rollup);
  if (more.length > 0) return null;
  if (rollup.isKeptOf?.(filter[1])) return basisOf(rollup);
  return rollup.hasChoices && choiceOf(rolled.question.view.filters) ? "choice" : null;
}

const withoutTiles = ({ question: { view } }: Rolled): Tiling => ({
  tiles: [],
  live: [{ from: view.period.from, to: view.period.to }],
});

/** A function that works each answer out once. */
function memoized<Key, Value>(work: (key: Key) => Value): (key: Key) => Value {
  const known = new Map<Key, Value>();
  return (key) => {
    const value = known.get(key) ?? work(key);
    known.set(key, value);
    return value;
  };
}

/** @param kept the keys of spans */
function tilingFrom(kept: readonly string[], rolled: Rolled): Tiling {
  if (kept.length === 0) return withoutTiles(rolled);
  const { question, steps } = rolled;
  const tiling = tile({ period: question.view.period, steps, kept });
  return tiling.live.length <= MOST_STRETCHES ? tiling : withoutTiles(rolled);
}

type Known = {
  /** Spans whose answers are kept and still hold, by their keys. */
  kept: Record<KeptBy, readonly string[]>;
  /** When the last of those of the period's sessions ended that lasted for more than a day; null without any. */
  lastEnd: Date | null;
};

/** With several filters nothing is read of what is kept. The last end is an expression, so that it is not looked for from
 * the shop's latest session backwards. */
async function whatIsKnown(sql: Sql, rolled: Rolled): Promise<Known> {
  const { shopId, view } = rolled.question;
  const { from, to, timeZone } = view.period;
  const { text, values } = Prisma.sql`
    with changed as materialized (
      select distinct basis, hour from rollup_changes where shop_id = ${shopId}::int
    ), kept as (
      select by, array_agg(unit || ' ' || (extract(epoch from starts_at) * 1000)::bigint) as keys
      from rollup_spans s cross join lateral (
        values (basis), (case when ${choiceOf(view.filters)}::text = any (chosen_by) then 'choice' end)
      ) as of(by)
      where shop_id = ${shopId}::int and starts_at >= ${from}::timestamptz
        and ends_at <= ${to}::timestamptz and time_zone = ${timeZone}::text
        and ${filtersIn(rolled).length <= 1}::boolean
        and not exists (select from changed c where ${IS_CHANGED_BY})
      group by by
    )
    select by, coalesce(keys, '{}') as keys, (
             select max(ended_at + interval '0') from sessions
             where shop_id = ${shopId}::int and started_at >= ${from}::timestamptz
               and started_at < ${to}::timestamptz and ended_at - started_at > interval '1 day'
           ) as "lastEnd"
    from unnest(${[...BASES, "choice"]}::text[]) as of(by) left join kept using (by)`;
  const found = await sql.rows<{ by: KeptBy; keys: string[]; lastEnd: Date | null }>(text, values);
  const keysOf = (by: KeptBy) => found.find((row) => row.by === by)?.keys ?? [];
  return {
    kept: {
      ...{ facts: keysOf("facts"), visitors: keysOf("visitors"), catalogue: keysOf("catalogue") },
      choice: keysOf("choice"),
    },
    lastEnd: found[0]?.lastEnd ?? null,
  };
}

type Covered = Tiling & Pick<Known, "lastEnd">;

function partsOf(rollup: Rollup, rolled: Rolled, { tiles, live, lastEnd }: Covered): Prisma.Sql {
  const { shopId, view } = rolled.question;
  const nameOf = namesOf(rolled.steps);
  const stretches = live.map((stretch) => {
    const asked = { shopId, ...stretch, filters: view.filters, ...untilOf(stretch, lastEnd) };
    return Prisma.sql`(${rollup.facts(asked, nameOf)})`;
  });
  const parts = tiles.length > 0 ? [keptRows(rollup, rolled, tiles), ...stretches] : stretches;
  return Prisma.sql`(${Prisma.join(parts, " union all ")})`;
}

/** Until when the sessions of a stretch went on. To find it out costs less than to look at a day too much, where the
 * stretch is short. */
function untilOf({ from, to }: Tiling["live"][number], lastEnd: Date | null): { until?: Date } {
  if (to.getTime() - from.getTime() < SHORT) return {};
  return { until: new Date(Math.max(to.getTime() + DAY, lastEnd?.getTime() ?? 0)) };
}

const SHORT = 3 * DAY;

/** The spans of each unit are a list of their beginnings: by that, the planner knows how many rows there are. */
function keptRows(rollup: Rollup, rolled: Rolled, tiles: Tiling["tiles"]) {
  const { table, keys, sums } = rollup;
  const [filter] = filtersIn(rolled);
  const named = keys.map((name) =>
    filter && isApart(name) ? `'all'::text as ${name}` : `k.${name}`,
  );
  const columns = Prisma.raw([...named, ...sums.map((name) => `k.${name}`)].join(", "));
  const of = namesOf(rolled.steps)(Prisma.sql`k.starts_at`);
  const units = [...new Set(tiles.map(({ unit }) => unit))];
  const rows = units.map((one) => {
    const starts = tiles.filter(({ unit }) => unit === one).map(({ from }) => from);
    return Prisma.sql`
      select ${of} as of, ${columns} from ${Prisma.raw(table)} k
      where k.shop_id = ${rolled.question.shopId}::int and k.unit = ${one}::text
        and k.starts_at = any (${starts}::timestamptz[])
        and ${areOfFilter(rollup, rolled)}`;
  });
  return Prisma.join(rows, " union all ");
}

/** Whether kept rows `k` are of the sessions that a question is about. */
function areOfFilter({ hasChoices }: Rollup, rolled: Rolled): Prisma.Sql {
  if (hasChoices)
    return Prisma.sql`k.chosen_by = ${choiceOf(rolled.question.view.filters) ?? ""}::text`;
  const [filter] = filtersIn(rolled);
  if (!filter) return Prisma.sql`true`;
  const [name, value] = filter;
  return Prisma.sql`k.dimension = ${name}::text and k.value = rollup_value(${value}::text)`;
}

const isApart = (key: string): boolean => key === "dimension" || key === "value";

/** Steps are named by their beginnings; names are sorted as bytes, which the database does much faster. */
function namesOf(steps: readonly Date[]): NameOf {
  if (steps.length === 0) return () => Prisma.sql`'all'::text collate "C"`;
  const names = steps.map((step) => step.toISOString());
  return (at) =>
    Prisma.sql`(${names}::text[])[width_bucket(${at}, ${names}::timestamptz[])] collate "C"`;
}
