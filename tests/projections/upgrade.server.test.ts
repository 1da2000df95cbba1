import { readFile } from "node:fs/promises";
import { expect } from "vitest";
import { append, ensurePartitions } from "~/events/log.server";
import { Database, openDatabase } from "~/platform/db.server";
import { createLog } from "~/platform/log.server";
import { inTransaction } from "~/platform/sql.server";
import { rebuildShop } from "~/projections/rebuild.server";
import { upgradeShops, startUpgrading } from "~/projections/upgrade.server";
import { projectionsBehind, VERSIONS } from "~/projections/versions.server";
import { test } from "../database";
import { catchUp, dyingAfter, factsOf, prepareFolds, refold } from "../folding";
import { emptyDatabase } from "../server";
import { logEvent, minutes, NOON, shop } from "../factories";

const log = createLog("silent");

test.beforeAll(async ({ db }) => {
  await ensurePartitions(db, NOON);
  await prepareFolds(db);
});
test.afterEach(({ db }) => db.projectionVersion.deleteMany());

const context = (userAgent: string) => ({ path: "/", title: "Home", userAgent });

/** A shop that a bot and a person have visited, folded by this version; then what is wrong is put into
 * its rows, as an earlier version might have left it. */
async function visitedShop(db: Database): Promise<number> {
  const { id } = await shop(db);
  await append(db, id, [
    logEvent({ payload: { data: {}, context: context("Googlebot/2.1") } }),
    logEvent({ clientId: "bo", occurredAt: minutes(1) }),
  ]);
  await refold(db, id, ["ana", "bo"]);
  await db.session.updateMany({ where: { shopId: id }, data: { botRule: "of old" } });
  await db.pageView.updateMany({ where: { shopId: id }, data: { title: "of old" } });
  return id;
}

/** Has a projection's rows be an earlier version's. */
const age = (db: Database, projection: string) =>
  db.projectionVersion.updateMany({ where: { projection }, data: { version: 0 } });

const behind = (db: Database) => inTransaction(db.pool, (sql) => projectionsBehind(sql));

const verdicts = async (db: Database, shopId: number) => {
  const sessions = await db.session.findMany({ where: { shopId }, orderBy: { clientId: "asc" } });
  return sessions.map(({ botRule }) => botRule);
};
const titles = async (db: Database, shopId: number) =>
  (await db.pageView.findMany({ where: { shopId } })).map(({ title }) => title);
const OLD = ["of old", "of old"];
const RIGHT = ["declared", null];

test("a shop's first fold notes every projection's version", async ({ db }) => {
  const id = await visitedShop(db);

  const noted = await db.projectionVersion.findMany({ where: { shopId: id } });
  expect(new Map(noted.map(({ projection, version }) => [projection, version]))).toEqual(VERSIONS);
  expect(await behind(db)).toEqual(new Map());
});

test("a shop that was folded by this version is not touched", async ({ db }) => {
  const id = await visitedShop(db);

  expect(await upgradeShops(db, log)).toEqual([]);

  expect(await verdicts(db, id)).toEqual(OLD);
});

test("when a fold changes, each shop's table is made anew, once, and what does not hang on it is left", async ({
  db,
}) => {
  const ids = [await visitedShop(db), await visitedShop(db)];
  await age(db, "sessions");

  expect(await upgradeShops(db, log)).toEqual(ids);
  expect(await upgradeShops(db, log)).toEqual([]);

  for (const id of ids) {
    expect(await verdicts(db, id)).toEqual(RIGHT);
    expect(await titles(db, id)).toEqual(OLD);
  }
});

test("a table that a release brings is filled for the shops that there are", async ({ db }) => {
  const id = await visitedShop(db);
  await db.projectionVersion.deleteMany({ where: { projection: "page_views" } });

  expect(await behind(db)).toEqual(new Map([[id, ["page_views"]]]));
  expect(await upgradeShops(db, log)).toEqual([id]);

  expect(await titles(db, id)).toEqual(["Home", "Home"]);
  expect(await verdicts(db, id)).toEqual(OLD);
});

test("two workers do a shop once", async ({ db }) => {
  const id = await visitedShop(db);
  await age(db, "sessions");

  const done = await Promise.all([1, 2, 3].map(() => upgradeShops(db, log)));

  expect(done.flat()).toContain(id);
  expect(await verdicts(db, id)).toEqual(RIGHT);
  expect(await db.rebuild.count()).toBe(0);
});

test("killed at whichever statement, a shop is as it was or done, and done the next time", async ({
  db,
  dbUrl,
}) => {
  const id = await visitedShop(db);
  await age(db, "sessions");

  let died = 0;
  for (let statements = 0; ; statements += 3) {
    const mortal = dyingAfter(dbUrl, statements);
    const outcome = await rebuildShop(mortal, { shopId: id, projections: ["sessions"] }).catch(
      () => "died",
    );
    await mortal.end();
    if (outcome !== "died") break;
    died++;
    expect(await verdicts(db, id)).toEqual(OLD);
  }

  expect(died).toBeGreaterThan(10);
  expect(await verdicts(db, id)).toEqual(RIGHT);
});

test("told to stop, it gives the shop up and leaves it as it was", async ({ db }) => {
  const id = await visitedShop(db);
  await age(db, "sessions");

  const stopped = rebuildShop(db.pool, { shopId: id, signal: AbortSignal.abort() });

  await expect(stopped).rejects.toThrow("aborted");
  expect(await verdicts(db, id)).toEqual(OLD);
  expect([...(await behind(db)).keys()]).toEqual([id]);
});

test("one shop's failure is not another's", async ({ db }) => {
  const [broken, whole] = [await visitedShop(db), await visitedShop(db)];
  await age(db, "sessions");
  await db.$executeRaw`
    update pixel_events set payload = 'null' where shop_id = ${broken}::int`;

  const upgraded = await upgradeShops(db, log);

  expect(upgraded).toEqual([whole]);
  expect(await verdicts(db, whole)).toEqual(RIGHT);
});

test("a projection that there is not is refused, with those that there are", async ({ db }) => {
  const id = await visitedShop(db);

  await expect(rebuildShop(db.pool, { shopId: id, projections: ["moods"] })).rejects.toThrow(
    /no projection "moods"; there are orders, sessions/,
  );
});

test("what happens under a rebuild is in the tables after it", async ({ db }) => {
  const id = await visitedShop(db);

  const rebuilt = rebuildShop(db.pool, { shopId: id });
  await append(db, id, [logEvent({ clientId: "cy" })]);
  await refold(db, id, ["cy"]);
  await db.$executeRaw`delete from pixel_events where shop_id = ${id}::int and client_id = 'bo'`;
  await refold(db, id, ["bo"]);
  await rebuilt;

  const sessions = await db.session.findMany({
    where: { shopId: id },
    orderBy: { clientId: "asc" },
  });
  expect(sessions.map(({ clientId }) => clientId)).toEqual(["ana", "cy"]);
});

test("a table that was made anew by itself may be ahead of the others", async ({ db }) => {
  const { id } = await shop(db);
  await append(db, id, [logEvent({ name: "product_viewed" })]);

  await rebuildShop(db.pool, { shopId: id, projections: ["page_views", "funnel_steps"] });
  await catchUp(db, id);

  const facts = await factsOf(db, id);
  await rebuildShop(db.pool, { shopId: id });
  expect(await factsOf(db, id)).toEqual(facts);
  expect(facts.funnel_steps).not.toEqual([]);
});

test("a worker that starts folds what is behind, and can be stopped", async ({ db }) => {
  const id = await visitedShop(db);
  await age(db, "sessions");

  const stop = startUpgrading(db, log);
  await expect.poll(() => verdicts(db, id)).toEqual(RIGHT);
  await stop();

  expect(await behind(db)).toEqual(new Map());
});

test("what a shop leaves goes with it", async ({ db }) => {
  const id = await visitedShop(db);

  await db.shop.delete({ where: { id } });

  expect(await db.projectionVersion.findMany()).toEqual([]);
});

test("shops from before there were versions are behind from the start", async () => {
  const migration = (name: string) => readFile(`prisma/migrations/${name}/migration.sql`, "utf8");
  const old = await emptyDatabase(
    await migration("20261121000000_init"),
    "insert into shops (domain, pixel_key) values ('old.myshopify.com', 'key')",
    await migration("20261122000000_orders_without_client"),
    await migration("20261123000000_bots_and_sampling"),
    await migration("20261124000000_ingest"),
    await migration("20261125000000_facts"),
    await migration("20261126000000_journeys"),
  );
  const db = openDatabase(old.url, log);

  expect([...(await behind(db)).values()]).toEqual([[...VERSIONS.keys()].sort()]);

  await db.$disconnect();
  await old.drop();
});
