import { describe, expect, test } from "vitest";
import { kindsOf, type VariantMove } from "~/catalog/alerts/rules";
import { minutes, NOON } from "../../factories";

/** A change that nobody wants to be told of; a test states only what it is about. */
const move = (about: Partial<VariantMove> = {}): VariantMove => ({
  ...{ changedAt: NOON, priceMinor: 1000, stock: "in", stockBefore: "in", lastOfferedMinor: 1000 },
  ...{ told: {}, toldPriceMinor: null },
  ...about,
});

describe("a price drop", () => {
  test("is a price below the last one at which it could be bought", () => {
    expect(kindsOf(move({ priceMinor: 999 }))).toEqual(["price_drop"]);
    expect(kindsOf(move({ priceMinor: 1000 }))).toEqual([]);
    expect(kindsOf(move({ priceMinor: 1001 }))).toEqual([]);
  });

  test("is none of what never could be bought, or cannot now", () => {
    expect(kindsOf(move({ priceMinor: 900, lastOfferedMinor: null }))).toEqual([]);
    expect(kindsOf(move({ priceMinor: 900, stock: "out" }))).toEqual([]);
  });

  test("that fell while it was out is told when it is back", () => {
    expect(kindsOf(move({ priceMinor: 900, stockBefore: "out" }))).toEqual([
      "price_drop",
      "back_in_stock",
    ]);
  });

  test("is told again within a day only where it falls further", () => {
    const before = { told: { price_drop: minutes(-1439) }, toldPriceMinor: 900 };

    expect(kindsOf(move({ ...before, priceMinor: 900 }))).toEqual([]);
    expect(kindsOf(move({ ...before, priceMinor: 899 }))).toEqual(["price_drop"]);
    expect(
      kindsOf(move({ ...before, told: { price_drop: minutes(-1440) }, priceMinor: 900 })),
    ).toEqual(["price_drop"]);
  });
});

describe("back in stock", () => {
  test("is whatever can be bought again, in whatever number", () => {
    expect(kindsOf(move({ stockBefore: "out" }))).toEqual(["back_in_stock"]);
    expect(kindsOf(move({ stockBefore: "out", stock: "low" }))).toEqual(["back_in_stock"]);
    expect(kindsOf(move({ stockBefore: "out", stock: "out" }))).toEqual([]);
  });

  test("is not told again within an hour", () => {
    const back = (at: Date) => move({ stockBefore: "out", told: { back_in_stock: at } });

    expect(kindsOf(back(minutes(-59)))).toEqual([]);
    expect(kindsOf(back(minutes(-60)))).toEqual(["back_in_stock"]);
  });
});

describe("low stock", () => {
  test("is what was plenty and is little", () => {
    expect(kindsOf(move({ stock: "low" }))).toEqual(["low_stock"]);
    expect(kindsOf(move({ stock: "low", stockBefore: "low" }))).toEqual([]);
    expect(kindsOf(move({ stock: "out" }))).toEqual([]);
  });

  test("is not told again within a day", () => {
    const low = (at: Date) => move({ stock: "low", told: { low_stock: at } });

    expect(kindsOf(low(minutes(-1439)))).toEqual([]);
    expect(kindsOf(low(minutes(-1440)))).toEqual(["low_stock"]);
  });
});
