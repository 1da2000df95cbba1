import { parseArgs } from "node:util";

const USAGE = `Usage: npm run bench:ingest [-- OPTIONS]
       npm run bench:soak [-- --minutes 30]

  --seconds N        how long each measurement lasts (10)
  --only A,B         of: ceiling, bare, throughput, latency, overload, growth (all but growth)
  --growth-rows N    size of the large log that growth compares with 100,000 rows (10000000)
  --connections N    connections of a closed loop (64)
  --role web|all     whether the app also folds what it takes (web; for a soak: all)
  --minutes N        how long a soak lasts (30)`;

export const PARTS = ["ceiling", "bare", "throughput", "latency", "overload", "growth"] as const;
export type Part = (typeof PARTS)[number];

export type Options = {
  seconds: number;
  parts: ReadonlySet<Part>;
  growthRows: number;
  connections: number;
  role: string | undefined;
  minutes: number;
};

/** Reads the command line, or explains it and ends the process. */
export function readOptions(): Options {
  try {
    return parse();
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
    process.exit(1);
  }
}

function parse(): Options {
  const { values } = parseArgs({
    options: {
      seconds: { type: "string", default: "10" },
      only: { type: "string", default: "ceiling,bare,throughput,latency,overload" },
      "growth-rows": { type: "string", default: "10000000" },
      connections: { type: "string", default: "64" },
      role: { type: "string" },
      minutes: { type: "string", default: "30" },
    },
  });
  return {
    seconds: positive("seconds", values.seconds),
    parts: new Set(values.only.split(",").map(part)),
    growthRows: positive("growth-rows", values["growth-rows"]),
    connections: positive("connections", values.connections),
    role: values.role,
    minutes: positive("minutes", values.minutes),
  };
}

function positive(name: string, text: string): number {
  const value = Number(text);
  if (value > 0) return value;
  throw new TypeError(`--${name} wants a number above 0, got "${text}"`);
}

function part(name: string): Part {
  const known = PARTS.find((candidate) => candidate === name);
  if (known) return known;
  throw new TypeError(`--only wants some of ${PARTS.join(", ")}, got "${name}"`);
}
