/** What reports cost, with PostgreSQL beside it: `npm run bench:analytics`. A shop with `--events N` over 90
 * days and one with a tenth of that: every report of the last 90 days, then what the same would cost from
 * the log. `--only sessions` only the reports whose names have this. */
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { fillRollups } from "~/analytics/rollups/check.server";
import { openDatabase, type Database } from "~/platform/db.server";
import { createLog } from "~/platform/log.server";
import { migrate } from "~/platform/migrate.server";
import { SECOND } from "~/platform/time";
import { LoadDatabase } from "../../load/database";
import type { Histogram } from "../../load/histogram";
import { printTable, whole, type Line } from "../ingest/table";
import { fillShop } from "./fill";
import { NAIVE } from "./naive";
import { QUESTIONS, timed, timesOf, type Shop } from "./reports";

const { values } = parseArgs({
  options: {
    events: { type: "string", default: "1000000" },
    only: { type: "string", default: "" },
  },
});
const events = Number(values.events);
if (!(events >= 1_000)) throw new TypeError(`--events wants 1000 or more, got "${values.events}"`);

/** Makes a shop and its sums. */
async function makeShop(db: Database, count: number): Promise<{ shop: Shop; line: Line }> {
  const begun = performance.now();
  const id = await fillShop(db, { events: count, now: new Date() });
  const written = performance.now();
  await fillRollups(db, id, "Europe/Zurich");
  const seconds = (from: number, to: number) => `${((to - from) / SECOND).toFixed(1)} s`;
  const taken = `written in ${seconds(begun, written)}, sums in ${seconds(written, performance.now())}`;
  return { shop: { id, timeZone: "Europe/Zurich" }, line: [`${whole(count)} events`, taken] };
}

const ms = (value: number | null) => (value === null ? "–" : value.toFixed(value < 10 ? 1 : 0));
const shown = (times: Histogram) => `${ms(times.quantile(0.5))} / ${ms(times.quantile(0.95))}`;
const lineOf = (name: string, [small, large]: (Histogram | null)[]): Line =>
  small && large
    ? [name, `${shown(small)}; ${shown(large)}; ${ratioOf(small, large)}`]
    : [name, "wants to be asked otherwise"];
const ratioOf = (small: Histogram, large: Histogram) =>
  ((large.quantile(0.5) ?? NaN) / (small.quantile(0.5) ?? NaN)).toFixed(1);

const folder = await mkdtemp(path.join(tmpdir(), "pixelnova-analytics-"));
await chmod(folder, 0o755); // the database may run as a user of its own
const database = await LoadDatabase.start(path.join(folder, "postgres"));
await migrate(database.url);
const db = openDatabase(database.url, createLog("error"));
try {
  const [small, large] = [await makeShop(db, events / 10), await makeShop(db, events)];
  await db.$executeRaw`vacuum analyze`;
  const lines: Line[] = [small.line, large.line];
  const shops = [small.shop, large.shop];
  lines.push(["p50 / p95 in ms", "of a tenth; of all; all ÷ a tenth"]);
  for (const asked of QUESTIONS.filter(({ name }) => name.includes(values.only))) {
    const times: (Histogram | null)[] = [];
    for (const shop of shops) times.push(await timesOf(db, shop, asked));
    lines.push(lineOf(asked.name, times));
  }
  for (const [name, ask] of Object.entries(NAIVE)) {
    const times: Histogram[] = [];
    for (const { id } of shops) times.push(await timed(() => ask(db, id)));
    lines.push(lineOf(name, times));
  }
  printTable(lines);
} finally {
  await db.$disconnect();
  await database.stop();
  await rm(folder, { recursive: true, force: true });
}
