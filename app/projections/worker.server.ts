import { setTimeout as sleep } from "node:timers/promises";
import type { Database } from "~/platform/db.server";
import type { Log } from "~/platform/log.server";
import { startLoop } from "~/platform/loop.server";
import { SHOP_GROUPS } from "~/events/log.server";
import { ensureCheckpoints, groupsBehind } from "./claims.server";
import { projectNext } from "./runner.server";
import { followGrowth, type Growth } from "./statistics.server";

const AT_ONCE = { entries: 2_000, visitors: 500 };
/** While the database works for one group, another is folded. */
const GROUPS_AT_ONCE = 2;
const IDLE_MS = 250;
const AFTER_FAILURE_MS = 2_000;
/** Nobody who waits for a fold waits for that as well. */
const TELL_MS = 2_000;

/** Keeps the projections current until stopped. Any number may run: a group of shops is one
 * worker's at a time, and killing a worker frees its groups at once.
 * @returns a function that stops after the step in progress */
export async function startProjecting(db: Database, log: Log): Promise<() => Promise<void>> {
  await ensureCheckpoints(db.pool, SHOP_GROUPS);
  const stopping = new AbortController();
  const growth = followGrowth(db.pool);
  const pause = (ms: number) => sleep(ms, undefined, { signal: stopping.signal }).catch(() => {});
  const loop = async () => {
    while (!stopping.signal.aborted) {
      try {
        const events = await projectOnce(db, growth, stopping.signal);
        if (events > 0) log.debug({ events }, "folded events");
        else await pause(IDLE_MS);
      } catch (error) {
        log.error({ reason: String(error) }, "folding failed, and will be tried again");
        await pause(AFTER_FAILURE_MS);
      }
    }
  };
  const ended = loop();
  const stopTelling = startLoop({ name: "telling the planner", pauseMs: TELL_MS, log }, (signal) =>
    growth.tellPlanner(signal),
  );
  return async () => {
    stopping.abort();
    await Promise.all([ended, stopTelling()]);
  };
}

/** Takes one step for every group that is behind.
 * @returns how much was done: entries folded, visitors made */
async function projectOnce(
  { pool }: Database,
  growth: Growth,
  stopping: AbortSignal,
): Promise<number> {
  const groups = await groupsBehind(pool);
  const steps: number[] = [];
  const work = async () => {
    for (
      let group = groups.shift();
      group !== undefined && !stopping.aborted;
      group = groups.shift()
    )
      steps.push(await projectNext(pool, group, AT_ONCE, growth.note));
  };
  await Promise.all(Array.from({ length: GROUPS_AT_ONCE }, work));
  return steps.reduce((done, step) => done + step, 0);
}

/** Folds until every group has caught up with what is readable now: for commands and tests. */
export async function catchUp(db: Database): Promise<void> {
  await ensureCheckpoints(db.pool, SHOP_GROUPS);
  const growth = followGrowth(db.pool);
  while ((await projectOnce(db, growth, new AbortController().signal)) > 0)
    await growth.tellPlanner();
}
