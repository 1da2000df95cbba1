import { Prisma } from "@prisma/client";
import fc from "fast-check";
import { expect } from "vitest";
import { mayBeListed } from "~/analytics/journeys/commonest.server";
import { writeCursor } from "~/platform/cursor.server";
import type { Database } from "~/platform/db.server";
import { test } from "../database";

/** A journey with how many sessions of it are known, and how many went on it. */
type Known = { pages: string; least: number; sessions: number; isCut?: boolean };
type Asked = { limit: number; hidden: number; after?: [sessions: number, pages: string] };

/** The journeys that may be listed by what is known of them. */
async function chosen(db: Database, journeys: readonly Known[], { limit, hidden, after }: Asked) {
  const of = journeys.filter(({ least }) => least > 0);
  const known = Prisma.sql`(
    select * from unnest(${of.map(({ pages }) => pages)}::text[],
                         ${of.map(({ least }) => least)}::float8[],
                         ${of.map(({ isCut }) => isCut ?? false)}::boolean[])
      as known(pages, least, is_cut))`;
  const cursor = after && writeCursor([String(after[0]), after[1]]);
  const found = await db.$queryRaw<{ pages: string }[]>(
    mayBeListed({ limit, cursor }, { known, hidden: Prisma.sql`${hidden}::float8` }),
  );
  return found.map(({ pages }) => pages).sort();
}

/** A list of journeys of which all is known. */
const known = (sessions: Record<string, number>): Known[] =>
  Object.entries(sessions).map(([pages, least]) => ({ pages, least, sessions: least }));

test("what reaches the last of the list with all that may be hidden is chosen, and nothing else", async ({
  db,
}) => {
  const journeys = known({ a: 90, b: 40, c: 30, d: 19, e: 18 });

  expect(await chosen(db, journeys, { limit: 2, hidden: 10 })).toEqual(["a", "b", "c", "d"]);
  expect(await chosen(db, journeys, { limit: 1, hidden: 10 })).toEqual(["a", "b", "c"]);
  expect(await chosen(db, journeys, { limit: 1, hidden: 0 })).toEqual(["a", "b"]);
});

test("nothing is chosen where one that is not known may be as common as the last of the list", async ({
  db,
}) => {
  const journeys = known({ a: 90, b: 40, c: 30 });

  expect(await chosen(db, journeys, { limit: 2, hidden: 28.9 })).toEqual(["a", "b", "c"]);
  expect(await chosen(db, journeys, { limit: 2, hidden: 29 })).toEqual([]);
  expect(await chosen(db, journeys, { limit: 3, hidden: 1 })).toEqual([]);
});

test("those that are as common as the last of the list are chosen", async ({ db }) => {
  const journeys = known({ a: 5, b: 5, c: 5, d: 5, e: 4.4, f: 3 });

  expect(await chosen(db, journeys, { limit: 1, hidden: 0 })).toEqual(["a", "b", "c", "d", "e"]);
});

test("the next list is of those that may come after the one before", async ({ db }) => {
  const journeys = known({ a: 90, b: 41, c: 40, d: 32, e: 25, f: 12, g: 11 });

  expect(await chosen(db, journeys, { limit: 1, hidden: 8, after: [41, "b"] })).toEqual([
    ...["b", "c", "d", "e"],
  ]);
  expect(await chosen(db, journeys, { limit: 4, hidden: 8, after: [41, "b"] })).toEqual([]);
});

const part = fc.integer({ min: 0, max: 12 }).map((thirds) => thirds / 3);
const asked = fc.record({
  limit: fc.integer({ min: 1, max: 3 }),
  hidden: part,
  journeys: fc.array(
    fc.record({
      least: fc.oneof(fc.constant(0), part, fc.integer({ min: 1, max: 20 })),
      more: fc.double({ min: 0, max: 1, noNaN: true }),
      isCut: fc.nat({ max: 9 }).map((one) => one === 0),
    }),
    { maxLength: 12 },
  ),
  pick: fc.option(fc.nat({ max: 5 }), { nil: undefined }),
});

type Told = { pages: string; rounded: number; isCut?: boolean };
const inOrder = (one: Told, other: Told) =>
  other.rounded - one.rounded ||
  Number(other.isCut) - Number(one.isCut) ||
  (one.pages < other.pages ? -1 : 1);

test("a list is never short of a journey, wherever the sessions that are not known went", async ({
  db,
}) => {
  const told = { all: 0, nothing: 0 };
  await fc.assert(
    fc.asyncProperty(asked, async ({ limit, hidden, journeys, pick }) => {
      const made = journeys.map(({ least, more, isCut }, index) => ({
        ...{ pages: `/${index}`, least, isCut, sessions: least + more * hidden },
        rounded: Math.round(least + more * hidden),
      }));
      const ranking = made.filter(({ sessions }) => sessions > 0).sort(inOrder);
      const last = pick === undefined ? undefined : ranking[pick];
      const place = { pages: last?.pages ?? "", rounded: last?.rounded ?? Infinity };
      const isBeyond = (one: Told) =>
        one.rounded < place.rounded || (one.rounded === place.rounded && one.pages > place.pages);
      const list = ranking.filter((one) => one.isCut || isBeyond(one)).slice(0, limit + 1);

      const found = await chosen(db, made, {
        ...{ limit, hidden },
        ...(last && { after: [last.rounded, last.pages] as [number, string] }),
      });

      told[found.length > 0 ? "all" : "nothing"]++;
      if (found.length > 0)
        expect(found).toEqual(expect.arrayContaining(list.map(({ pages }) => pages)));
    }),
    { numRuns: 400, seed: 7 },
  );
  expect(Math.min(told.all, told.nothing)).toBeGreaterThan(40);
});
