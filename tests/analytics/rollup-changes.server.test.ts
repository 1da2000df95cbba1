import { randomUUID } from "node:crypto";
import { expect } from "vitest";
import { dropOldHours, forgetChanged } from "~/analytics/rollups/keeping.server";
import { keepShop } from "~/analytics/rollups/keeping-loop.server";
import { DAY } from "~/platform/time";
import { inTransaction } from "~/platform/sql.server";
import type { Database, Db } from "~/platform/db.server";
import { test } from "../database";
import { shop } from "../factories";
import { sessionOf, type Visit } from "./rollups";
import { keepAll } from "./keeping";

const ZONE = "Europe/Zurich";
const NOW = new Date("2026-10-28T10:00:00Z");
const VISIT: Visit = {
  ...{ who: 1, hour: 30, minutes: 3, pages: 2, kind: 1, orders: 0, isBot: false, rate: 1 },
};

/** A session of 21 October, 6 o'clock UTC, unless told. */
const visit = (shopId: number, about: Partial<Visit> = {}) =>
  sessionOf(shopId, randomUUID(), { ...VISIT, ...about });

/** Hours that are noted as having other facts, once each. */
async function changedHours(db: Db, shopId: number): Promise<string[]> {
  const changes = await db.rollupChange.findMany({
    where: { shopId, basis: "facts" },
    distinct: ["hour"],
  });
  return changes.map(({ hour }) => hour?.toISOString().slice(5, 16) ?? "all").sort();
}

const spansOf = async (db: Db, shopId: number) =>
  (
    await db.rollupSpan.findMany({
      where: { shopId, basis: "facts" },
      orderBy: { startsAt: "asc" },
    })
  ).map(({ unit, startsAt }) => `${unit} ${startsAt.toISOString().slice(0, 16)}`);

/** A shop with a session, all of whose past is kept. */
async function keptShop(db: Database) {
  const { id } = await shop(db, { timeZone: ZONE });
  await db.session.create({ data: visit(id) });
  await keepAll(db, { shopId: id, timeZone: ZONE }, NOW);
  return id;
}

test("every hour of a session that is written, changed or taken out is noted", async ({ db }) => {
  const { id } = await shop(db);
  const data = visit(id, { hour: 30, minutes: 70 });
  await db.session.create({ data });
  const written = await changedHours(db, id);
  await db.rollupChange.deleteMany({ where: { shopId: id } });

  await db.session.updateMany({ where: { shopId: id }, data: { orderCount: 1 } });
  const changed = await changedHours(db, id);
  await db.rollupChange.deleteMany({ where: { shopId: id } });

  await db.session.deleteMany({ where: { shopId: id } });

  expect(written).toEqual(["10-21T06:00", "10-21T07:00"]);
  expect(changed).toEqual(written);
  expect(await changedHours(db, id)).toEqual(written);
});

test("whose a session is changes nothing that is kept of facts alone", async ({ db }) => {
  const { id } = await shop(db);
  await db.session.create({ data: visit(id) });
  await db.rollupChange.deleteMany({ where: { shopId: id } });

  await db.session.updateMany({
    where: { shopId: id },
    data: { visitorId: "customer:9", customerId: 9 },
  });

  expect(await changedHours(db, id)).toEqual([]);
});

test("what is over is kept by day and week, and its last days by the hour", async ({ db }) => {
  const id = await keptShop(db);

  const spans = await spansOf(db, id);

  expect(spans.filter((span) => span.startsWith("day"))).toEqual([
    ...["day 2026-10-20T22:00", "day 2026-10-21T22:00", "day 2026-10-22T22:00"],
    ...["day 2026-10-23T22:00", "day 2026-10-24T22:00", "day 2026-10-25T23:00"],
    "day 2026-10-26T23:00",
  ]);
  expect(spans.filter((span) => span.startsWith("hour"))).toHaveLength(24 + 10);
  expect(await changedHours(db, id)).toEqual([]);
});

test("a late session has its day forgotten, and kept anew", async ({ db }) => {
  const id = await keptShop(db);
  const before = await spansOf(db, id);
  await db.session.create({ data: visit(id, { hour: 50 }) });

  expect(await forgetChanged(db, { shopId: id, timeZone: ZONE })).toBe(3); // what lies in it, whose it is, and what that belongs to
  const forgotten = await spansOf(db, id);
  await keepAll(db, { shopId: id, timeZone: ZONE }, NOW);

  expect(before.filter((span) => !forgotten.includes(span))).toEqual(["day 2026-10-21T22:00"]);
  expect(await spansOf(db, id)).toEqual(before);
});

test("a day in which somebody came who is still there is not kept", async ({ db }) => {
  const { id } = await shop(db, { timeZone: ZONE });
  const now = new Date("2026-10-21T07:20:00Z");
  await db.session.create({ data: visit(id, { hour: 29, minutes: 130 }) });
  await db.session.create({ data: visit(id, { hour: 28 }) });

  await keepShop(db, { shopId: id, timeZone: ZONE }, now);

  const hours = await spansOf(db, id);
  expect(hours).toContain("hour 2026-10-21T04:00");
  expect(hours).not.toContain("hour 2026-10-21T05:00");
});

test(
  "of a busy day that others are set against hours are kept until its morrow",
  { timeout: 180_000 },
  async ({ db }) => {
    const { id } = await shop(db, { timeZone: ZONE });
    const ofShop = { shopId: id, timeZone: ZONE };
    const hours = async () =>
      (await spansOf(db, id)).filter((span) => span.startsWith("hour 2026-10-21"));
    await db.session.createMany({ data: Array.from({ length: 1_001 }, () => visit(id)) });
    await db.$executeRaw`analyze sessions`;

    await keepShop(db, ofShop, NOW);
    await keepShop(db, ofShop, NOW);
    expect(await hours()).toContain("hour 2026-10-21T06:00");
    await dropOldHours(db, ofShop, new Date(NOW.getTime() + DAY));
    expect(await hours()).not.toEqual([]);
    await dropOldHours(db, ofShop, new Date(NOW.getTime() + 2 * DAY));
    expect(await hours()).toEqual([]);
  },
);

test("a shop that moves to other days has everything kept anew", async ({ db }) => {
  const id = await keptShop(db);

  await keepShop(db, { shopId: id, timeZone: "Pacific/Tongatapu" }, NOW);

  const zones = await db.rollupSpan.groupBy({ by: ["timeZone"], where: { shopId: id } });
  expect(zones.map(({ timeZone }) => timeZone)).toEqual(["Pacific/Tongatapu"]);
});

test("one process at a time keeps a shop's answers", async ({ db }) => {
  const { id } = await shop(db, { timeZone: ZONE });
  await inTransaction(db.pool, async (sql) => {
    await sql.run("select pg_advisory_xact_lock(7301, $1::int)", [id]);

    expect(await keepShop(db, { shopId: id, timeZone: ZONE }, NOW)).toBeNull();
  });
  expect(await keepShop(db, { shopId: id, timeZone: ZONE }, NOW)).toBe(0);
});
