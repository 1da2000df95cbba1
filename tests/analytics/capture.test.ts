import { describe, expect, test } from "vitest";
import { captureBy, captureByDay, toCapture, type OrderCount } from "~/analytics/capture";

const count = (about: Partial<OrderCount>): OrderCount => ({
  ...{ day: 0, fate: "seen", browser: "Chrome", device: "mobile", marketing: true, orders: 1 },
  ...about,
});
const lost = count({ fate: "webhook", browser: null, device: null, marketing: null });

describe("the capture rate", () => {
  test("is the share that the pixel saw of the orders within its reach", () => {
    const counts = [
      count({ orders: 6 }),
      lost,
      count({ fate: "backfill", orders: 2 }),
      count({ fate: "import" }),
      count({ fate: "before", orders: 40 }),
    ];

    expect(toCapture(counts)).toEqual({
      ...{ seen: 6, webhook: 1, backfill: 2, import: 1, before: 40, all: 50, rate: 0.6 },
    });
  });

  test("is unknown without orders, and where all were placed before the pixel was there", () => {
    expect(toCapture([]).rate).toBeNull();
    expect(toCapture([count({ fate: "before" })])).toMatchObject({ all: 1, rate: null });
    expect(toCapture([lost]).rate).toBe(0);
  });

  test("is told for every day, by its orders alone", () => {
    const days = captureByDay([count({ day: 2 }), { ...lost, day: 2 }], ["Mon", "Tue", "Wed"]);

    expect(days.map(({ key, all, rate }) => [key, all, rate])).toEqual([
      ["Mon", 0, null],
      ["Tue", 0, null],
      ["Wed", 2, 0.5],
    ]);
  });

  test("is told by browser and consent where they are known, most orders first", () => {
    const counts = [lost, count({ orders: 3 }), count({ browser: "Safari", marketing: false })];

    const shown = (by: "browser" | "marketing") =>
      captureBy(counts, by).map(({ key, all, rate }) => [key, all, rate]);

    expect(shown("browser")).toEqual([
      ["Chrome", 3, 1],
      ["Safari", 1, 1],
      ["unknown", 1, 0],
    ]);
    expect(shown("marketing").map(([key]) => key)).toEqual(["true", "false", "unknown"]);
  });
});
