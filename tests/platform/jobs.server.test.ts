import { expect } from "vitest";
import PgBoss from "pg-boss";
import { defineJob, startJobs } from "~/platform/jobs.server";
import { contextOn } from "../shopify/stand-in";
import { test } from "../database";

const nightly = (name: string, run = () => Promise.resolve()) =>
  defineJob({ name, cron: "0 3 * * *", run });

const schedules = async (databaseUrl: string) => {
  const boss = await new PgBoss({ connectionString: databaseUrl, schedule: false }).start();
  const found = await boss.getSchedules();
  await boss.stop({ wait: true });
  return found.map(({ name, cron }) => [name, cron]).sort();
};

/** A job whose first run fails, and the number of the run that did not. */
function flakyJob() {
  let runs = 0;
  const events = new EventTarget();
  const job = nightly("flaky", () => {
    if (++runs === 1) return Promise.reject(new Error("the first time"));
    events.dispatchEvent(new Event("success"));
    return Promise.resolve();
  });
  const success = new Promise<number>((resolve) =>
    events.addEventListener("success", () => resolve(runs)),
  );
  return { job, success };
}

test("a job that is sent runs, and runs again when it failed", async ({ db, dbUrl }) => {
  const { job, success } = flakyJob();
  const jobs = await startJobs({ databaseUrl: dbUrl, context: contextOn(db), jobs: [job] });
  const boss = await new PgBoss({ connectionString: dbUrl, schedule: false }).start();

  await boss.send("flaky", {});

  expect(await success).toBe(2);
  await boss.stop({ wait: true });
  await jobs.stop();
}, 60_000);

test("each start leaves exactly its own jobs on the schedule", async ({ db, dbUrl }) => {
  const context = contextOn(db);
  const start = (...names: string[]) =>
    startJobs({ databaseUrl: dbUrl, context, jobs: names.map((name) => nightly(name)) });
  await (await start("old", "kept")).stop();
  await (await start("kept", "new")).stop();

  expect(await schedules(dbUrl)).toEqual([
    ["kept", "0 3 * * *"],
    ["new", "0 3 * * *"],
  ]);
}, 60_000);
