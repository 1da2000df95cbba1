import { randomUUID } from "node:crypto";
import { expect } from "vitest";
import { checkoutSteps } from "~/analytics/checkout/checkout.server";
import type { Database } from "~/platform/db.server";
import { test } from "../database";
import { openTrade } from "./trade";

const JUNE = "from=2026-06-01&to=2026-06-30";
const NOW = "2026-06-15T12:00:00Z";
const STEPS = ["contactAt", "addressAt", "shippingAt", "paymentAt", "completedAt"] as const;

type Came = {
  /** Minutes after the beginning; null for a step that was not seen. */
  steps: (number | null)[];
  sessionId?: string;
  isBot?: boolean;
  sampleRate?: number;
};

const begin = (db: Database, shopId: number, at: string, { steps, ...about }: Came) => {
  const after = (minute: number) => new Date(Date.parse(at) + minute * 60_000);
  const seen = steps.filter((minute) => minute !== null);
  const reached = STEPS.map((step, index) => {
    const minute = steps[index] ?? null;
    return [step, minute === null ? null : after(minute)];
  });
  return db.checkout.create({
    data: {
      ...{ shopId, checkoutToken: randomUUID(), clientId: "ana", sessionId: "s", itemCount: 1 },
      ...{ startedAt: new Date(at), lastAt: after(Math.max(0, ...seen)), isBot: false },
      ...{ sampleRate: 1, ...Object.fromEntries(reached), ...about },
    },
  });
};

/** Medians are within 2.5 %. */
const halfMinutesOf = (ms: number | null) => ms && Math.round(ms / 30_000);

test("a checkout is left at its last step; one page that passes over steps loses nobody", async ({
  db,
}) => {
  const trade = await openTrade(db);
  const came = (...steps: Came["steps"]) =>
    begin(db, trade.shopId, "2026-06-02T10:00:00Z", { steps });
  await came(1, 2, 3, 4, 6);
  await came(3, 4, null, null, 10); // on one page
  await came(5);
  await came();
  await came(null, null, 2); // the contact was known

  const { rows } = await checkoutSteps(db, trade.asks(JUNE, NOW));

  expect(
    rows.map(({ step, reached, skipped, left, leftShare }) => {
      return [step, reached, skipped, left, leftShare];
    }),
  ).toEqual([
    ["started", 5, 0, 1, 0.2],
    ["contact", 4, 1, 1, 0.25],
    ["address", 3, 1, 0, 0],
    ["shipping", 3, 1, 1, 1 / 3],
    ["payment", 2, 1, 0, 0],
    ["completed", 2, 0, 0, 0],
  ]);
  expect(rows.map(({ reachedShare }) => reachedShare)).toEqual([1, 0.8, 0.6, 0.6, 0.4, 0.4]);
  // From the start it was 1, 3, 5 and 2 minutes; from the address 1 and 6.
  expect(rows.map(({ medianToNext }) => halfMinutesOf(medianToNext))).toEqual([
    ...[5, 2, 7, 2, 4, null],
  ]);
});

test("a checkout that went on a moment ago is still there, and no loss", async ({ db }) => {
  const trade = await openTrade(db);
  await begin(db, trade.shopId, "2026-06-15T10:59:00Z", { steps: [0] });
  await begin(db, trade.shopId, "2026-06-15T10:59:00Z", { steps: [2] });

  const { rows } = await checkoutSteps(db, trade.asks(JUNE, NOW));

  expect(rows[1]).toMatchObject({ step: "contact", reached: 2, open: 1, left: 1, leftShare: 1 });
});

test("steps that came in another order took no time", async ({ db }) => {
  const trade = await openTrade(db);
  await begin(db, trade.shopId, "2026-06-02T10:00:00Z", { steps: [5, 3] });

  const { rows } = await checkoutSteps(db, trade.asks(JUNE, NOW));

  expect(rows.slice(0, 2).map(({ medianToNext }) => halfMinutesOf(medianToNext))).toEqual([6, 0]);
});

test("bots, other shops, other days and other sessions count nowhere; samples stand for all", async ({
  db,
}) => {
  const [ours, theirs] = [await openTrade(db), await openTrade(db)];
  const at = "2026-06-02T10:00:00Z";
  const sessionId = await ours.visit(at, { channel: "email" });
  await begin(db, ours.shopId, at, { steps: [1], sessionId, sampleRate: 0.1 });
  await begin(db, ours.shopId, at, { steps: [1] });
  await begin(db, ours.shopId, at, { steps: [1], isBot: true });
  await begin(db, ours.shopId, "2026-05-31T23:59:59Z", { steps: [1] });
  await begin(db, theirs.shopId, at, { steps: [1], sessionId });

  const [all, email] = await Promise.all([
    checkoutSteps(db, ours.asks(JUNE, NOW)),
    checkoutSteps(db, ours.asks(`${JUNE}&channel=email`, NOW)),
  ]);

  expect(all.rows[0]).toMatchObject({ reached: 11 });
  expect(email.rows[0]).toMatchObject({ reached: 10 });
});

test("without checkouts every step has zero and no rate", async ({ db }) => {
  const trade = await openTrade(db);

  const { rows } = await checkoutSteps(db, trade.asks(JUNE, NOW));

  expect(rows).toHaveLength(6);
  expect(rows[0]).toEqual({
    ...{ step: "started", reached: 0, reachedShare: null, skipped: 0, open: 0, left: 0 },
    ...{ leftShare: null, medianToNext: null },
  });
});
