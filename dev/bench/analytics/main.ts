/** What reports cost, with PostgreSQL beside it: `npm run bench:analytics`. A shop with about `--events N` over 90
 * days and one with a tenth of that, with sums and kept answers: every question that a page asks, questions
 * with filters and built funnels, and whole pages, set against another period; then what some would cost
 * from the log. They are simulated shoppers' events, imported and folded; `--by statements` writes facts that are like
 * theirs. `--only sessions` only what has this in its name; `--rounds N` how often each is asked; `--data FOLDER`
 * leaves the database there and finds it there again. */
import { chmod, mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { questionOf } from "~/analytics/question";
import { openDatabase, type Database } from "~/platform/db.server";
import { createLog } from "~/platform/log.server";
import { migrate } from "~/platform/migrate.server";
import { LoadDatabase } from "../../load/database";
import { printTable } from "../ingest/table";
import { writeFacts } from "./fill";
import { foldShoppers } from "./fold";
import { NAIVE } from "./naive";
import { askReport, PAGES } from "./pages";
import { QUESTIONS } from "./questions";
import { makeShop, TIME_ZONE, type Fill } from "./shop";
import { printTimes, timed, type Timed } from "./timing";

const { values } = parseArgs({
  options: {
    events: { type: "string", default: "1000000" },
    by: { type: "string", default: "folds" },
    only: { type: "string", default: "" },
    rounds: { type: "string", default: "20" },
    data: { type: "string" },
  },
});

const FILLS: Readonly<Record<string, Fill>> = { folds: foldShoppers, statements: writeFacts };
const fill = FILLS[values.by];
if (!fill) throw new TypeError(`--by wants ${Object.keys(FILLS).join(" or ")}, got "${values.by}"`);
const events = numberOf("events", 10_000);
const rounds = numberOf("rounds", 3);

function numberOf(name: "events" | "rounds", least: number): number {
  const value = Number(values[name]);
  if (value >= least) return value;
  throw new TypeError(`--${name} wants ${least} or more, got "${values[name]}"`);
}

/** Asks each shop for the same. */
async function* timedAll(
  shops: readonly number[],
  named: readonly { name: string; ask: (shopId: number) => Promise<unknown> }[],
): AsyncGenerator<Timed> {
  for (const { name, ask } of named.filter(({ name }) => name.includes(values.only))) {
    const times: Timed["times"][number][] = [];
    for (const id of shops) times.push(await timed(() => ask(id), rounds));
    yield { name, times };
  }
}

const questionIn = (id: number, search: string) =>
  questionOf({ id, timeZone: TIME_ZONE }, new URLSearchParams(search), new Date());

/** A built funnel by how many steps it has. */
const shortened = (name: string) =>
  name.replace(
    /steps=([^&]+)/,
    (_, steps: string) => `steps=${decodeURIComponent(steps).split("kind").length - 1}`,
  );

async function measure(db: Database, shops: readonly number[]): Promise<void> {
  for (const { name, wanted, asked } of QUESTIONS) {
    const named = asked.map((name) => {
      const [, search = ""] = name.split("?");
      const view = search.includes("period=") ? search : `period=90d&${search}`;
      return {
        name: shortened(name),
        ask: (id: number) => askReport(db, questionIn(id, view), name),
      };
    });
    await printTimes(`${name}, of 90 days`, wanted, timedAll(shops, named));
  }
  const pages = PAGES.flatMap(({ name, period, read }) =>
    [...new Set([period, "90d"])].map((period) => ({
      name: `${name}, ${period}`,
      ask: (id: number) => read(db, questionIn(id, `period=${period}&compare=previous`)),
    })),
  );
  await printTimes("pages, set against the days before", { ms: 200 }, timedAll(shops, pages));
  const naive = Object.entries(NAIVE).map(([name, ask]) => ({
    name,
    ask: (id: number) => ask(db, id),
  }));
  await printTimes("from the log", { ms: Infinity }, timedAll(shops, naive));
}

/** Nothing of it has to outlive the machine; what is asked of it costs the same. */
const SETTINGS = { fsync: "off", max_wal_size: "8GB" };

const folder = values.data ?? (await mkdtemp(path.join(tmpdir(), "pixelnova-analytics-")));
await mkdir(folder, { recursive: true });
await chmod(folder, 0o755); // the database may run as a user of its own
const database = await LoadDatabase.start(path.join(folder, "postgres"), SETTINGS);
await migrate(database.url);
const db = openDatabase(database.url, createLog("error"));
try {
  const shops: { id: number; taken: string }[] = [];
  for (const count of [events / 10, events])
    shops.push(await makeShop(db, count, [values.by, fill]));
  printTable(shops.map(({ taken }, place) => [place ? "all" : "a tenth", taken]));
  await measure(
    db,
    shops.map(({ id }) => id),
  );
} finally {
  await db.$disconnect();
  await database.stop();
  if (values.data === undefined) await rm(folder, { recursive: true, force: true });
}
