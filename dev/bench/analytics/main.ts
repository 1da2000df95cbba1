/** What reports cost, with PostgreSQL beside it: `npm run bench:analytics`. A shop with `--events N` over 90
 * days and one with a tenth of that, with sums and kept answers: every question that a page asks, questions
 * with filters and built funnels, and whole pages, set against another period; then what some would cost
 * from the log. `--only sessions` only what has this in its name; `--data FOLDER` leaves the database there and
 * finds it there again. */
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { questionOf } from "~/analytics/question";
import { fillRollups } from "~/analytics/rollups/check.server";
import { keepChoices } from "~/analytics/rollups/by-choice.server";
import { keepShop } from "~/analytics/rollups/keeping-loop.server";
import { openDatabase, type Database } from "~/platform/db.server";
import { createLog } from "~/platform/log.server";
import { migrate } from "~/platform/migrate.server";
import { SECOND } from "~/platform/time";
import { LoadDatabase } from "../../load/database";
import { printTable, whole, type Line } from "../ingest/table";
import { domainOf, fillShop } from "./fill";
import { NAIVE } from "./naive";
import { askReport, PAGES } from "./pages";
import { QUESTIONS } from "./questions";
import { printTimes, timed, type Timed } from "./timing";

const { values } = parseArgs({
  options: {
    events: { type: "string", default: "1000000" },
    only: { type: "string", default: "" },
    data: { type: "string" },
  },
});
const events = Number(values.events);
if (!(events >= 1_000)) throw new TypeError(`--events wants 1000 or more, got "${values.events}"`);

const timeZone = "Europe/Zurich";

/** Makes a shop, its sums and its kept answers, unless it is there from an earlier time.
 * @throws where its filling was cut short then: its sums come last */
async function makeShop(db: Database, count: number): Promise<{ id: number; line: Line }> {
  const begun = performance.now();
  const known = await db.shop.findUnique({ where: { domain: domainOf(count) } });
  if (known) {
    const sums = { shopId: known.id, filledAt: { not: null } };
    if ((await db.rollupState.count({ where: sums })) === 0)
      throw new Error(`${known.domain} was not filled to the end: remove ${values.data} first`);
    await keepAll(db, known.id);
    return { id: known.id, line: [`${whole(count)} events`, "found"] };
  }
  const id = await fillShop(db, { events: count, now: new Date() });
  await db.$executeRaw`vacuum analyze`;
  const written = performance.now();
  await fillRollups(db, id, timeZone);
  const summed = performance.now();
  await keepAll(db, id);
  await db.$executeRaw`vacuum analyze`;
  const seconds = (from: number, to: number) => `${((to - from) / SECOND).toFixed(1)} s`;
  const taken =
    `written in ${seconds(begun, written)}, sums in ${seconds(written, summed)}, ` +
    `kept answers in ${seconds(summed, performance.now())}`;
  return { id, line: [`${whole(count)} events`, taken] };
}

/** Keeps what the worker would by the next morning. */
async function keepAll(db: Database, shopId: number): Promise<void> {
  while (await keepShop(db, { shopId, timeZone }));
  await keepChoices(db, { shopId, timeZone });
}

/** Asks each shop for the same. */
async function* timedAll(
  shops: readonly number[],
  named: readonly { name: string; ask: (shopId: number) => Promise<unknown> }[],
): AsyncGenerator<Timed> {
  for (const { name, ask } of named.filter(({ name }) => name.includes(values.only))) {
    const times: Timed["times"][number][] = [];
    for (const id of shops) times.push(await timed(() => ask(id)));
    yield { name, times };
  }
}

const questionIn = (id: number, search: string) =>
  questionOf({ id, timeZone }, new URLSearchParams(search), new Date());

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
await chmod(folder, 0o755); // the database may run as a user of its own
const database = await LoadDatabase.start(path.join(folder, "postgres"), SETTINGS);
await migrate(database.url);
const db = openDatabase(database.url, createLog("error"));
try {
  const [small, large] = [await makeShop(db, events / 10), await makeShop(db, events)];
  printTable([small.line, large.line]);
  await measure(db, [small.id, large.id]);
} finally {
  await db.$disconnect();
  await database.stop();
  if (values.data === undefined) await rm(folder, { recursive: true, force: true });
}
