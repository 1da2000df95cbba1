import { expect } from "vitest";
import type { Database } from "~/platform/db.server";
import { answerReport } from "~/api/analytics.server";
import { CsvFile, NEXT_CURSOR } from "~/api/csv.server";
import { test } from "../database";
import { shop } from "../factories";

const AT = new Date("2026-11-21T11:00:00.000Z");
const NOW = new Date("2026-11-21T12:00:00.000Z");

/** So many sessions an hour before, 300 pages and 400 searches. */
async function openShop(db: Database, count: number) {
  const { id } = await shop(db, { timeZone: "UTC" });
  await db.$executeRaw`
    insert into sessions (shop_id, session_id, client_id, started_at, ended_at, event_count, page_view_count)
    select ${id}::int, 's' || n, 'c' || n, at - n % 7 * interval '1 minute', at, 1, 1
    from generate_series(1, ${count}::int) as n, (select timestamptz '2026-11-21 11:00Z' as at)`;
  await db.$executeRaw`
    insert into page_views (shop_id, event_id, session_id, client_id, viewed_at, path)
    select ${id}::int, 'v' || n, 's' || n, 'c' || n, '2026-11-21 11:00Z', '/p' || n
    from generate_series(1, 300) as n`;
  await db.search.createMany({
    data: Array.from({ length: 400 }, (_, n) => ({
      ...{
        shopId: id,
        eventId: `q${n}`,
        sessionId: `s${n + 1}`,
        clientId: `c${n + 1}`,
        searchedAt: AT,
      },
      ...{ query: `q${n}`, resultCount: 1, isBot: false, sampleRate: 1 },
    })),
  });
  return id;
}

async function fileOf(db: Database, id: number, { path = "", search = "" }) {
  const file = await answerReport(db, path, {
    shop: { id, currency: "EUR", timeZone: "UTC" },
    ...{ search: new URLSearchParams(`format=csv&period=today&${search}`), now: NOW },
  });
  if (!(file instanceof CsvFile)) throw new Error("no file");
  const lines = file.text.trimEnd().split("\r\n");
  return { firsts: lines.slice(1).map((line) => line.split(",")[0]), headers: file.headers };
}

test("a file has every row of a list that is longer than a page", async ({ db }) => {
  const id = await openShop(db, 20_050);

  const sessions = await fileOf(db, id, { path: "sessions" });
  const pages = await fileOf(db, id, { path: "page-views/top-pages" });
  const queries = await fileOf(db, id, { path: "search" });
  const landings = await fileOf(db, id, { path: "page-views/avg-time", search: "by=path" });

  expect(new Set(sessions.firsts)).toEqual(
    new Set(Array.from({ length: 20_050 }, (_, n) => `s${n + 1}`)),
  );
  expect(sessions.firsts).toHaveLength(20_050);
  expect([pages.firsts.length, new Set(pages.firsts).size]).toEqual([300, 300]);
  expect([queries.firsts.length, new Set(queries.firsts).size]).toEqual([400, 400]);
  expect(landings.firsts).toHaveLength(300);
  expect(sessions.headers).not.toHaveProperty(NEXT_CURSOR);
});

test("a file of so many rows as are asked for says where the rest begins", async ({ db }) => {
  const id = await openShop(db, 5);

  const first = await fileOf(db, id, { path: "sessions", search: "limit=3" });
  const cursor = first.headers[NEXT_CURSOR] ?? "";
  const rest = await fileOf(db, id, { path: "sessions", search: `cursor=${cursor}` });

  expect([first.firsts.length, rest.firsts.length]).toEqual([3, 2]);
  expect(new Set([...first.firsts, ...rest.firsts]).size).toBe(5);
});
