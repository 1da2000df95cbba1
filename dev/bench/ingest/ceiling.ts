import path from "node:path";
import type { World } from "../../load/world";

const MOST_ROWS = 1_000_000;

export type Ceiling = { rows: number; seconds: number; rate: number };

/** How fast the database alone takes the log's own rows into a table of the same layout, by COPY from a
 * file on its side. A client's COPY is the same command with the file sent over: at most as fast. */
export async function measureCeiling({ query, database }: World): Promise<Ceiling> {
  const file = path.join(database.home, "data", "ceiling.copy"); // where its own account may write
  const columns = await writtenColumns(query);
  const [{ rows } = { rows: 0 }] = await query<{ rows: number }>(
    `select count(*)::int as rows from (select from pixel_events limit ${MOST_ROWS}) as taken`,
  );
  await query(`copy (select ${columns} from pixel_events limit ${MOST_ROWS}) to '${file}'`);
  await query("create table ceiling (like pixel_events including all)");
  await query("checkpoint");
  const started = performance.now();
  await query(`copy ceiling (${columns}) from '${file}'`);
  const seconds = (performance.now() - started) / 1_000;
  await query("drop table ceiling");
  return { rows, seconds, rate: rows / seconds };
}

/** The columns that a writer gives; the others are the database's own. */
export async function writtenColumns(query: World["query"]): Promise<string> {
  const columns = await query<{ name: string }>(
    `select quote_ident(column_name) as name from information_schema.columns
     where table_name = 'pixel_events' and column_default is null and is_generated = 'NEVER'
     order by ordinal_position`,
  );
  return columns.map(({ name }) => name).join(", ");
}
