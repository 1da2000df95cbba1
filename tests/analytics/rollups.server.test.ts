import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { expect } from "vitest";
import { checkShop, differencesOf, fillRollups } from "~/analytics/rollups/check.server";
import { claimDue } from "~/analytics/rollups/checking.server";
import type { Database, Db } from "~/platform/db.server";
import { eraseShop } from "~/privacy/erase.server";
import { test } from "../database";
import { shop } from "../factories";
import { sessionOf, visits, type Visit } from "./rollups";

const TABLES = ["session_days", "duration_days", "visitor_gaps"] as const;

/** How many rows of sums a shop has that are of anything. */
async function rowsOf(db: Db, shopId: number): Promise<number> {
  const where = { shopId };
  const [days, durations, gaps] = await Promise.all([
    db.sessionDay.count({ where: { ...where, rowCount: { gt: 0 } } }),
    db.durationDay.count({ where: { ...where, rowCount: { gt: 0 } } }),
    db.visitorGap.count({ where: { ...where, visitors: { gt: 0 } } }),
  ]);
  return days + durations + gaps;
}

/** A shop whose sums are filled: of nothing yet. */
async function filledShop(db: Database, timeZone = "Europe/Zurich"): Promise<number> {
  const { id } = await shop(db, { timeZone });
  await fillRollups(db, id, timeZone);
  return id;
}

type Step =
  | { do: "add"; visits: Visit[] }
  | { do: "alter"; pick: number; to: Visit }
  | { do: "move"; who: number }
  | { do: "remove"; pick: number };

const steps = fc.array(
  fc.oneof(
    fc.record({
      do: fc.constant("add" as const),
      visits: fc.array(visits([1, 0.3]), { maxLength: 8 }),
    }),
    fc.record({ do: fc.constant("alter" as const), pick: fc.nat(50), to: visits([1, 0.3]) }),
    fc.record({ do: fc.constant("move" as const), who: fc.integer({ min: 1, max: 6 }) }),
    fc.record({ do: fc.constant("remove" as const), pick: fc.nat(50) }),
  ),
  { minLength: 1, maxLength: 12 },
);

/** Does one step to a shop's sessions, of which some are known by their ids. */
async function take(db: Db, { shopId, ids }: { shopId: number; ids: string[] }, step: Step) {
  const idAt = (pick: number) => ids[pick % Math.max(1, ids.length)] ?? "none";
  if (step.do === "add") {
    const added = step.visits.map((visit) => sessionOf(shopId, randomUUID(), visit));
    await db.session.createMany({ data: added });
    ids.push(...added.map(({ sessionId }) => sessionId));
  } else if (step.do === "alter") {
    const sessionId = idAt(step.pick);
    const data = sessionOf(shopId, sessionId, step.to);
    await db.session.updateMany({ where: { shopId, sessionId }, data });
  } else if (step.do === "move") {
    const where = { shopId, clientId: `client-${step.who}` };
    await db.session.updateMany({ where, data: { visitorId: "customer:1" } });
  } else await db.session.deleteMany({ where: { shopId, sessionId: idAt(step.pick) } });
}

test("sums are those of the sessions, whatever is added, altered, moved and removed", async ({
  db,
}) => {
  await fc.assert(
    fc.asyncProperty(fc.array(steps, { minLength: 1, maxLength: 5 }), async (transactions) => {
      const world = { shopId: await filledShop(db), ids: [] };
      for (const transaction of transactions)
        await db.$transaction(async (tx) => {
          for (const step of transaction) await take(tx, world, step);
        });

      expect(await differencesOf(db, world.shopId)).toBe(0);
      expect(await db.sessionChange.count()).toBe(0);
    }),
    { numRuns: 25 },
  );
});

const VISIT: Visit = {
  ...{ who: 1, hour: 30, minutes: 3, pages: 2, kind: 1, orders: 0, isBot: false, rate: 1 },
};
const seen = (shopId: number, about: Partial<Visit> = {}) =>
  sessionOf(shopId, randomUUID(), { ...VISIT, ...about });

test("a day's sums by hand: bots are left out, and a visitor who comes again is one", async ({
  db,
}) => {
  const shopId = await filledShop(db, "Pacific/Auckland");
  await db.session.createMany({
    data: [
      seen(shopId, { hour: 10 }), // 20 October, 23:00 in Auckland
      seen(shopId, { hour: 11, minutes: 0, pages: 1, rate: 0.5 }), // midnight of the 21st
      seen(shopId, { hour: 12, orders: 1 }),
      seen(shopId, { hour: 12, isBot: true }),
    ],
  });

  const days = await db.sessionDay.findMany({
    where: { shopId, dimension: "all" },
    orderBy: { day: "asc" },
  });
  const gaps = await db.visitorGap.findMany({ where: { shopId, dimension: "all" } });

  expect(
    days.map((day) => [day.day.toISOString().slice(0, 10), day.rowCount, day.sessions]),
  ).toEqual([
    ["2026-10-20", 1, 1],
    ["2026-10-21", 2, 3],
  ]);
  expect(days[1]).toMatchObject({
    bounced: 2,
    converted: 1,
    pageViews: 1 * 2 + 2,
    durationMs: 183_702,
  });
  expect(gaps.map(({ visitors }) => visitors)).toEqual([1, 1]);
});

test("a transaction that fails leaves no sums behind", async ({ db }) => {
  const shopId = await filledShop(db);

  const failing = db.$transaction(async (tx) => {
    await tx.session.create({ data: seen(shopId) });
    throw new Error("no");
  });

  await expect(failing).rejects.toThrow("no");
  expect(await rowsOf(db, shopId)).toBe(0);
});

test("sessions from before there were sums are in them once they are filled", async ({ db }) => {
  const { id } = await shop(db);
  await db.session.createMany({ data: [seen(id), seen(id, { who: 2 })] });
  expect(await rowsOf(db, id)).toBe(0);

  expect(await checkShop(db, id, "Europe/Zurich")).toBe(0);

  const day = await db.sessionDay.findFirst({ where: { shopId: id, dimension: "all" } });
  expect(day).toMatchObject({ rowCount: 2, value: "all" });
});

test("what is wrong is found, counted and put right", async ({ db }) => {
  const shopId = await filledShop(db);
  await db.session.createMany({ data: [seen(shopId), seen(shopId, { hour: 80 })] });
  await db.sessionDay.updateMany({
    where: { shopId, dimension: "browser" },
    data: { sessions: 7 },
  });
  await db.visitorGap.deleteMany({ where: { shopId, dimension: "all" } });

  expect(await checkShop(db, shopId, "Europe/Zurich")).toBe(4);

  expect(await differencesOf(db, shopId)).toBe(0);
  expect(await db.rollupState.findUnique({ where: { shopId } })).toMatchObject({ differences: 4 });
  expect(await checkShop(db, shopId, "Europe/Zurich")).toBe(0);
});

test("a shop that moves to another time zone gets the sums of its new days", async ({ db }) => {
  const shopId = await filledShop(db, "UTC");
  await db.session.create({ data: seen(shopId, { hour: 23 }) });

  await checkShop(db, shopId, "Pacific/Kiritimati");
  await db.session.create({ data: seen(shopId, { hour: 9 }) });

  const days = await db.sessionDay.findMany({
    where: { shopId, dimension: "all" },
    orderBy: { day: "asc" },
  });
  expect(days.map(({ day }) => day.toISOString().slice(0, 10))).toEqual([
    "2026-10-20",
    "2026-10-21",
  ]);
  expect(await differencesOf(db, shopId)).toBe(0);
});

test("what is written while sums are filled is in them, and only once", async ({ db }) => {
  const { id } = await shop(db);
  await db.session.createMany({ data: Array.from({ length: 20 }, (_, who) => seen(id, { who })) });

  await Promise.all([
    fillRollups(db, id, "UTC"),
    ...Array.from({ length: 10 }, (_, hour) => db.session.create({ data: seen(id, { hour }) })),
    fillRollups(db, id, "Europe/Zurich"),
    db.session.deleteMany({ where: { shopId: id, clientId: "client-3" } }),
  ]);

  expect(await differencesOf(db, id)).toBe(0);
});

test("a value too long for an index is kept short, and others stay apart from it", async ({
  db,
}) => {
  const shopId = await filledShop(db);
  const names = ["é".repeat(1_024), `${"é".repeat(1_023)}e`];
  await db.session.createMany({
    data: names.map((browser) => ({ ...seen(shopId), browser })),
  });

  const values = await db.sessionDay.findMany({ where: { shopId, dimension: "browser" } });

  expect(values.map(({ rowCount }) => rowCount)).toEqual([1, 1]);
});

test("an erased shop leaves no sums", async ({ db }) => {
  const shopId = await filledShop(db);
  await db.session.create({ data: seen(shopId) });

  await db.$transaction((tx) => eraseShop(tx, shopId));

  for (const table of [...TABLES, "session_changes", "rollup_states"])
    expect(
      await db.$queryRawUnsafe(`select from ${table} where shop_id = $1::int`, shopId),
    ).toEqual([]);
});

test("a new shop is due at once, one process takes it, and then not before the next night", async ({
  db,
}) => {
  await db.shop.deleteMany();
  const { id } = await shop(db, { timeZone: "Nowhere/Land" });
  const now = new Date();

  const claims = await Promise.all([claimDue(db, now), claimDue(db, now)]);
  await checkShop(db, id, "UTC");

  expect(claims).toContainEqual(expect.objectContaining({ shopId: id, timeZone: "UTC" }));
  expect(await claimDue(db, new Date())).toBeNull();
  const tomorrow = new Date(Date.now() + 25 * 3_600_000);
  expect(await claimDue(db, tomorrow)).toMatchObject({ shopId: id });
});
