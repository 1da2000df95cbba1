import { buildIfStale } from "../../build";
import { startWorld } from "../../load/world";
import { measureBare } from "./bare";
import { BATCH, Bench, CROWD_CONNECTIONS } from "./bench";
import { measureCeiling, type Ceiling } from "./ceiling";
import { countRows, fillLog } from "./growth";
import type { Measured } from "./measure";
import { readOptions } from "./options";
import * as show from "./table";

/** How fast events are taken, beside what the database and Node could do at best. */
const WARM_UP_SECONDS = 3;
const LATENCY_PER_SECOND = 1_000;
const SMALL_LOG = 100_000;

type Pair = { batches: Measured; singles: Measured };

const options = readOptions();

async function measureAll(bench: Bench): Promise<show.Line[]> {
  const wants = (part: Parameters<typeof options.parts.has>[0]) => options.parts.has(part);
  const lines: show.Line[] = [];
  console.log("warming up …");
  await bench.closed(BATCH, WARM_UP_SECONDS);
  await bench.closed(1, WARM_UP_SECONDS);
  const bare = wants("bare") ? await measureBoth(bareOf(bench)) : undefined;
  const app = wants("throughput") ? await measureBoth((size) => bench.closed(size)) : undefined;
  if (app) lines.push(...throughput(app), ["rows in the log, as accepted", await bench.check()]);
  const ceiling = wants("ceiling") ? await measureCeiling(world) : undefined;
  lines.push(...yardsticks(ceiling, bare), ...ratios(app, ceiling, bare));
  if (wants("latency")) lines.push(...(await latency(bench)));
  if (wants("overload")) lines.push(...(await overload(bench, app)));
  await bench.check();
  if (wants("growth")) lines.push(...(await growth(bench)));
  return lines;
}

async function measureBoth(one: (size: number) => Promise<Measured>): Promise<Pair> {
  return { batches: await one(BATCH), singles: await one(1) };
}

const bareOf = (bench: Bench) => (size: number) => {
  console.log(`a bare server, ${size} a request …`);
  return measureBare({ ...bench.common(), ...bench.closedSpec(size) });
};

const throughput = ({ batches, singles }: Pair): show.Line[] => [
  ...show.throughputLines("50 a request", batches),
  ...show.throughputLines("1 a request", singles),
];

function yardsticks(ceiling?: Ceiling, bare?: Pair): show.Line[] {
  const lines: show.Line[] = [];
  if (ceiling)
    lines.push([
      "ceiling: COPY by the server",
      `${show.whole(ceiling.rate)} rows a second (${show.whole(ceiling.rows)} in ${ceiling.seconds.toFixed(1)} s)`,
    ]);
  if (bare) lines.push(bareLine("50", bare.batches), bareLine("1", bare.singles));
  return lines;
}

const bareLine = (size: string, { rate, cpu }: Measured): show.Line => [
  `bare server, ${size} a request`,
  `${show.whole(rate)} events a second, CPU µs an event: server ${cpu.server.toFixed(1)}, load ${cpu.load.toFixed(1)}`,
];

function ratios(app?: Pair, ceiling?: Ceiling, bare?: Pair): show.Line[] {
  const lines: show.Line[] = [];
  for (const size of ["batches", "singles"] as const) {
    const name = size === "batches" ? "50 a request" : "1 a request";
    if (app && ceiling) lines.push([`${name} ÷ ceiling`, show.ratio(app[size].rate, ceiling.rate)]);
    if (app && bare)
      lines.push([
        `${name}: app's CPU ÷ bare server's`,
        show.ratio(app[size].cpu.server, bare[size].cpu.server),
      ]);
  }
  return lines;
}

async function latency(bench: Bench): Promise<show.Line[]> {
  console.log("latency …");
  const { taken, requests } = await bench.open(LATENCY_PER_SECOND);
  const name = `${show.whole(LATENCY_PER_SECOND)} single events a second`;
  return [
    [`${name}: latency`, show.spread(taken)],
    [`${name}: answers`, show.requestsOf(requests)],
  ];
}

async function overload(bench: Bench, app?: Pair): Promise<show.Line[]> {
  console.log("overload …");
  const { batches, singles } = app ?? (await measureBoth((size) => bench.closed(size)));
  return [
    ...(await twice(bench, "50 a request", BATCH, batches.rate)),
    ...(await twice(bench, "1 a request", 1, singles.rate)),
  ];
}

async function twice(bench: Bench, name: string, size: number, most: number) {
  const { requests, taken, refused, rate } = await bench.open((2 * most) / size, {
    connections: CROWD_CONNECTIONS,
    eventsPerRequest: size,
  });
  const all = Object.values(requests).reduce((sum, count) => sum + count, 0);
  const turnedAway = (requests["503"] ?? 0) + (requests["429"] ?? 0);
  const lines: show.Line[] = [
    ["offered a second, twice the most", show.whole(2 * most)],
    ["taken a second", show.whole(rate)],
    ["refused", show.percent(turnedAway / all)],
    ["latency of the taken", show.spread(taken)],
    ["latency of the refused", show.spread(refused)],
    ["answers", show.requestsOf(requests)],
  ];
  return lines.map(([what, value]): show.Line => [`overload, ${name}: ${what}`, value]);
}

async function growth(bench: Bench): Promise<show.Line[]> {
  const { query } = world;
  await query("truncate pixel_events");
  const rates: number[] = [];
  const lines: show.Line[] = [];
  await bench.closed(BATCH, 1); // rows to fill from
  for (const size of [SMALL_LOG, options.growthRows]) {
    console.log(`filling the log to ${show.whole(size)} rows …`);
    await fillLog(world, size);
    const rows = await countRows(query);
    const { rate } = await bench.closed(BATCH);
    rates.push(rate);
    lines.push([`growth: events a second with ${show.whole(rows)} rows`, show.whole(rate)]);
  }
  const [small = 0, large = 0] = rates;
  return [...lines, ["growth: large ÷ small", show.ratio(large, small)]];
}

await buildIfStale();
const world = await startWorld({ environment: { ROLE: options.role ?? "web" } });
try {
  show.printTable(await measureAll(new Bench(world, options)));
} finally {
  await world.end();
}
