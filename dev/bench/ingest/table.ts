import { cpus, loadavg, release, totalmem } from "node:os";
import type { Histogram } from "../../load/histogram";
import type { Measured } from "./measure";

export type Line = [what: string, value: string];

/** Prints lines as a Markdown table, under the machine and the day. */
export function printTable(lines: readonly Line[]): void {
  console.log(`\n${machine()}\n\n| what | measured |\n| --- | --- |`);
  for (const [what, value] of lines) console.log(`| ${what} | ${value} |`);
}

const machine = () =>
  `${new Date().toISOString().slice(0, 10)}, ${cpus().length} cores (${cpus()[0]?.model.trim()}), ` +
  `${gigabytes(totalmem())} GB, Linux ${release()}, Node ${process.versions.node}, ` +
  `load average of the last minute ${loadavg()[0]?.toFixed(1)}`;

const gigabytes = (bytes: number) => Math.round(bytes / 2 ** 30);
export const megabytes = (bytes: number) => `${Math.round(bytes / 2 ** 20)} MB`;
export const whole = (value: number) => Math.round(value).toLocaleString("en-US");
export const percent = (share: number) => `${(share * 100).toFixed(1)} %`;
export const ratio = (a: number, b: number) => (a / b).toFixed(2);

const ms = (value: number | null) => (value === null ? "–" : value.toFixed(value < 10 ? 1 : 0));
export const spread = (times: Histogram) =>
  `p50 ${ms(times.quantile(0.5))}, p90 ${ms(times.quantile(0.9))}, p99 ${ms(times.quantile(0.99))}, max ${ms(times.total ? times.max : null)} ms`;

export const requestsOf = (requests: Record<string, number>) =>
  Object.entries(requests)
    .map(([outcome, count]) => `${whole(count)} × ${outcome}`)
    .join(", ");

export function throughputLines(name: string, measured: Measured): Line[] {
  const { rate, cpu, memory, taken, requests, eventBytes } = measured;
  return [
    [`${name}: durable events a second`, `${whole(rate)} (${Math.round(eventBytes)} bytes each)`],
    [`${name}: latency`, spread(taken)],
    [
      `${name}: CPU µs an event`,
      `app ${cpu.server.toFixed(1)}, database ${cpu.database.toFixed(1)}, load ${cpu.load.toFixed(1)}`,
    ],
    [`${name}: most memory of the app`, megabytes(memory)],
    [`${name}: answers`, requestsOf(requests)],
  ];
}
