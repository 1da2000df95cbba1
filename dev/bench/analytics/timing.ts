import { AppError } from "~/platform/errors";
import { SECOND } from "~/platform/time";
import { Histogram } from "../../load/histogram";

/** A slow question is asked fewer times, but not fewer than this. */
const FEWEST = 3;
const LONGEST = 5 * SECOND;

/** Does something so many times, one after the other, after one that does not count.
 * @returns how long it took; null where a report wants to be asked otherwise */
export async function timed(
  work: () => Promise<unknown>,
  rounds: number,
): Promise<Histogram | null> {
  try {
    await work();
  } catch (error) {
    if (error instanceof AppError) return null;
    throw error;
  }
  const times = new Histogram();
  const begun = performance.now();
  for (let round = 0; round < rounds; round++) {
    const started = performance.now();
    if (round >= FEWEST && started - begun > LONGEST) break;
    await work();
    times.record(performance.now() - started);
  }
  return times;
}

/** What was asked, and how long it took in each shop, the smaller one first. */
export type Timed = { name: string; times: readonly (Histogram | null)[] };
/** The longest p95 in milliseconds, and by how much the larger shop's p50 may be the smaller one's. */
export type Wanted = { ms: number; growth?: number };

/** Prints what is measured as a Markdown table, as it comes, and what of it is not as wanted. */
export async function printTimes(
  title: string,
  wanted: Wanted,
  measured: AsyncIterable<Timed>,
): Promise<void> {
  const growth = wanted.growth === undefined ? "" : `, growth ${wanted.growth}`;
  console.log(`\n| ${title} (wanted: p95 ${wanted.ms} ms${growth}) | a tenth | all | growth | |`);
  console.log("| --- | --- | --- | --- | --- |");
  let [count, slow] = [0, 0];
  for await (const { name, times } of measured) {
    const [small, large] = times;
    if (!small || !large) continue;
    const grown = (large.quantile(0.5) ?? NaN) / (small.quantile(0.5) ?? NaN);
    const faults = faultsOf(wanted, large.quantile(0.95) ?? Infinity, grown);
    const cells = [name, shown(small), shown(large), grown.toFixed(1), faults.join(", ")];
    console.log(`| ${cells.join(" | ")} |`);
    count++;
    if (faults.length > 0) slow++;
  }
  console.log(`\n${count - slow} of ${count} as wanted; p50 / p95 in milliseconds`);
}

const faultsOf = ({ ms, growth = Infinity }: Wanted, taken: number, grown: number): string[] => [
  ...(taken > ms ? ["slow"] : []),
  ...(grown > growth ? ["grows"] : []),
];

const shown = (times: Histogram) => `${ms(times.quantile(0.5))} / ${ms(times.quantile(0.95))}`;
const ms = (value: number | null) => (value === null ? "–" : value.toFixed(value < 10 ? 1 : 0));
