import { expect } from "vitest";
import { answerReport } from "~/api/analytics.server";
import { CsvFile } from "~/api/csv.server";
import { sessionTimeline } from "~/analytics/sessions/timeline.server";
import { append, ensurePartitions } from "~/events/log.server";
import type { LogEvent } from "~/events/sift";
import type { Database } from "~/platform/db.server";
import { rebuildShop } from "~/projections/rebuild.server";
import { test } from "../database";
import { logEvent, minutes, NOON, shop } from "../factories";

test.beforeAll(({ db }) => ensurePartitions(db, NOON));

const ALL = { limit: 250 };

/** An event some minutes after nine in the morning. */
const at = (minute: number, name: string, about: Partial<LogEvent> & { data?: unknown } = {}) => {
  const { data = {}, ...rest } = about;
  return logEvent({
    ...{ name, occurredAt: minutes(minute - 180), eventId: `${name} ${minute}` },
    payload: { data, context: { path: `/${minute}`, title: "A page" } },
    ...rest,
  });
};

/** A shop whose log holds these events, folded. */
async function shopWith(db: Database, events: readonly LogEvent[]): Promise<number> {
  const { id } = await shop(db);
  await append(db, id, events);
  await rebuildShop(db.pool, { shopId: id });
  return id;
}

const order = (shopId: number, sessionId: string) => ({
  ...{ shopId, sessionId, orderId: 5001n, name: "#1001", clientId: "ana", currency: "EUR" },
  ...{ placedAt: minutes(4.5 - 180), updatedAt: NOON, firstReceivedAt: NOON, source: "webhook" },
  ...{ isTest: false, hasDiscountCode: false, itemCount: 2n, totalMinor: 2_500n },
  ...{ subtotalMinor: 2_500n, discountMinor: 0n, taxMinor: 0n, shippingMinor: 0n },
  ...{ refundedMinor: 500n, revenueMinor: 2_000n },
});

test("a session is told event by event, with the order that came of it, and nothing of others", async ({
  db,
}) => {
  const id = await shopWith(db, [
    at(-40, "page_viewed"),
    at(1, "page_viewed"),
    at(0, "page_viewed"),
    at(2, "pixelnova:element_clicked", {
      data: { element: "form>button", relativeX: 0.5, relativeY: 0.5, viewportWidth: 400 },
    }),
    at(2, "page_viewed", { clientId: "bo", eventId: "bo's" }),
    at(3, "search_submitted", {
      data: { searchResult: { query: "red mug", productIds: ["1", "2"] } },
    }),
    at(90, "page_viewed"),
  ]);
  const sessionId = "page_viewed 0";
  await db.order.create({ data: order(id, sessionId) });

  const { rows, next } = await sessionTimeline(db, { shopId: id }, { id: sessionId, ...ALL });

  expect(next).toBeNull();
  expect(
    rows.map(({ sinceStart, what, details, page }) => [sinceStart / 60_000, what, details, page]),
  ).toEqual([
    [0, "Page viewed", "A page", "/0"],
    [1, "Page viewed", "A page", "/1"],
    [2, "Clicked", "form>button", "/2"],
    [3, "Search made", "“red mug”; 2 products named", "/3"],
    [4.5, "Order placed", "#1001; €25.00; €5.00 paid back", null],
  ]);
  expect(rows.at(-1)).toMatchObject({ event: "order", id: "5001" });
});

test("events of one moment come in the browser's order, and pages of them without a gap", async ({
  db,
}) => {
  const seqs = [12, 2, 1, 11];
  const id = await shopWith(
    db,
    seqs.map((seq) => at(0, "page_viewed", { seq, eventId: `e${seq}` })),
  );
  const read = (cursor?: string) =>
    sessionTimeline(db, { shopId: id }, { id: "e1", limit: 3, cursor });

  const first = await read();
  const second = await read(first.next ?? "");

  expect([...first.rows, ...second.rows].map((row) => row.id)).toEqual(["e1", "e2", "e11", "e12"]);
  expect(second.next).toBeNull();
});

test("another shop's session is not there", async ({ db }) => {
  await shopWith(db, [at(0, "page_viewed", { eventId: "theirs" })]);
  const { id: ours } = await shop(db);

  await expect(sessionTimeline(db, { shopId: ours }, { id: "theirs", ...ALL })).rejects.toThrow(
    'there is no session "theirs"',
  );
});

test("a session's path names it, in the API and for its file", async ({ db }) => {
  const id = await shopWith(db, [at(0, "page_viewed", { eventId: 'the "first"/event' })]);
  const answer = (search: string, path = 'sessions/the "first"/event') =>
    answerReport(db, path, {
      shop: { id, currency: "EUR", timeZone: "UTC" },
      ...{ search: new URLSearchParams(search), now: NOON },
    });

  const file = await answer("format=csv");

  expect(await answer("")).toMatchObject({ rows: [{ what: "Page viewed" }], next: null });
  expect(file).toBeInstanceOf(CsvFile);
  if (file instanceof CsvFile) {
    expect(file.text.split("\r\n")[0]).toBe("at,sinceStart,what,details,page,event,id");
    expect(file.headers["Content-Disposition"]).toContain('"sessions-the-first-event.csv"');
  }
  await expect(answer("id=another")).rejects.toThrow('there is no parameter "id"');
  await expect(answer("", "sessions/unknown")).rejects.toThrow('there is no session "unknown"');
  await expect(answer("", "sessions/")).rejects.toThrow('there is no report "sessions/"');
});
