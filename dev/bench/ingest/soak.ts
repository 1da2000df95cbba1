import { buildIfStale } from "../../build";
import { startWorld } from "../../load/world";
import { Bench } from "./bench";
import { readOptions } from "./options";
import * as show from "./table";

/** Half of what the app can take, for as long as asked: does it stay as it was? */
const MEASURE_SECONDS = 10;
const SHARE = 0.5;

type Minute = { rate: number; p99: number; memory: number; errors: number };

const FEWEST_MINUTES = 3;

const options = readOptions();
if (options.minutes < FEWEST_MINUTES) {
  console.error(`A soak is compared by thirds: want at least ${FEWEST_MINUTES} minutes.`);
  process.exit(1);
}

async function soak(bench: Bench, perSecond: number): Promise<Minute[]> {
  const minutes: Minute[] = [];
  for (let number = 1; number <= options.minutes; number++) {
    const { rate, taken, requests, memory } = await bench.open(perSecond, { seconds: 60 });
    const all = Object.values(requests).reduce((sum, count) => sum + count, 0);
    const minute = {
      rate,
      p99: taken.quantile(0.99) ?? 0,
      memory,
      errors: all - (requests["200"] ?? 0),
    };
    minutes.push(minute);
    console.log(`minute ${number}: ${describe(minute)}, ${show.requestsOf(requests)}`);
  }
  return minutes;
}

const describe = ({ rate, p99, memory, errors }: Minute) =>
  `${show.whole(rate)} events a second, p99 ${p99.toFixed(1)} ms, ${show.megabytes(memory)}, ${show.whole(errors)} errors`;

/** The last third beside the middle one: the first still warms up. */
function compare(minutes: readonly Minute[], rows: string): show.Line[] {
  const third = Math.max(1, Math.floor(minutes.length / 3));
  const last = average(minutes.slice(-third));
  const middle = average(minutes.slice(-2 * third, -third));
  return [
    ["middle third", describe(middle)],
    ["last third", describe(last)],
    ["rate, last ÷ middle", show.ratio(last.rate, middle.rate)],
    ["p99, last ÷ middle", show.ratio(last.p99, middle.p99)],
    ["memory, last ÷ middle", show.ratio(last.memory, middle.memory)],
    ["rows in the log, as accepted", rows],
  ];
}

function average(minutes: readonly Minute[]): Minute {
  const mean = (field: keyof Minute) =>
    minutes.reduce((sum, minute) => sum + minute[field], 0) / minutes.length;
  return { rate: mean("rate"), p99: mean("p99"), memory: mean("memory"), errors: mean("errors") };
}

await buildIfStale();
const world = await startWorld({ environment: { ROLE: options.role ?? "all" } });
try {
  const bench = new Bench(world, options);
  await bench.closed(1, 3);
  const { rate: most } = await bench.closed(1, MEASURE_SECONDS);
  console.log(`${show.whole(most)} single events a second at most, half of it from now on`);
  const minutes = await soak(bench, most * SHARE);
  show.printTable(compare(minutes, await bench.check()));
} finally {
  await world.end();
}
