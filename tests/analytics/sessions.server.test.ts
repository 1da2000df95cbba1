import { randomUUID } from "node:crypto";
import { expect } from "vitest";
import type { Dimension } from "~/analytics/filters";
import { questionOf } from "~/analytics/question";
import { sessionStats } from "~/analytics/sessions/stats.server";
import { comparisonOf } from "~/analytics/view";
import type { Database } from "~/platform/db.server";
import { MINUTE } from "~/platform/time";
import { test } from "../database";
import { shop } from "../factories";

type Visit = {
  at: string;
  visitor?: string;
  minutes?: number;
  pages?: number;
  about?: Partial<Parameters<Database["session"]["create"]>[0]["data"]>;
};

const visits = (db: Database, shopId: number, given: Visit[]) =>
  db.session.createMany({
    data: given.map(({ at, visitor = "ana", minutes = 0, pages = 1, about = {} }) => ({
      ...{ shopId, sessionId: randomUUID(), clientId: visitor, visitorId: `client:${visitor}` },
      startedAt: new Date(at),
      endedAt: new Date(Date.parse(at) + minutes * MINUTE),
      ...{ eventCount: pages, pageViewCount: pages },
      ...(about as object),
    })),
  });

type Look = { address?: string; now?: string; zone?: string; by?: "all" | "step" | Dimension };

const look = async (db: Database, shopId: number, asked: Look = {}) => {
  const { address = "period=7d", now = "2026-06-15T12:00:00Z", zone = "UTC", by = "all" } = asked;
  const search = new URLSearchParams(address);
  const question = questionOf({ id: shopId, timeZone: zone }, search, new Date(now));
  return { question, rows: (await sessionStats(db, question, { by })).rows };
};

test("sessions are counted, and what they were like", async ({ db }) => {
  const { id } = await shop(db);
  await visits(db, id, [
    { at: "2026-06-10T09:00:00Z", minutes: 1, about: { number: 1, isBounce: true } },
    { at: "2026-06-11T09:00:00Z", minutes: 3, pages: 3, about: { number: 2 } },
    { at: "2026-06-12T09:00:00Z", visitor: "bo", minutes: 8, pages: 5, about: { orderCount: 1 } },
    { at: "2026-06-12T10:00:00Z", visitor: "cy", about: { botRule: "name" } },
    { at: "2026-06-08T23:59:59Z", visitor: "early" },
  ]);

  const { rows } = await look(db, id);

  expect(rows).toEqual([
    {
      ...{ of: "all", sessions: 3, visitors: 2, newSessions: 2, convertedSessions: 1 },
      ...{ medianDuration: 3 * MINUTE, meanDuration: 4 * MINUTE, pagesPerSession: 3 },
      bounceRate: expect.closeTo(1 / 3),
      engagementRate: expect.closeTo(2 / 3),
      conversionRate: expect.closeTo(1 / 3),
    },
  ]);
});

test("rates of no sessions are not known", async ({ db }) => {
  const { id } = await shop(db);

  const { rows } = await look(db, id);

  expect(rows).toMatchObject([
    { sessions: 0, visitors: 0, bounceRate: null, medianDuration: null },
  ]);
});

test("a visitor of several days is one, and every step is there", async ({ db }) => {
  const { id } = await shop(db);
  await visits(db, id, [
    { at: "2026-06-13T09:00:00Z" },
    { at: "2026-06-15T09:00:00Z" },
    { at: "2026-06-15T10:00:00Z" },
  ]);
  const asked = { address: "from=2026-06-12&to=2026-06-15" };

  expect((await look(db, id, asked)).rows[0]).toMatchObject({ sessions: 3, visitors: 1 });
  const { rows } = await look(db, id, { ...asked, by: "step" });
  expect(rows.map(({ of, sessions, visitors }) => [of.slice(0, 10), sessions, visitors])).toEqual([
    ["2026-06-12", 0, 0],
    ["2026-06-13", 1, 1],
    ["2026-06-14", 0, 0],
    ["2026-06-15", 2, 1],
  ]);
});

test("a sampled session stands for those that were not sent", async ({ db }) => {
  const { id } = await shop(db);
  await visits(db, id, [
    { at: "2026-06-13T09:00:00Z", about: { sampleRate: 0.1, isBounce: true } },
    { at: "2026-06-13T10:00:00Z", visitor: "bo", about: { sampleRate: 0.1 } },
    { at: "2026-06-13T11:00:00Z", visitor: "bo", about: { sampleRate: 0.1 } },
  ]);

  const { rows } = await look(db, id);

  expect(rows[0]).toMatchObject({ sessions: 30, visitors: 20, bounceRate: expect.closeTo(1 / 3) });
});

test("sessions are told apart by each dimension, and narrowed down by several", async ({ db }) => {
  const { id } = await shop(db);
  await visits(db, id, [
    { at: "2026-06-13T22:30:00Z", about: { channel: "search", device: "mobile", country: "CH" } },
    { at: "2026-06-14T22:30:00Z", about: { channel: "search", device: "desktop" } },
    {
      at: "2026-06-14T22:30:00Z",
      about: { channel: "email", device: "mobile", isReturning: true },
    },
  ]);
  const counts = async (by: Dimension, address = "period=7d") =>
    Object.fromEntries(
      (await look(db, id, { by, address, zone: "Europe/Zurich" })).rows.map(({ of, sessions }) => [
        of,
        sessions,
      ]),
    );

  expect(await counts("channel")).toEqual({ search: 2, email: 1 });
  expect(await counts("country")).toEqual({ CH: 1, none: 2 });
  expect(await counts("visitor")).toEqual({ new: 2, returning: 1 });
  expect(await counts("hour")).toEqual({ "00": 3 });
  expect(await counts("weekday")).toEqual({ "1": 2, "7": 1 });
  expect(await counts("channel", "device=mobile&channel=search")).toEqual({ search: 1 });
  expect(await counts("channel", "device=mobile%27--")).toEqual({});
});

test("a day is the shop's own, at daylight saving and a day ahead of others", async ({ db }) => {
  const { id } = await shop(db);
  await visits(db, id, [
    { at: "2026-03-28T22:59:59Z" }, // 28 March in Zurich
    { at: "2026-03-28T23:00:00Z" }, // 29 March, which has 23 hours
    { at: "2026-03-29T21:59:59Z" },
    { at: "2026-03-29T22:00:00Z" }, // 30 March
  ]);
  const on = async (zone: string, day: string) =>
    (await look(db, id, { zone, address: `from=${day}&to=${day}` })).rows[0]?.sessions;

  expect(await on("Europe/Zurich", "2026-03-29")).toBe(2);
  expect(await on("Pacific/Tongatapu", "2026-03-29")).toBe(2); // from 11:00 UTC the day before
  expect(await on("Pacific/Tongatapu", "2026-03-30")).toBe(2);
});

test("a session over midnight counts on the day on which it began", async ({ db }) => {
  const { id } = await shop(db);
  await visits(db, id, [{ at: "2026-06-13T23:50:00Z", minutes: 20 }]);

  const { rows } = await look(db, id, { address: "from=2026-06-13&to=2026-06-14", by: "step" });

  expect(rows.filter(({ sessions }) => sessions > 0)).toMatchObject([{ visitors: 1 }]);
  expect(rows.find(({ sessions }) => sessions > 0)?.of).toBe("2026-06-13T23:00:00.000Z");
});

test("another shop's sessions never count", async ({ db }) => {
  const [ours, theirs] = [await shop(db), await shop(db)];
  await visits(db, theirs.id, [{ at: "2026-06-13T09:00:00Z" }]);

  expect((await look(db, ours.id)).rows[0]?.sessions).toBe(0);
});

test("today is set against as much of the day before", async ({ db }) => {
  const { id } = await shop(db);
  await visits(db, id, [
    { at: "2026-06-14T11:00:00Z" },
    { at: "2026-06-14T13:00:00Z" },
    { at: "2026-06-15T11:00:00Z" },
  ]);
  const { question } = await look(db, id, { address: "period=today&compare=previous" });
  const before = comparisonOf(question.view);
  if (!before) throw new Error("there is nothing to compare to");

  const { rows } = await sessionStats(db, { ...question, view: before }, { by: "all" });

  expect(rows[0]?.sessions).toBe(1);
});
