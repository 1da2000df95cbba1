import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect } from "vitest";
import { append, ensurePartitions } from "~/events/log.server";
import type { Database } from "~/platform/db.server";
import { groupsBehind } from "~/projections/claims.server";
import { rebuildShop } from "~/projections/rebuild.server";
import { test } from "../database";
import { factsOf, prepareFolds } from "../folding";
import { logEvent, minutes, NOON, shop } from "../factories";

const PROGRAM = new URL("./keeps-folding.ts", import.meta.url).pathname;
const SHOPS = 5;
/** More than a worker takes at once. */
const EVENTS = 4_500;
const PATIENCE = { timeout: 120_000, interval: 20 };

/** Another process that folds, known to the database by its name. */
function worker(dbUrl: string, name: string) {
  const url = new URL(dbUrl);
  url.searchParams.set("application_name", name);
  const child = spawn(process.execPath, ["--import", "tsx", PROGRAM, url.href], {
    stdio: ["ignore", "inherit", "inherit"],
  });
  const ended = once(child, "exit");
  return {
    async kill() {
      child.kill("SIGKILL");
      await ended;
    },
  };
}

/** Has the database note which worker wrote each page view; what is rolled back was never written. */
const noteWrites = (db: Database) =>
  db.pool.query(`
    create table written (shop_id int, event_id text, worker text);
    create function note_write() returns trigger language plpgsql as $$ begin
      insert into written values (new.shop_id, new.event_id, current_setting('application_name'));
      return null;
    end $$;
    create trigger note_write after insert on page_views for each row execute function note_write()`);

const workersSeen = async (db: Database) => {
  const { rows } = await db.pool.query<{ worker: string }>("select distinct worker from written");
  return rows.map(({ worker }) => worker).sort();
};

/** Whether a worker is in the middle of writing. */
const isWriting = async (db: Database, name: string) => {
  const { rowCount } = await db.pool.query(
    `select from pg_stat_activity
     where application_name = $1 and backend_xid is not null and query like 'insert into%'`,
    [name],
  );
  return rowCount;
};

/** How far every group of shops has been read. */
const checkpoints = async (db: Database) => {
  const all = await db.projectionCheckpoint.findMany();
  return new Map(all.map(({ shopGroup, position }) => [shopGroup, position]));
};

/** Browsers that come once each: whoever folds their events twice writes their rows twice. */
const backlog = () =>
  Array.from({ length: EVENTS }, (_, index) =>
    logEvent({ clientId: `client-${index}`, occurredAt: minutes(index % 600) }),
  );

test(
  "two workers share what there is, and what a killed one had goes on on the other",
  { timeout: 300_000 },
  async ({ db, dbUrl }) => {
    await ensurePartitions(db, NOON);
    await prepareFolds(db);
    await noteWrites(db);
    const shops = await Promise.all(Array.from({ length: SHOPS }, () => shop(db)));
    for (const { id } of shops) await append(db, id, backlog());
    const [one, other] = [worker(dbUrl, "one"), worker(dbUrl, "other")];
    try {
      await expect.poll(() => workersSeen(db), PATIENCE).toEqual(["one", "other"]);
      await expect.poll(() => isWriting(db, "one"), PATIENCE).toBeGreaterThan(0);

      await one.kill();
      const killedAt = Date.now();

      const [before, behind] = [await checkpoints(db), await groupsBehind(db.pool)];
      expect(behind.length).toBeGreaterThan(0);
      const waiting = async () => {
        const [now, still] = [await checkpoints(db), await groupsBehind(db.pool)];
        return behind.filter(
          (group) => still.includes(group) && now.get(group) === before.get(group),
        );
      };
      await expect.poll(waiting, PATIENCE).toEqual([]);
      const took = Date.now() - killedAt;
      process.stderr.write(`${behind.length} groups went on within ${took} ms of the kill\n`);
      await expect.poll(() => groupsBehind(db.pool), PATIENCE).toEqual([]);
    } finally {
      await Promise.all([one.kill(), other.kill()]);
    }

    const { rows } = await db.pool.query<{ writes: number; events: number }>(
      "select count(*)::int as writes, count(distinct (shop_id, event_id))::int as events from written",
    );
    expect(rows).toEqual([{ writes: SHOPS * EVENTS, events: SHOPS * EVENTS }]);
    for (const { id } of shops) {
      const facts = await factsOf(db, id);
      await rebuildShop(db.pool, { shopId: id });
      expect(await factsOf(db, id)).toEqual(facts);
    }
  },
);
