import { describe, expect } from "vitest";
import { ensurePartitions } from "~/events/log.server";
import { openDatabase, whenReachable } from "~/platform/db.server";
import { startEmbeddedPostgres } from "~/platform/embedded-postgres.server";
import { createLog } from "~/platform/log.server";
import { migrate } from "~/platform/migrate.server";
import { test } from "../database";
import { body, NOON, pageViewed, shop } from "../factories";
import { temporaryFolder } from "../folders";
import { openIngest, take } from "../ingest";

const quiet = createLog("silent");

test("a moment is stored as it is, whatever zone the server is set to", async ({ db, dbUrl }) => {
  await db.$executeRaw`do $$ begin
    execute format('alter database %I set timezone to %L', current_database(), 'America/New_York'); end $$`;
  const elsewhere = openDatabase(dbUrl, quiet);

  const { id } = await elsewhere.shop.create({
    data: { domain: "zone.myshopify.com", pixelKey: "zone", installedAt: NOON },
  });

  const [row] = await elsewhere.$queryRaw<{ seconds: number }[]>`
    select extract(epoch from installed_at)::int as seconds from shops where id = ${id}::int`;
  expect(row?.seconds).toBe(NOON.getTime() / 1_000);
  await elsewhere.$disconnect();
});

describe("a database that cannot be reached is an expected failure", () => {
  test("when nothing listens where it should be", async () => {
    const databaseUrl = "postgresql://postgres@127.0.0.1:1/none";
    const ingest = openIngest({ db: openDatabase(databaseUrl, quiet), databaseUrl });

    await expect(take(ingest, body({ key: "k", events: [] }))).rejects.toMatchObject({
      code: "unavailable",
      status: 503,
    });
    await ingest.stop();
  });

  test("when it goes away and when it comes back", async () => {
    await using folder = await temporaryFolder();
    const first = await startEmbeddedPostgres(folder.path);
    await migrate(first.url);
    const db = openDatabase(first.url, quiet);
    const { pixelKey } = await shop(db);
    await ensurePartitions(db, NOON);
    const ingest = openIngest({ db, databaseUrl: first.url });
    const send = () => take(ingest, body({ key: pixelKey, events: [pageViewed()] }));
    expect(await send()).toMatchObject({ accepted: 1 });

    await first.stop();
    await expect(send()).rejects.toMatchObject({ status: 503 });

    const port = new URL(first.url).port;
    const second = await startEmbeddedPostgres(folder.path, { port });
    expect(await send()).toMatchObject({ accepted: 1 });
    await ingest.stop();
    await db.$disconnect();
    await second.stop();
  });

  test("a mistake in a query is not one", async ({ db }) => {
    await expect(
      whenReachable(() => db.$queryRaw`select no_such_column`),
    ).rejects.not.toMatchObject({
      status: 503,
    });
  });
});
