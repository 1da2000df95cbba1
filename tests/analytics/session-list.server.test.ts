import { expect } from "vitest";
import { listSessions } from "~/analytics/sessions/list.server";
import { test } from "../database";
import { shop } from "../factories";
import { addSession, questionAt } from "./session-facts";

const EVERY = { limit: 50 };
const JUNE = { at: "2026-06-15T12:00:00Z" };

test("a session is told with all that is known of it", async ({ db }) => {
  const { id } = await shop(db);
  const sessionId = await addSession(db, id, {
    ...{ at: "2026-06-15T08:00:00.250Z", endedAt: new Date("2026-06-15T08:02:00.750Z") },
    ...{ visitorId: "customer:7", number: 3, channel: "email", utmSource: "newsletter" },
    ...{ device: "mobile", country: "CH", entryPath: "/", exitPath: "/cart", pageViewCount: 4 },
    ...{ engagedMs: 61_000, orderCount: 1, revenueMinor: 7_990n },
  });

  const { rows, next } = await listSessions(db, questionAt(id, JUNE), EVERY);

  expect(next).toBeNull();
  expect(rows).toEqual([
    {
      ...{ sessionId, startedAt: new Date("2026-06-15T08:00:00.250Z"), duration: 120_500 },
      ...{ visitor: "customer:7", number: 3, channel: "email", source: "newsletter" },
      ...{ device: "mobile", country: "CH", landing: "/", exit: "/cart", pages: 4 },
      ...{ engagedTime: 61_000, orders: 1, revenue: 7_990 },
    },
  ]);
});

test("what is not known is null, and a browser of nobody's is its own visitor", async ({ db }) => {
  const { id } = await shop(db);
  await addSession(db, id, { at: "2026-06-15T08:00:00Z", clientId: "bo" });

  const { rows } = await listSessions(db, questionAt(id, JUNE), EVERY);

  expect(rows[0]).toMatchObject({
    ...{ visitor: "client:bo", source: null, device: null, country: null, landing: null },
    ...{ exit: null, engagedTime: null, orders: 0, revenue: 0 },
  });
});

test("pages follow each other without a gap, also where sessions start at one moment", async ({
  db,
}) => {
  const { id } = await shop(db);
  const times = ["08:00", "09:00", "09:00", "09:00", "10:00"];
  for (const [index, time] of times.entries())
    await addSession(db, id, { at: `2026-06-15T${time}:00Z`, sessionId: `s${index}` });

  const read = (cursor?: string) => listSessions(db, questionAt(id, JUNE), { limit: 2, cursor });
  const first = await read();
  const second = await read(first.next ?? "");
  const third = await read(second.next ?? "");

  const ids = [first, second, third].map(({ rows }) => rows.map(({ sessionId }) => sessionId));
  expect(ids).toEqual([["s4", "s3"], ["s2", "s1"], ["s0"]]);
  expect(third.next).toBeNull();
});

test("a cursor of another list is refused", async ({ db }) => {
  const { id } = await shop(db);

  await expect(
    listSessions(db, questionAt(id, JUNE), { limit: 2, cursor: "bm9uZQ" }),
  ).rejects.toThrow("cursor must come from the page before");
});

test("bots', other shops' and filtered sessions are not there", async ({ db }) => {
  const [{ id }, other] = [await shop(db), await shop(db)];
  await addSession(db, id, { at: "2026-06-15T08:00:00Z", sessionId: "ours", device: "mobile" });
  await addSession(db, id, { at: "2026-06-15T08:00:00Z", device: "desktop" });
  await addSession(db, id, { at: "2026-06-15T08:00:00Z", device: "mobile", botRule: "name" });
  await addSession(db, other.id, { at: "2026-06-15T08:00:00Z", device: "mobile" });

  const question = questionAt(id, { ...JUNE, search: "device=mobile" });
  const { rows } = await listSessions(db, question, EVERY);

  expect(rows.map(({ sessionId }) => sessionId)).toEqual(["ours"]);
});

test("a day is the shop's: at UTC+13 a session over midnight is of the day on which it started", async ({
  db,
}) => {
  const { id } = await shop(db);
  await addSession(db, id, { at: "2026-06-14T10:59:59.999Z", sessionId: "yesterday" });
  await addSession(db, id, { at: "2026-06-14T11:00:00Z", sessionId: "midnight" });
  await addSession(db, id, {
    ...{ at: "2026-06-15T10:59:00Z", sessionId: "until tomorrow" },
    endedAt: new Date("2026-06-15T11:20:00Z"),
  });
  await addSession(db, id, { at: "2026-06-15T11:00:00Z", sessionId: "tomorrow" });

  const asked = { zone: "Pacific/Tongatapu", search: "from=2026-06-15&to=2026-06-15" };
  const { rows } = await listSessions(db, questionAt(id, { ...JUNE, ...asked }), EVERY);

  expect(rows.map(({ sessionId }) => sessionId)).toEqual(["until tomorrow", "midnight"]);
});

test("the day on which clocks go back has the hour that comes twice", async ({ db }) => {
  const { id } = await shop(db);
  for (const time of ["24T21:59", "24T22:00", "25T00:30", "25T01:30", "25T22:59", "25T23:00"])
    await addSession(db, id, { at: `2026-10-${time}:00Z`, sessionId: time });

  const asked = { zone: "Europe/Zurich", search: "from=2026-10-25&to=2026-10-25" };
  const { rows } = await listSessions(
    db,
    questionAt(id, { at: "2026-11-01T12:00:00Z", ...asked }),
    EVERY,
  );

  expect(rows.map(({ sessionId }) => sessionId)).toEqual([
    ...["25T22:59", "25T01:30", "25T00:30", "24T22:00"],
  ]);
});
