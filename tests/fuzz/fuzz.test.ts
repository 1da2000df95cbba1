import { expect } from "vitest";
import { chance } from "../../dev/chance";
import { Histogram } from "../../dev/load/histogram";
import type { World } from "../../dev/load/world";
import { test } from "../faults/attack";
import { validBatch } from "./batch";
import { malformed, type Request } from "./requests";
import { exchange, type Reply } from "./wire";

const CASES = Number(process.env.FUZZ_CASES ?? 2_000);
const SEED = process.env.FUZZ_SEED ?? "fuzz";
const AT_ONCE = 8;
const SHOWN = 20;
const BEGINNING = 400;

/** A request is slow when it takes this many times the median, and at least a second. */
const SLOW_FACTOR = 200;
const SLOW_MS = 1_000;

/** Beyond this a server may cut the connection while we still write, and its answer be lost. */
const LARGE_BYTES = 60_000;
/** Failures that a server may admit to: no room, a method or a version that it does not know. */
const ADMITTED = [501, 503, 505];

type Finding = { number: number; kind: string; why: string };
type Seen = {
  times: Histogram;
  statuses: Record<string, number>;
  findings: Finding[];
  slowest: Finding;
};

/** What is wrong with a reply, if something is. */
function complaint(request: Request, { status, body }: Reply): string | undefined {
  if (status === undefined)
    return request.isWhole && request.bytes.length < LARGE_BYTES ? "no answer" : undefined;
  if (status >= 500 && !ADMITTED.includes(status)) return `${status}: ${body.slice(0, 200)}`;
  return status === 200 && request.body ? miscount(request.body, body) : undefined;
}

/** A batch that is taken is judged to its last event. */
function miscount(sent: Buffer, answered: string): string | undefined {
  const { events } = JSON.parse(sent.toString("utf8")) as { events: unknown[] };
  const told = JSON.parse(answered) as Record<"accepted" | "duplicate" | "rejected", number>;
  const sum = told.accepted + told.duplicate + told.rejected;
  return sum === events.length ? undefined : `${events.length} events sent, ${sum} judged`;
}

async function fuzz({ app, keys }: World): Promise<Seen> {
  const slowest = { number: -1, kind: "", why: "" };
  const seen: Seen = { times: new Histogram(), statuses: {}, findings: [], slowest };
  let next = 0;
  const work = async () => {
    for (let number = next++; number < CASES && app.isRunning; number = next++) {
      const request = malformed(chance(`${SEED} ${number}`), keys[0] ?? "");
      const reply = await exchange(app.port, request);
      note(seen, { number, request, reply });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return seen;
}

function note(seen: Seen, about: { number: number; request: Request; reply: Reply }): void {
  const { number, request, reply } = about;
  const { kind } = request;
  const name = String(reply.status ?? "closed");
  seen.statuses[name] = (seen.statuses[name] ?? 0) + 1;
  if (reply.ms > seen.times.max) seen.slowest = { number, kind, why: `${reply.ms.toFixed(0)} ms` };
  seen.times.record(reply.ms);
  const why = complaint(request, reply);
  if (!why || seen.findings.length >= SHOWN) return;
  const start = request.bytes.toString("latin1", 0, BEGINNING);
  seen.findings.push({ number, kind, why: `${why.trim()} · ${start}` });
}

test(
  "nothing malformed crashes, fails or holds up the server",
  {
    timeout: 60_000 + CASES * 100,
  },
  async ({ world }) => {
    const { pid } = world.app;

    const { times, statuses, findings, slowest } = await fuzz(world);

    const median = times.quantile(0.5) ?? 0;
    process.stderr.write(
      `${times.total} malformed requests: ${JSON.stringify(statuses)}, median ${median.toFixed(1)} ms, ` +
        `slowest ${JSON.stringify(slowest)}\n`,
    );
    expect(findings, world.app.output).toEqual([]);
    expect(times.total).toBe(CASES);
    expect(world.app.isRunning && world.app.pid).toBe(pid);
    expect(times.max, JSON.stringify(slowest)).toBeLessThan(
      Math.max(SLOW_MS, median * SLOW_FACTOR),
    );
    expect(Object.keys(statuses)).toEqual(expect.arrayContaining(["200", "400", "401", "413"]));
  },
);

test("a valid batch is taken as before", async ({ world }) => {
  const batch = validBatch(chance(`${SEED} valid`), world.keys[1] ?? "", 3);

  const answer = await fetch(`http://127.0.0.1:${world.app.port}/pixel/events`, {
    method: "POST",
    body: JSON.stringify(batch),
  });

  expect(await answer.json()).toEqual({ accepted: 3, duplicate: 0, rejected: 0, rejections: [] });
});
