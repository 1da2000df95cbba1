import { readFile } from "node:fs/promises";
import { expect } from "vitest";
import { append, ensurePartitions } from "~/events/log.server";
import { openDatabase, type Database } from "~/platform/db.server";
import { createLog } from "~/platform/log.server";
import { FOLD_VERSION } from "~/projections/timeline";
import { rebuildShop, upgradeShop, shopsBehind } from "~/projections/rebuild.server";
import { upgradeShops, startUpgrading } from "~/projections/upgrade.server";
import { ensureCheckpoints } from "~/projections/runner.server";
import { refoldClients } from "~/projections/refold.server";
import { test } from "../database";
import { emptyDatabase } from "../server";
import { logEvent, minutes, NOON, shop } from "../factories";

const NEXT = FOLD_VERSION + 1;
const log = createLog("silent");

test.beforeAll(async ({ db }) => {
  await ensurePartitions(db, NOON);
  await ensureCheckpoints(db);
});
test.afterEach(({ db }) => db.projectionVersion.deleteMany());

const context = (userAgent: string) => ({ path: "/", title: "Home", userAgent });

/** A shop that a bot and a person have visited, scored by today's rules; then what is wrong is put
 * into its rows, as earlier rules might have left it. */
async function visitedShop(db: Database): Promise<number> {
  const { id } = await shop(db);
  await append(db, id, [
    logEvent({ payload: { data: {}, context: context("Googlebot/2.1") } }),
    logEvent({ clientId: "bo", occurredAt: minutes(1) }),
  ]);
  await db.$transaction((tx) => refoldClients(tx, id, ["ana", "bo"]));
  await db.session.updateMany({ where: { shopId: id }, data: { botRule: "of old" } });
  return id;
}

const verdicts = async (db: Database, shopId: number) => {
  const sessions = await db.session.findMany({ where: { shopId }, orderBy: { clientId: "asc" } });
  return sessions.map(({ botRule }) => botRule);
};
const OLD = ["of old", "of old"];
const RIGHT = ["declared", null];

test("a shop's first fold notes the version of the rules", async ({ db }) => {
  const id = await visitedShop(db);

  expect(await db.projectionVersion.findMany()).toEqual([{ shopId: id, version: FOLD_VERSION }]);
  expect(await shopsBehind(db, FOLD_VERSION)).toEqual([]);
  expect(await shopsBehind(db, NEXT)).toEqual([id]);
});

test("a shop that was scored by the current rules is not touched", async ({ db }) => {
  const id = await visitedShop(db);

  expect(await upgradeShops(db, log, { version: FOLD_VERSION })).toEqual([]);

  expect(await verdicts(db, id)).toEqual(OLD);
});

test("when the rules change, each shop is scored anew, once", async ({ db }) => {
  const ids = [await visitedShop(db), await visitedShop(db)];

  expect(await upgradeShops(db, log, { version: NEXT })).toEqual(ids);
  expect(await upgradeShops(db, log, { version: NEXT })).toEqual([]);

  for (const id of ids) expect(await verdicts(db, id)).toEqual(RIGHT);
});

test("two workers do a shop once", async ({ db }) => {
  const id = await visitedShop(db);

  const folded = await Promise.all([1, 2, 3].map(() => upgradeShop(db, id, { version: NEXT })));

  expect(folded.filter((clients) => clients !== null)).toEqual([2]);
});

test("killed midway, a shop is as it was, and is done the next time", async ({ db }) => {
  const id = await visitedShop(db);
  const before = await db.session.findMany({ where: { shopId: id } });

  for (let statements = 0; statements < 9; statements++)
    await upgradeShops(dyingAfter(db, statements), log, { version: NEXT }).catch(() => {});

  expect(await db.session.findMany({ where: { shopId: id } })).toEqual(before);
  expect(await upgradeShops(db, log, { version: NEXT })).toEqual([id]);
  expect(await verdicts(db, id)).toEqual(RIGHT);
});

/** The database as it is until it dies at one of its statements, counted from now. */
function dyingAfter(db: Database, statements: number): Database {
  let left = statements;
  const mortal = db.$extends({
    query: {
      $allOperations({ args, query }) {
        if (left-- <= 0) throw new Error("the process died here");
        return query(args);
      },
    },
  });
  return mortal as Database;
}

test("told to stop, it gives the shop up and leaves it as it was", async ({ db }) => {
  const id = await visitedShop(db);

  const stopped = upgradeShop(db, id, { version: NEXT, signal: AbortSignal.abort() });

  await expect(stopped).rejects.toThrow("aborted");
  expect(await verdicts(db, id)).toEqual(OLD);
  expect(await shopsBehind(db, NEXT)).toEqual([id]);
});

test("one shop's failure is not another's", async ({ db }) => {
  const [broken, whole] = [await visitedShop(db), await visitedShop(db)];
  await db.$executeRaw`
    update pixel_events set payload = '{"sampleRate": "no number"}' where shop_id = ${broken}::int`;

  expect(await upgradeShops(db, log, { version: NEXT })).toEqual([whole]);

  expect(await verdicts(db, broken)).toEqual(OLD);
  expect(await verdicts(db, whole)).toEqual(RIGHT);
});

test("a rebuild notes the rules that it scored by", async ({ db }) => {
  const id = await visitedShop(db);
  await db.projectionVersion.update({
    where: { shopId_projection: { shopId: id, projection: "sessions" } },
    data: { version: 0 },
  });

  await rebuildShop(db, id);

  expect(await shopsBehind(db, FOLD_VERSION)).toEqual([]);
});

test("a worker that starts scores what is behind, and can be stopped", async ({ db }) => {
  const id = await visitedShop(db);
  await db.projectionVersion.update({
    where: { shopId_projection: { shopId: id, projection: "sessions" } },
    data: { version: 0 },
  });

  const stop = startUpgrading(db, log);
  await expect.poll(() => verdicts(db, id), { timeout: 20_000 }).toEqual(RIGHT);
  await stop();

  expect(await shopsBehind(db, FOLD_VERSION)).toEqual([]);
});

test("what a shop leaves goes with it", async ({ db }) => {
  const id = await visitedShop(db);

  await db.shop.delete({ where: { id } });

  expect(await db.projectionVersion.findMany()).toEqual([]);
});

test("shops from before there were rules are behind from the start", async () => {
  const migration = (name: string) => readFile(`prisma/migrations/${name}/migration.sql`, "utf8");
  const old = await emptyDatabase(
    await migration("20261121000000_init"),
    "insert into shops (domain, pixel_key) values ('old.myshopify.com', 'key')",
    await migration("20261123000000_bots_and_sampling"),
    await migration("20261125000000_facts"),
  );
  const db = openDatabase(old.url, log);

  expect(await shopsBehind(db, FOLD_VERSION)).toHaveLength(1);

  await db.$disconnect();
  await old.drop();
});
