import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { WorldOptions } from "../../../dev/shoppers/model";
import { summarize } from "../../../dev/shoppers/summary";
import { writeWorld, type TruthLine, type WorldFiles } from "../../../dev/shoppers/world";
import { shopOf } from "../../../dev/store/catalog/shops";
import type { History } from "../../../dev/store/commerce/commerce";
import { temporaryFolder } from "../../folders";
import { AUCKLAND_SHOP, BERLIN_SHOP, world } from "./worlds";

const OPTIONS: WorldOptions = {
  ...{ shop: BERLIN_SHOP, seed: 7, days: 6, visitorsPerDay: 200 },
  until: new Date("2026-10-27T23:00:00Z"),
};
const WRITER = path.join(import.meta.dirname, "writes-a-world.ts");

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let files: WorldFiles;
beforeAll(async () => {
  folder = await temporaryFolder();
  files = await writeWorld(OPTIONS, path.join(folder.path, "here"));
});
afterAll(() => folder[Symbol.asyncDispose]());

test("the same options give the same bytes, in another process too", async () => {
  const there = path.join(folder.path, "there");
  const { until, ...others } = OPTIONS;
  const args = ["--import", "tsx", WRITER, JSON.stringify(others), until.toISOString(), there];

  await promisify(execFile)(process.execPath, args);

  for (const file of [files.history, files.truth, files.commerce])
    expect(await digest(path.join(there, path.basename(file)))).toBe(await digest(file));
});

test("the same options give the same bytes after another shop's world", async () => {
  const again = path.join(folder.path, "again");
  await writeWorld({ ...OPTIONS, shop: AUCKLAND_SHOP, days: 1 }, again);

  const { history } = await writeWorld(OPTIONS, again);

  expect(await digest(history)).toBe(await digest(files.history));
});

test("another seed gives another world, and none of the ids of this one", async () => {
  const other = await writeWorld({ ...OPTIONS, seed: 8 }, path.join(folder.path, "other"));

  const [ids, otherIds] = await Promise.all([idsIn(files.truth), idsIn(other.truth)]);
  const known = new Set(ids);
  expect(otherIds.filter((id) => known.has(id))).toEqual([]);
  expect(otherIds.length).toBeGreaterThan(1_000);
});

test("the history has every event that was sent, at its true time, and every order, in time order", async () => {
  const { visits, orders } = world(OPTIONS);
  const sent = visits.flatMap(({ events }) => events.filter(({ fate }) => fate === "sent"));

  const lines = await linesOf<HistoryLine>(files.history);

  const times = lines.map((line) => (line.type === "order" ? line.updatedAt : line.timestamp));
  expect(times).toEqual(times.toSorted());
  const timeOf = new Map(sent.map(({ at, event }) => [event.id, at]));
  const events = lines.filter((line) => line.type === "event");
  expect(events.length).toBe(sent.length);
  expect(events.every(({ id, timestamp }) => timeOf.get(id) === timestamp)).toBe(true);
  const written = lines.filter((line) => line.type === "order");
  expect(written.map(({ id }) => id).toSorted()).toEqual(
    orders.map(({ id }) => String(id)).toSorted(),
  );
});

test("amounts of the history are those of the orders", async () => {
  const { orders } = JSON.parse(await readFile(files.commerce, "utf8")) as History;
  const lines = await linesOf<HistoryLine>(files.history);

  const amounts = lines.flatMap((line) =>
    line.type === "order" ? [[line.id, line.totalPrice, line.refunds.length]] : [],
  );

  expect(orders.length).toBeGreaterThan(10);
  expect(amounts.toSorted()).toEqual(
    orders
      .map(({ id, totalMinor, refunds }) => [
        String(id),
        (totalMinor / 100).toFixed(2),
        refunds.length,
      ])
      .toSorted(),
  );
});

test("the truth has the options, every visit with the fate of its events, and every order", async () => {
  const { visits, orders } = world(OPTIONS);

  const [first, ...lines] = await linesOf<TruthLine>(files.truth);

  expect(first).toEqual({ type: "world", ...OPTIONS, until: OPTIONS.until.toISOString() });
  expect(lines.filter(({ type }) => type === "visit")).toEqual(
    visits.map(({ events, ...visit }) => ({
      type: "visit",
      ...visit,
      events: events.map(({ at, event, fate }) => [event.id, event.name, at, fate]),
    })),
  );
  expect(lines.flatMap((line) => (line.type === "order" ? [line.order] : []))).toEqual(orders);
});

test("the summary counts on each day of the shop what happened on it", () => {
  const { days, visits, orders } = world(OPTIONS);

  const summary = summarize(visits, orders, shopOf(OPTIONS.shop).timeZone);

  expect(summary.map(({ date, visits }) => ({ date, visits }))).toEqual(
    days.map(({ date, visits }) => ({ date, visits: visits.length })),
  );
  for (const [i, { visitors, steps, pageViews }] of summary.entries()) {
    const those = days[i]?.visits ?? [];
    expect(visitors).toBe(new Set(those.map(({ clientId }) => clientId)).size);
    expect(pageViews).toBe(those.reduce((sum, { pages }) => sum + pages.length, 0));
    expect(steps.purchased).toBe(those.filter(({ orderId }) => orderId !== null).length);
  }
  const revenue = summary.reduce((sum, { revenueMinor }) => sum + revenueMinor, 0);
  expect(revenue).toBe(orders.reduce((sum, { totalMinor }) => sum + totalMinor, 0));
});

type HistoryLine =
  | { type: "event"; id: string; timestamp: string }
  | { type: "order"; id: string; updatedAt: string; totalPrice: string; refunds: unknown[] };

async function linesOf<Line>(file: string): Promise<Line[]> {
  const text = await readFile(file, "utf8");
  return text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Line);
}

const digest = async (file: string): Promise<string> =>
  createHash("sha256")
    .update(await readFile(file))
    .digest("hex");

const idsIn = async (truth: string): Promise<string[]> =>
  (await linesOf<TruthLine>(truth)).flatMap((line) => {
    if (line.type === "visit") return [line.id, line.clientId, ...line.events.map(([id]) => id)];
    return line.type === "order" ? [String(line.order.id), line.order.checkoutToken] : [];
  });
