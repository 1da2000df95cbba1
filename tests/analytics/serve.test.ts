import { describe, expect, test } from "vitest";
import { beginningOf } from "~/analytics/beginning";
import type { Question, Report } from "~/analytics/report";
import { PAGE_PARAMETERS, serve } from "~/analytics/serve";
import type { Database } from "~/platform/db.server";
import { ask } from "./facts";

const NUMBERS = {
  ...{ path: "numbers", title: "Numbers", meaning: "Some numbers." },
  columns: { of: { name: "Of", kind: "number", meaning: "The number." } },
} as const satisfies Report;

/** So many numbers from 0, a page after the other; it needs no database. */
const numbers = (count: number) =>
  serve(NUMBERS, PAGE_PARAMETERS, (_db, _question, { limit, cursor = "0" }) => {
    const first = Number(cursor);
    const end = Math.min(count, first + limit);
    const rows = Array.from({ length: end - first }, (_, index) => ({ of: first + index }));
    return Promise.resolve({ rows, next: end < count ? String(end) : null });
  });

const question: Question = ask(1, "", { now: "2026-11-21T12:00:00Z" });

async function readAll(count: number, search = "") {
  const rows: object[] = [];
  let next: string | null | undefined;
  const pages = numbers(count).readAll({} as Database, question, new URLSearchParams(search));
  for await (const page of pages) {
    rows.push(...page.rows);
    next = page.next;
  }
  return { rows, next };
}

describe("a file", () => {
  test.for([0, 1, 250, 20_000, 20_001, 65_432])("has all of %d rows, each once", async (count) => {
    const { rows, next } = await readAll(count);

    expect(rows).toEqual(Array.from({ length: count }, (_, of) => ({ of })));
    expect(next).toBeNull();
  });

  test("goes on where it was asked to", async () => {
    expect((await readAll(10, "cursor=8")).rows).toEqual([{ of: 8 }, { of: 9 }]);
  });

  test("is full with 100,000 rows, and says where the rest begins", async () => {
    const { rows, next } = await readAll(100_001);

    expect([rows.length, next]).toEqual([100_000, "100000"]);
    expect(await readAll(100_000)).toMatchObject({ next: null });
  });
});

describe("a table without pages", () => {
  test("shows a hundred rows, and tells how many there are besides", () => {
    const rows = Array.from({ length: 123 }, (_, index) => index);

    expect(beginningOf(rows)).toEqual({ rows: rows.slice(0, 100), more: 23 });
    expect(beginningOf(rows.slice(0, 100))).toMatchObject({ more: 0 });
  });
});
