import { randomUUID } from "node:crypto";
import { pino } from "pino";
import { expect } from "vitest";
import { differencesOf, fillRollups } from "~/analytics/rollups/check.server";
import { startChecking } from "~/analytics/rollups/checking.server";
import type { Database } from "~/platform/db.server";
import { createMetrics } from "~/platform/metrics.server";
import { HOUR } from "~/platform/time";
import { test } from "../database";
import { shop } from "../factories";
import { addSession } from "./session-facts";

const YESTERDAY = new Date(Date.now() - 25 * HOUR);

/** A shop with two sessions, and sums of them by its days. */
async function summedShop(db: Database, timeZone = "UTC"): Promise<number> {
  const { id } = await shop(db, { timeZone });
  for (const at of ["2026-06-01T10:00Z", "2026-06-02T10:00Z"])
    await addSession(db, id, { at, clientId: randomUUID() });
  await fillRollups(db, id, timeZone);
  await db.rollupState.update({ where: { shopId: id }, data: { checkedAt: YESTERDAY } });
  return id;
}

const spoil = (db: Database, shopId: number) =>
  db.sessionDay.updateMany({ where: { shopId, dimension: "all" }, data: { sessions: 7 } });

/** Lets a process check until it has nothing to do.
 * @returns what it counted, and the shops that it logged, each with what was wrong */
async function checkAll(db: Database) {
  const lines: { level: number; shop?: number; differences?: number }[] = [];
  const write = (line: string) => void lines.push(JSON.parse(line) as (typeof lines)[number]);
  const log = pino({ base: undefined }, { write });
  const metrics = createMetrics();
  const stop = startChecking({ db, log, metrics });
  const since = new Date(YESTERDAY.getTime() + HOUR);
  await expect
    .poll(async () => {
      const shops = await db.shop.count({ where: { uninstalledAt: null } });
      const where = { checkedAt: { gt: since }, filledAt: { not: null } };
      return shops - (await db.rollupState.count({ where }));
    })
    .toBe(0);
  await stop();
  const counted = await metrics.getSingleMetric("pixelnova_rollup_differences_total")?.get();
  const logged = lines.map(({ shop, differences }) => [shop, differences]);
  return { counted: counted?.values[0]?.value, logged };
}

test("in a night, sums that are wrong are told of and put right, and those that are right left alone", async ({
  db,
}) => {
  const [wrong, right] = [await summedShop(db), await summedShop(db)];
  await spoil(db, wrong);
  const { filledAt } = await db.rollupState.findUniqueOrThrow({ where: { shopId: right } });

  const told = await checkAll(db);

  expect(told).toEqual({ counted: 2, logged: [[wrong, 2]] });
  expect(await differencesOf(db, wrong)).toBe(0);
  const states = await db.rollupState.findMany({ orderBy: { shopId: "asc" } });
  expect(states.map(({ shopId, differences }) => [shopId, differences])).toEqual([
    [wrong, 2],
    [right, 0],
  ]);
  expect(states[1]?.filledAt).toEqual(filledAt);
});

test("new shops get sums, shops that moved get new ones, and shops that are gone none", async ({
  db,
}) => {
  const { id: fresh } = await shop(db);
  await addSession(db, fresh, { at: "2026-06-01T10:00Z" });
  const moved = await summedShop(db);
  await db.shop.update({ where: { id: moved }, data: { timeZone: "Pacific/Auckland" } });
  const gone = await summedShop(db);
  await spoil(db, gone);
  await db.shop.update({ where: { id: gone }, data: { uninstalledAt: new Date() } });

  const told = await checkAll(db);

  expect(told).toEqual({ counted: 0, logged: [] });
  const days = async (shopId: number) =>
    (await db.sessionDay.findMany({ where: { shopId, dimension: "all" }, orderBy: { day: "asc" } }))
      .filter(({ rowCount }) => rowCount > 0)
      .map(({ day, sessions }) => [day.toISOString().slice(0, 10), sessions]);
  expect(await days(fresh)).toEqual([["2026-06-01", 1]]);
  expect((await db.rollupState.findUniqueOrThrow({ where: { shopId: moved } })).timeZone).toBe(
    "Pacific/Auckland",
  );
  expect(await days(gone)).toEqual([
    ["2026-06-01", 7],
    ["2026-06-02", 7],
  ]);
});
