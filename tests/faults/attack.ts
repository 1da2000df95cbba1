import { setTimeout as sleep } from "node:timers/promises";
import { test as base } from "vitest";
import { chance, type Chance } from "../../dev/chance";
import { prepareLoad, runLoad } from "../../dev/load/load";
import { memoryOf } from "../../dev/load/processes";
import type { LoadReport, LoadSpec } from "../../dev/load/spec";
import { startWorld, type World } from "../../dev/load/world";
import { judge, readLog, type Verdict } from "./verdict";

/** One round in `npm test`, many in `npm run test:faults`. */
export const ROUNDS = Number(process.env.FAULT_ROUNDS ?? 1);
export const isShort = ROUNDS === 1;
const SEED = process.env.FAULT_SEED ?? "faults";

const RECOVERY_LIMIT_MS = 60_000;
const MEMORY_LIMIT_MS = 30_000;
const MEMORY_FACTOR = 2;
const MEMORY_ALLOWANCE = 64 * 2 ** 20;
/** What was refused has this long to turn up in the log and be found out. */
const AFTERMATH_MS = 500;

/** A round's own chance: the same seed breaks things at the same moments. */
export const luckOf = (name: string, round: number) => chance(`${SEED} ${name} ${round}`);
export const rounds = Array.from({ length: ROUNDS }, (_, index) => index + 1);

export const test = base.extend<{ $file: { world: World } }>({
  world: [
    async ({}, use) => {
      const world = await startWorld();
      await use(world);
      await world.end();
    },
    { scope: "file" },
  ],
});

let runs = 0;

/** A run against the app, with what became of each event written down. */
export const spec = ({ app, keys }: World, about: Partial<LoadSpec> = {}): LoadSpec => ({
  port: app.port,
  keys,
  run: ++runs,
  seed: `${SEED} ${runs}`,
  connections: 16,
  eventsPerRequest: 10,
  seconds: 5,
  ledger: true,
  ...about,
});

export type Outcome = {
  report: LoadReport;
  verdict: Verdict;
  /** How long after the load a batch was taken again, in milliseconds. */
  recoveredAfter: number;
};

/** Does something terrible while a load is on, then holds the answers against the log. */
export async function attack(
  world: World,
  { load, fault }: { load: LoadSpec; fault: () => Promise<void> },
): Promise<Outcome> {
  const prepared = await prepareLoad(load);
  const [report] = await Promise.all([prepared.go(), fault()]);
  const recoveredAfter = await untilTaken(world);
  await sleep(AFTERMATH_MS);
  const rows = await readLog(world, load.run);
  return { report, recoveredAfter, verdict: judge(report.ledger, rows, world.keys.length) };
}

/** Waits for a moment of chance within a load's first seconds. */
export const atSomeMoment = (luck: Chance) => sleep(luck.between(300, 1_800));

/** Sends until a batch is taken, as a pixel would; tells how long that took.
 * @throws {Error} it never is */
async function untilTaken({ app, keys }: World): Promise<number> {
  const started = Date.now();
  const body = JSON.stringify({
    key: keys[0],
    sentAt: new Date().toISOString(),
    events: [probe()],
  });
  while (Date.now() - started < RECOVERY_LIMIT_MS) {
    const answer = await fetch(`http://127.0.0.1:${app.port}/pixel/events`, {
      method: "POST",
      body,
      signal: AbortSignal.timeout(5_000),
    }).catch(() => undefined);
    await answer?.body?.cancel();
    if (answer?.ok) return Date.now() - started;
    await sleep(100);
  }
  throw new Error(`nothing is taken ${RECOVERY_LIMIT_MS / 1_000} s later\n${app.output}`);
}

const probe = () => ({
  id: `probe-${Date.now()}`,
  name: "page_viewed",
  clientId: "probe",
  timestamp: new Date().toISOString(),
  data: {},
});

/** What the app holds in its everyday work, in bytes. */
export async function everydayMemory(world: World): Promise<number> {
  await runLoad(spec(world, { seconds: 2 }));
  return memoryOf(world.app.pid);
}

/** Waits until the app holds little more than it did; tells what it holds in the end as a share of what is allowed. */
export async function memoryShare({ app }: World, everyday: number): Promise<number> {
  const allowed = everyday * MEMORY_FACTOR + MEMORY_ALLOWANCE;
  const deadline = Date.now() + MEMORY_LIMIT_MS;
  for (;;) {
    const share = (await memoryOf(app.pid)) / allowed;
    if (share <= 1 || Date.now() > deadline) return share;
    await sleep(500);
  }
}
