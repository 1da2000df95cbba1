import type { World } from "../../load/world";
import { writtenColumns } from "./ceiling";

const STEP = 250_000;

/** What a filled row has of its own; the rest is taken from a row that the app wrote. */
const OWN: Record<string, string> = {
  event_id: "gen_random_uuid()::text",
  client_id: "'filled-' || (random() * 1e6)::int",
  week: "date_trunc('week', moment at time zone 'UTC')::date",
  occurred_at: "moment",
  received_at: "moment",
};

export async function countRows(query: World["query"]): Promise<number> {
  const [row] = await query<{ rows: string }>("select count(*)::text as rows from pixel_events");
  return Number(row?.rows);
}

/** Fills the log up to a size with rows like those in it, spread over the last seven days. */
export async function fillLog({ query }: World, size: number): Promise<void> {
  const columns = await writtenColumns(query);
  const values = columns
    .split(", ")
    .map((name) => OWN[name] ?? `sample.${name}`)
    .join(", ");
  await query(`create table sample as select ${columns} from pixel_events limit 10000`);
  await query("alter table sample add column row_number int generated always as identity");
  const [{ rows: samples } = { rows: 0 }] = await query<{ rows: number }>(
    "select count(*)::int as rows from sample",
  );
  for (let have = await countRows(query); have < size; have += STEP) {
    await query(
      `insert into pixel_events (${columns})
       select ${values}
       from (select n, now() - random() * interval '6 days 23 hours' as moment
             from generate_series(1, ${Math.min(STEP, size - have)}) as n) as filled
       join sample on sample.row_number = 1 + filled.n % ${samples}`,
    );
  }
  await query("drop table sample");
  await query("vacuum analyze pixel_events");
  await query("checkpoint");
}
