import PgBoss from "pg-boss";
import type { AppContext } from "~/context";
import { SECOND } from "./time";

/** Work that recurs. It may be run again after a failure, so it must be safe to repeat. */
export type Job = {
  /** Names the job in the database: letters, digits and hyphens. */
  name: string;
  /** When to run it, in UTC, as five cron fields. */
  cron: string;
  run: (context: AppContext) => Promise<unknown>;
};

export const defineJob = (job: Job): Job => job;

type Start = { databaseUrl: string; context: AppContext; jobs: readonly Job[] };

const STOP_TIMEOUT = 20 * SECOND;

/** Runs jobs on schedule. Any number of processes may: each run falls to one of them.
 * @returns `stop`, which lets running jobs end */
export async function startJobs({ databaseUrl, context, jobs }: Start) {
  const boss = new PgBoss({ connectionString: databaseUrl, max: 2 });
  boss.on("error", ({ message }) => context.log.warn({ reason: message }, "jobs are held up"));
  await boss.start();
  await forgetOthers(boss, jobs);
  for (const job of jobs) await schedule(boss, job, context);
  return { stop: () => boss.stop({ timeout: STOP_TIMEOUT, wait: true }) };
}

/** Schedules live in the database, also those of jobs that an earlier release had. */
async function forgetOthers(boss: PgBoss, jobs: readonly Job[]): Promise<void> {
  const names = new Set(jobs.map(({ name }) => name));
  for (const { name } of await boss.getSchedules())
    if (!names.has(name)) await boss.unschedule(name);
}

async function schedule(boss: PgBoss, { name, cron, run }: Job, context: AppContext) {
  await boss.createQueue(name);
  await boss.work(name, { pollingIntervalSeconds: 5 }, async () => {
    try {
      await run(context);
      context.log.info({ job: name }, "job done");
    } catch (error) {
      context.log.error({ job: name, err: error }, "job failed");
      throw error; // so that it is run again
    }
  });
  await boss.schedule(name, cron, {}, { tz: "UTC" });
}
