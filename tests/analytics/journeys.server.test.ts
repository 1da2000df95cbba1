import { expect } from "vitest";
import { journeys, JOURNEY_REPORTS } from "~/analytics/journeys/journeys.server";
import type { Database } from "~/platform/db.server";
import { test } from "../database";
import { shop } from "../factories";
import { addSession, ask } from "./facts";

type Walk = {
  at: string;
  /** Types of pages, a minute apart; `!` buys there. */
  pages: string;
} & Partial<Parameters<typeof addSession>[2]>;

/** A journey of pages, as a fold writes it. */
const journeyOf = (pages: string[], most: [from: number, to?: number]) =>
  pages
    .filter((page, index) => page !== pages[index - 1])
    .slice(...most)
    .join(" → ");

async function addWalks(db: Database, shopId: number, ...walks: Walk[]) {
  for (const { at, pages, ...about } of walks) {
    const names = pages.split(" ");
    const kinds = names.map((name) => name.replace("!", ""));
    const bought = names.findIndex((name) => name.endsWith("!"));
    const until = new Date(Date.parse(at) + names.length * 60_000).toISOString();
    const [paths, before] = [kinds, kinds.slice(0, bought + 1)].map((part) =>
      part.map((kind) => `/${kind}/1`),
    );
    await addSession(db, shopId, {
      ...{ at, until, stage: bought < 0 ? 1 : 5 },
      firstPages: journeyOf(kinds, [0, 5]),
      firstPaths: journeyOf(paths ?? [], [0, 5]),
      ...(bought >= 0 && {
        pagesToPurchase: journeyOf(kinds.slice(0, bought + 1), [-5]),
        pathsToPurchase: journeyOf(before ?? [], [-5]),
      }),
      ...about,
    });
  }
}

const DEFAULTS = { direction: "entry", pages: "type", length: 5, limit: 50 } as const;
const question = (id: number, search = "") => ask(id, search, { now: "2026-06-12T12:00:00Z" });
const at = "2026-06-10T09:00:00Z";

test("sessions are counted by their first pages; the same page twice in a row is one", async ({
  db,
}) => {
  const { id } = await shop(db);
  await addWalks(
    ...([db, id] as const),
    { at, pages: "home collection collection product" },
    { at, pages: "home collection product product" },
    { at, pages: "product cart checkout! other home page account" },
    { at, pages: "home" },
  );

  const { rows, next } = await journeys(db, question(id), DEFAULTS);

  expect(rows).toEqual([
    {
      pages: "home → collection → product",
      length: 3,
      sessions: 2,
      all: 4,
      share: 0.5,
      purchases: 0,
    },
    { pages: "home", length: 1, sessions: 1, all: 4, share: 0.25, purchases: 0 },
    {
      ...{ pages: "product → cart → checkout → other → home", length: 5, sessions: 1 },
      ...{ all: 4, share: 0.25, purchases: 1 },
    },
  ]);
  expect(next).toBeNull();
});

test("towards a purchase, the last pages before it are told", async ({ db }) => {
  const { id } = await shop(db);
  await addWalks(
    ...([db, id] as const),
    { at, pages: "home search collection product cart checkout! account home" },
    { at, pages: "product cart checkout!" },
    { at, pages: "home collection" },
  );

  const { rows } = await journeys(db, question(id), { ...DEFAULTS, direction: "purchase" });
  const short = await journeys(db, question(id), { ...DEFAULTS, direction: "purchase", length: 3 });

  expect(rows.map(({ pages, share }) => [pages, share])).toEqual([
    ["product → cart → checkout", 0.5],
    ["search → collection → product → cart → checkout", 0.5],
  ]);
  expect(short.rows).toEqual([
    { pages: "product → cart → checkout", length: 3, sessions: 2, all: 2, share: 1, purchases: 2 },
  ]);
});

test("journeys can begin with a page, be of paths, and go on on the next page of the list", async ({
  db,
}) => {
  const { id } = await shop(db);
  await addWalks(
    ...([db, id] as const),
    { at, pages: "home cart" },
    { at, pages: "home product" },
    { at, pages: "product cart" },
    { at, pages: "product cart" },
  );
  const pathsOf = (about: object) => journeys(db, question(id), { ...DEFAULTS, ...about });

  const begun = await pathsOf({ starts: "home" });
  expect(begun.rows.map(({ pages, share }) => [pages, share])).toEqual([
    ["home → cart", 0.25],
    ["home → product", 0.25],
  ]);
  const first = await pathsOf({ pages: "path", limit: 2 });
  expect(first.rows.map(({ pages }) => pages)).toEqual([
    "/product/1 → /cart/1",
    "/home/1 → /cart/1",
  ]);
  const second = await pathsOf({ pages: "path", limit: 2, cursor: first.next });
  expect(second.rows.map(({ pages }) => pages)).toEqual(["/home/1 → /product/1"]);
  expect(second.next).toBeNull();
});

test("journeys by path are cut to a length, filtered, weighed, and told of purchases", async ({
  db,
}) => {
  const { id } = await shop(db);
  await addWalks(
    ...([db, id] as const),
    { at, pages: "home home product cart checkout! account", sampleRate: 0.5, device: "mobile" },
    { at, pages: "home product search", device: "mobile" },
    { at, pages: "home product cart", device: "desktop" },
    { at, pages: "home product", device: "mobile", botRule: "name" },
  );
  const pathsOf = (direction: "entry" | "purchase") =>
    journeys(db, question(id, "device=mobile"), {
      ...{ ...DEFAULTS, direction, pages: "path", length: 2, starts: undefined },
    });

  expect((await pathsOf("entry")).rows).toEqual([
    { pages: "/home/1 → /product/1", length: 2, sessions: 3, all: 3, share: 1, purchases: 2 },
  ]);
  expect((await pathsOf("purchase")).rows).toEqual([
    { pages: "/cart/1 → /checkout/1", length: 2, sessions: 2, all: 2, share: 1, purchases: 2 },
  ]);
});

test("journeys that begin with a path are found whether its spaces are encoded or not", async ({
  db,
}) => {
  const { id } = await shop(db);
  await addSession(db, id, { at, firstPaths: "/a%20b → /cart" });
  await addSession(db, id, { at, firstPaths: "/a → /cart" });
  const from = async (starts: string) => {
    const { rows } = await journeys(db, question(id), { ...DEFAULTS, pages: "path", starts });
    return rows.map(({ pages, share }) => [pages, share]);
  };

  expect(await from("/a b")).toEqual([["/a%20b → /cart", 0.5]]);
  expect(await from("/a%20b")).toEqual([["/a%20b → /cart", 0.5]]);
});

test("a session over midnight keeps its pages; bots, other shops and other devices do not count", async ({
  db,
}) => {
  const [ours, theirs] = [await shop(db), await shop(db)];
  const late = "2026-06-09T23:59:30Z";
  await addWalks(
    ...([db, ours.id] as const),
    { at: late, pages: "home cart", device: "mobile", sampleRate: 0.5 },
    { at: late, pages: "home product", device: "desktop" },
    { at: late, pages: "home search", device: "mobile", botRule: "name" },
  );
  await addWalks(db, theirs.id, { at: late, pages: "home account", device: "mobile" });

  const day = "from=2026-06-09&to=2026-06-09&device=mobile";
  const { rows } = await journeys(db, question(ours.id, day), DEFAULTS);

  expect(rows).toEqual([
    { pages: "home → cart", length: 2, sessions: 2, all: 2, share: 1, purchases: 0 },
  ]);
  expect((await journeys(db, question(ours.id), DEFAULTS)).rows).toHaveLength(2);
});

test("journeys of six pages are refused", async ({ db }) => {
  const { id } = await shop(db);

  await expect(
    JOURNEY_REPORTS[0]?.read(db, question(id), new URLSearchParams({ length: "6" })),
  ).rejects.toThrow(/^length: .*5/);
});
