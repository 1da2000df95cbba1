import { describe, expect, test } from "vitest";
import { beginningOf } from "~/analytics/beginning";
import { BY, startsOf } from "~/analytics/groups.server";
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

/** A row for each hour of the day, as questions tell steps, or one of all; it needs no database. */
const hours = serve(
  { ...NUMBERS, columns: { of: { name: "Of", kind: "text", meaning: "The hour." } } },
  { by: BY },
  (_db, { view }, { by }) =>
    Promise.resolve({ rows: (by === "step" ? startsOf(view) : ["all"]).map((of) => ({ of })) }),
);

describe("steps of time that have not begun", () => {
  const today = ask(1, "period=today", { now: "2026-11-21T02:00:00Z" });
  const answer = async (by: string) => {
    const search = new URLSearchParams({ by });
    const { rows } = await hours.read({} as Database, today, search);
    const file: object[] = [];
    for await (const page of hours.readAll({} as Database, today, search)) file.push(...page.rows);
    expect(file).toEqual(rows);
    return rows;
  };

  test("have no row, that which begins now has one", async () => {
    expect(startsOf(today.view)).toHaveLength(24);
    expect(await answer("step")).toEqual(
      startsOf(today.view)
        .slice(0, 3)
        .map((of) => ({ of })),
    );
  });

  test("what is of no step is told as it is", async () => {
    expect(await answer("all")).toEqual([{ of: "all" }]);
  });
});

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
