import { randomUUID } from "node:crypto";
import { expect } from "vitest";
import { heatmap, heatmapCells, heatmapPages } from "~/analytics/heatmap/heatmap.server";
import type { Database } from "~/platform/db.server";
import { test } from "../database";
import { shop } from "../factories";
import { addSession, questionAt } from "./session-facts";

type Click = Parameters<Database["click"]["create"]>[0]["data"];

const PRODUCT = { template: "/products/*", viewport: "phone" } as const;
const TODAY = { at: "2026-06-15T12:00:00Z", search: "period=today" };

type Clicked = { at?: string; started?: string } & Partial<Click>;

/** Gives a shop a click on a product's page on a phone, in a session that started with it or is there. */
async function addClick(
  db: Database,
  shopId: number,
  { at = "2026-06-15T08:00:00Z", started = at, ...about }: Clicked = {},
): Promise<void> {
  const { sessionId = "s1", isBot = false } = about;
  if ((await db.session.count({ where: { shopId, sessionId } })) === 0)
    await addSession(db, shopId, { at: started, sessionId, botRule: isBot ? "name" : null });
  await db.session.updateMany({ where: { shopId, sessionId }, data: { endedAt: new Date(at) } });
  await db.click.create({
    data: {
      ...{ shopId, eventId: randomUUID(), sessionId, clientId: "ana", kind: "click", isBot },
      ...{ clickedAt: new Date(at), pathTemplate: "/products/*", pageType: "product" },
      ...{ element: "button", relativeX: 0.5, relativeY: 0.5, viewport: "phone" },
      ...{ sampleRate: 1, ...about },
    },
  });
}

test("elements are told by their clicks, each kind by itself, with the halves of the period so far", async ({
  db,
}) => {
  const { id } = await shop(db);
  await addClick(db, id, { at: "2026-06-15T05:59:59Z" });
  await addClick(db, id, { at: "2026-06-15T06:00:01Z", kind: "rage" });
  for (const sessionId of ["s2", "s2", "s3"])
    await addClick(db, id, { at: "2026-06-15T07:20:00Z", sessionId });
  await addClick(db, id, { at: "2026-06-15T07:20:00Z", element: "img", sessionId: "s2" });
  await addClick(db, id, { at: "2026-06-15T09:00:01Z", element: "img", kind: "dead" });

  const { rows, next } = await heatmap(db, questionAt(id, TODAY), { ...PRODUCT, limit: 50 });

  expect(next).toBeNull();
  expect(rows).toEqual([
    {
      ...{ element: "button", clicks: 4, rageClicks: 1, deadClicks: 0, share: 0.8 },
      ...{ sessions: 3, sessionsBefore: 1, sessionsAfter: 2 },
      ...{ firstAt: new Date("2026-06-15T05:00:00Z"), lastAt: new Date("2026-06-15T07:00:00Z") },
    },
    {
      ...{ element: "img", clicks: 1, rageClicks: 0, deadClicks: 1, share: 0.2 },
      ...{ sessions: 2, sessionsBefore: 1, sessionsAfter: 1 },
      ...{ firstAt: new Date("2026-06-15T05:00:00Z"), lastAt: new Date("2026-06-15T07:00:00Z") },
    },
  ]);
});

test("a session is counted to its end, however long after a long period that is", async ({
  db,
}) => {
  const { id } = await shop(db);
  const started = "2026-05-20T23:50:00Z";
  await addClick(db, id, { at: "2026-05-21T00:10:00Z", started });
  await addClick(db, id, { at: "2026-05-23T09:00:00Z", started });
  await addClick(db, id, { at: "2026-05-23T09:00:00Z", sessionId: "s2" }); // of after the period

  const { rows } = await heatmapPages(
    db,
    questionAt(id, { ...TODAY, search: "from=2026-05-01&to=2026-05-20" }),
    { limit: 50 },
  );

  expect(rows).toMatchObject([{ clicks: 2 }]);
});

test("of more than two days the first and the last click are told by the day", async ({ db }) => {
  const { id } = await shop(db);
  await addClick(db, id, { at: "2026-06-10T05:59:59Z" });
  await addClick(db, id, { at: "2026-06-13T23:59:59Z", sessionId: "s2" });

  const { rows } = await heatmap(db, questionAt(id, { ...TODAY, search: "period=7d" }), {
    ...{ ...PRODUCT, limit: 50 },
  });

  expect(rows).toMatchObject([
    {
      ...{ firstAt: new Date("2026-06-10T00:00:00Z"), lastAt: new Date("2026-06-13T00:00:00Z") },
      ...{ sessionsBefore: 1, sessionsAfter: 1 },
    },
  ]);
});

test("a click counts on the day on which its session started", async ({ db }) => {
  const { id } = await shop(db);
  await addClick(db, id, { at: "2026-06-15T00:10:00Z", started: "2026-06-14T23:50:00Z" });
  const count = async (search: string) =>
    (await heatmapPages(db, questionAt(id, { ...TODAY, search }), { limit: 9 })).rows.map(
      ({ clicks }) => clicks,
    );

  expect(await count("period=today")).toEqual([]);
  expect(await count("period=yesterday")).toEqual([1]);
});

test("places are cells of a tenth; the right and the lower edge are in the last ones", async ({
  db,
}) => {
  const { id } = await shop(db);
  for (const [relativeX, relativeY] of [
    [0, 0],
    [0.05, 0.09],
    [1, 1],
    [0.95, 0.25],
    [0.5, null],
  ] as const)
    await addClick(db, id, { relativeX, relativeY });
  await addClick(db, id, { kind: "rage", relativeX: 0, relativeY: 0 });
  await addClick(db, id, { element: "img" });

  const { rows } = await heatmapCells(db, questionAt(id, TODAY), { ...PRODUCT, limit: 1 });

  expect(rows).toEqual([
    { element: "button", column: 0, row: 0, clicks: 2 },
    { element: "button", column: 9, row: 2, clicks: 1 },
    { element: "button", column: 9, row: 9, clicks: 1 },
  ]);
});

test("other layouts, templates, sessions, shops and bots are not in a heatmap", async ({ db }) => {
  const [{ id }, other] = [await shop(db), await shop(db)];
  await addSession(db, id, { at: "2026-06-15T08:00:00Z", sessionId: "s1", channel: "email" });
  await addSession(db, id, { at: "2026-06-15T08:00:00Z", sessionId: "bot", botRule: "name" });
  await addClick(db, id);
  await addClick(db, id, { viewport: "desktop" });
  await addClick(db, id, { pathTemplate: "/", pageType: "home" });
  await addClick(db, id, { sessionId: "s2" });
  await addClick(db, id, { sessionId: "bot", isBot: true });
  await addClick(db, other.id);

  const question = questionAt(id, { ...TODAY, search: "period=today&channel=email" });
  const { rows } = await heatmap(db, question, { ...PRODUCT, limit: 50 });
  const cells = await heatmapCells(db, question, { ...PRODUCT, limit: 50 });

  expect(rows).toMatchObject([{ element: "button", clicks: 1, share: 1 }]);
  expect(cells.rows).toEqual([{ element: "button", column: 5, row: 5, clicks: 1 }]);
});

test("what can be looked at comes with most clicks first; a sampled click stands for ten", async ({
  db,
}) => {
  const { id } = await shop(db);
  await addClick(db, id);
  await addClick(db, id, { sampleRate: 0.1, viewport: "desktop" });
  await addClick(db, id, { sampleRate: 0.1, viewport: "desktop", kind: "dead" });

  const { rows } = await heatmapPages(db, questionAt(id, TODAY), { limit: 50 });

  const page = { template: "/products/*", pageType: "product" };
  expect(rows).toEqual([
    { ...page, viewport: "desktop", clicks: 10, rageClicks: 0, deadClicks: 10 },
    { ...page, viewport: "phone", clicks: 1, rageClicks: 0, deadClicks: 0 },
  ]);
});

test("elements follow each other from page to page, with their share of all", async ({ db }) => {
  const { id } = await shop(db);
  for (const element of ["a", "b", "b", "c"]) await addClick(db, id, { element });
  const read = (cursor?: string) =>
    heatmap(db, questionAt(id, TODAY), { ...PRODUCT, limit: 2, cursor });

  const first = await read();
  const second = await read(first.next ?? "");

  const told = [...first.rows, ...second.rows].map(({ element, share }) => [element, share]);
  expect(told).toEqual([
    ["b", 0.5],
    ["a", 0.25],
    ["c", 0.25],
  ]);
  expect(second.next).toBeNull();
});

test("a day is the shop's, and one without clicks has no heatmap", async ({ db }) => {
  const { id } = await shop(db);
  await addClick(db, id, { at: "2026-06-14T10:59:59Z", element: "yesterday", sessionId: "s0" });
  await addClick(db, id, { at: "2026-06-14T11:00:00Z", element: "today" });

  const asked = { ...TODAY, at: "2026-06-15T08:00:00Z", zone: "Pacific/Tongatapu" };
  const { rows } = await heatmap(db, questionAt(id, asked), { ...PRODUCT, limit: 50 });
  const later = { ...asked, at: "2026-06-17T08:00:00Z" };

  expect(rows.map(({ element }) => element)).toEqual(["today"]);
  expect((await heatmapPages(db, questionAt(id, later), { limit: 50 })).rows).toEqual([]);
});
