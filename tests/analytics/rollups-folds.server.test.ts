import { expect } from "vitest";
import { differencesOf, fillRollups } from "~/analytics/rollups/check.server";
import { append, ensurePartitions } from "~/events/log.server";
import type { Database } from "~/platform/db.server";
import { inTransaction } from "~/platform/sql.server";
import { eraseCustomer } from "~/privacy/erase.server";
import { rebuildShop } from "~/projections/rebuild.server";
import { test } from "../database";
import { logEvent, minutes, NOON, shop } from "../factories";
import { catchUp, prepareFolds } from "../folding";

test.beforeAll(async ({ db }) => {
  await ensurePartitions(db, NOON);
  await prepareFolds(db);
});

/** A shop with sums, whose events come in two parts: in the second Ana signs in on a browser that was
 * nobody's, goes on with her visit and comes again on the next day. */
async function visitedShop(db: Database): Promise<number> {
  const { id } = await shop(db);
  await fillRollups(db, id, "Europe/Berlin");
  await append(db, id, [
    logEvent({ clientId: "phone", customerId: "7" }),
    logEvent({ clientId: "laptop", occurredAt: minutes(5) }),
    logEvent({ clientId: "tablet", occurredAt: minutes(9) }),
  ]);
  await catchUp(db, id);
  await append(db, id, [
    logEvent({ clientId: "laptop", customerId: "7", occurredAt: minutes(12) }),
    logEvent({ clientId: "laptop", occurredAt: minutes(24 * 60) }),
    logEvent({ clientId: "tablet", occurredAt: minutes(2) }),
  ]);
  await catchUp(db, id);
  return id;
}

/** Of each day: its sessions, and who came that had not come before. */
async function daysOf(db: Database, shopId: number) {
  const where = { shopId, dimension: "all" };
  const days = await db.sessionDay.findMany({ where, orderBy: { day: "asc" } });
  const [first] = await db.$queryRaw<{ visitors: number }[]>`
    select sum(visitors)::int as visitors from visitor_gaps
    where shop_id = ${shopId}::int and dimension = 'all' and previous_day = '-infinity'`;
  return { sessions: days.map(({ sessions }) => sessions), visitors: first?.visitors };
}

test("what is folded is summed, also when it comes late or changes who somebody is", async ({
  db,
}) => {
  const shopId = await visitedShop(db);

  expect(await daysOf(db, shopId)).toEqual({ sessions: [3, 1], visitors: 2 });
  expect(await differencesOf(db, shopId)).toBe(0);
});

test("a shop that is made anew has the same sums", async ({ db }) => {
  const shopId = await visitedShop(db);
  const before = await db.sessionDay.findMany({ where: { shopId, rowCount: { gt: 0 } } });

  await rebuildShop(db.pool, { shopId });

  const after = await db.sessionDay.findMany({ where: { shopId, rowCount: { gt: 0 } } });
  expect(after).toEqual(before);
  expect(await differencesOf(db, shopId)).toBe(0);
});

test("whoever is erased is taken out of the sums", async ({ db }) => {
  const shopId = await visitedShop(db);

  await inTransaction(db.pool, (sql) =>
    eraseCustomer(sql, shopId, { requestId: "ana", customerId: 7n, orderIds: [] }),
  );

  expect(await daysOf(db, shopId)).toMatchObject({ visitors: 1 });
  expect(await differencesOf(db, shopId)).toBe(0);
});
