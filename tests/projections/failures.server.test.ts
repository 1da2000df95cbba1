import { expect } from "vitest";
import { append, ensurePartitions } from "~/events/log.server";
import { retryFailures } from "~/projections/failures.server";
import { inTransaction } from "~/platform/sql.server";
import { FACTS, foldVisits, writeRows } from "~/projections/tables.server";
import { foldTimeline } from "~/projections/timeline";
import { test } from "../database";
import { refold } from "../folding";
import { logEvent, NOON, shop, timelineEvent } from "../factories";

test("a visit that a fold throws at is set aside, and the others go on", async ({ db }) => {
  const { id } = await shop(db);
  const poisonous = FACTS.map((fact) =>
    fact.table === "page_views"
      ? {
          ...fact,
          fold: (visit: Parameters<typeof fact.fold>[0]) => {
            if (visit.events[0].clientId === "ana") throw new TypeError("poison");
            return fact.fold(visit);
          },
        }
      : fact,
  );
  const visits = ["ana", "bo"].flatMap(
    (clientId) => foldTimeline([timelineEvent({ clientId })]).visits,
  );

  const folded = foldVisits([{ shopId: id, visits }], poisonous);
  await inTransaction(db.pool, (sql) => writeRows(sql, folded));

  expect(await db.session.count({ where: { shopId: id } })).toBe(2);
  expect(await db.pageView.findMany({ where: { shopId: id } })).toMatchObject([{ clientId: "bo" }]);
  expect(await db.foldFailure.findMany({ where: { shopId: id } })).toMatchObject([
    { clientId: "ana", failedTable: "page_views", error: "TypeError: poison" },
  ]);
});

test("what the log holds against its schema is set aside, found and, once mended, folded", async ({
  db,
}) => {
  await ensurePartitions(db, NOON);
  const { id } = await shop(db);
  const bad = { context: { path: "/" }, data: { searchResult: { query: 7 } }, consent: null };
  await append(db, id, [logEvent(), logEvent({ name: "search_submitted", payload: bad })]);

  await refold(db, id, ["ana"]);
  expect(await db.foldFailure.findMany({ where: { shopId: id } })).toMatchObject([
    { failedTable: "session_products" }, // which counts what searches led to
    { failedTable: "searches" },
  ]);
  expect((await retryFailures(db)).left).toBeGreaterThan(0);

  await db.$executeRaw`
    update pixel_events set payload = '{"data": {"searchResult": {"query": "tea", "productIds": []}}}'
    where shop_id = ${id}::int and name = 'search_submitted'`;
  await retryFailures(db);

  expect(await db.foldFailure.count({ where: { shopId: id } })).toBe(0);
  expect(await db.search.findMany({ where: { shopId: id } })).toMatchObject([{ query: "tea" }]);
});
