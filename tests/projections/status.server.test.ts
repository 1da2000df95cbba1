import { expect } from "vitest";
import { append, ensurePartitions } from "~/events/log.server";
import { createMetrics } from "~/platform/metrics.server";
import { inTransaction } from "~/platform/sql.server";
import { gaugeFolds } from "~/projections/lag.server";
import { projectionStatus, waitingSince } from "~/projections/status.server";
import { VERSIONS } from "~/projections/versions.server";
import { summarize } from "~/projections/visitors/failures.server";
import { summarizeVisitors } from "~/projections/visitors/summarize.server";
import { test } from "../database";
import { catchUp, prepareFolds } from "../folding";
import { logEvent, NOON, shop } from "../factories";

test.beforeAll(async ({ db }) => {
  await ensurePartitions(db, NOON);
  await prepareFolds(db);
});

test("what waits is counted, and nothing waits once it is folded", async ({ db }) => {
  const { id } = await shop(db);
  await append(db, id, [logEvent({ receivedAt: new Date(Date.now() - 60_000) }), logEvent()]);

  const before = await projectionStatus(db, id);
  expect(before).toMatchObject({ lagEvents: 2, failures: 0, rebuild: null });
  expect(before.lagSeconds).toBeGreaterThan(59);
  expect(before.projections.map(({ version }) => version)).toEqual(
    before.projections.map(() => null),
  );

  await catchUp(db, id);

  const after = await projectionStatus(db, id);
  expect(after).toMatchObject({ lagEvents: 0, lagSeconds: 0 });
  expect(new Map(after.projections.map(({ name, version }) => [name, version]))).toEqual(VERSIONS);
});

test("numbers are said to be behind when what came has waited for a minute", async ({ db }) => {
  const [one, other] = [await shop(db), await shop(db)];
  const [at, later] = [new Date(Date.now() - 90_000), new Date(Date.now() - 80_000)];
  await append(db, one.id, [logEvent({ receivedAt: at }), logEvent({ receivedAt: later })]);
  const soon = new Date(at.getTime() + 50_000);

  expect(await waitingSince(db, one.id, soon)).toBeNull();
  expect(await waitingSince(db, one.id, new Date())).toEqual(at);
  expect(await waitingSince(db, other.id, new Date())).toBeNull();
  await catchUp(db, one.id);
  expect(await waitingSince(db, one.id, new Date())).toBeNull();
});

test("another shop's backlog is not this one's", async ({ db }) => {
  const [one, other] = [await shop(db), await shop(db)];
  await append(db, other.id, [logEvent()]);

  expect(await projectionStatus(db, one.id)).toMatchObject({ lagEvents: 0, lagSeconds: 0 });
});

test("Prometheus is told of the lag in seconds and events, of failures and of rebuilds", async ({
  db,
}) => {
  const { id } = await shop(db);
  await append(db, id, [logEvent()]);
  const projections = ["sessions"];
  await db.rebuild.create({ data: { shopId: id, projections, clientsDone: 1, clientCount: 4 } });
  const metrics = createMetrics();
  gaugeFolds(metrics, db);

  const told = await metrics.metrics();

  expect(told).toMatch(/^pixelnova_fold_lag_events [1-9]/m);
  expect(told).toMatch(/^pixelnova_fold_failures 0$/m);
  expect(told).toMatch(/^pixelnova_rebuild_progress 0.25$/m);
});

test("a visitor of whom nothing can be made is set aside, and the others go on", async ({ db }) => {
  const { id } = await shop(db);
  await append(db, id, [logEvent(), logEvent({ clientId: "bo" })]);
  await catchUp(db, id);
  await db.visitor.deleteMany({ where: { shopId: id } });
  const both = ["client:ana", "client:bo"];

  await inTransaction(db.pool, (sql) =>
    summarize(sql, id, both, async (sql, shopId, ids) => {
      await summarizeVisitors(sql, shopId, ids);
      if (ids.includes("client:ana")) throw new TypeError("poison");
    }),
  );

  const visitors = await db.visitor.findMany({ where: { shopId: id } });
  expect(visitors.map(({ visitorId }) => visitorId)).toEqual(["client:bo"]);
  expect(await db.foldFailure.findMany({ where: { shopId: id } })).toMatchObject([
    { sessionId: "client:ana", failedTable: "visitors", error: "TypeError: poison" },
  ]);

  await inTransaction(db.pool, (sql) => summarize(sql, id, both));
  expect(await db.foldFailure.count({ where: { shopId: id } })).toBe(0);
  expect(await db.visitor.count({ where: { shopId: id } })).toBe(2);
});
