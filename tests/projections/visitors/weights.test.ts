import fc from "fast-check";
import { expect, test } from "vitest";
import { weightOf } from "~/projections/visitors/weights";

const NONE = {
  ...{ viewCount: 0, dwellMs: 0, addedQuantity: 0, removedQuantity: 0, purchasedQuantity: 0 },
};
const count = fc.nat({ max: 1_000_000 });
const contact = fc.record({
  viewCount: count,
  dwellMs: count,
  addedQuantity: count,
  removedQuantity: count,
  purchasedQuantity: count,
});

test("a purchase says as much as three times in the cart, or twenty views", () => {
  expect(weightOf({ ...NONE, purchasedQuantity: 1 })).toBe(1);
  expect(weightOf({ ...NONE, addedQuantity: 1 })).toBe(0.3);
  expect(weightOf({ ...NONE, viewCount: 1 })).toBe(0.05);
  expect(weightOf({ ...NONE, viewCount: 1, dwellMs: 60_000 })).toBe(0.1);
});

test("what was put in and taken out again weighs nothing by itself", () => {
  expect(weightOf({ ...NONE, addedQuantity: 2, removedQuantity: 2 })).toBe(0);
  expect(weightOf({ ...NONE, removedQuantity: 2 })).toBe(0);
});

const RUNS = { numRuns: 1_000 };
const field = fc.constantFrom("viewCount", "dwellMs", "addedQuantity", "purchasedQuantity");

test("more of anything never weighs less, except of what is taken out, and nothing weighs below zero", () => {
  fc.assert(
    fc.property(contact, field, (contact, field) => {
      const weight = weightOf(contact);
      const { removedQuantity } = contact;
      expect(weight).toBeGreaterThanOrEqual(0);
      expect(weightOf({ ...contact, [field]: contact[field] + 1 })).toBeGreaterThanOrEqual(weight);
      expect(weightOf({ ...contact, removedQuantity: removedQuantity + 1 })).toBeLessThanOrEqual(
        weight,
      );
    }),
    RUNS,
  );
});

test("each further sign of a kind adds less than the one before", () => {
  fc.assert(
    fc.property(contact, field, fc.nat({ max: 1_000 }), (contact, field, count) => {
      const at = (value: number) => weightOf({ ...contact, removedQuantity: 0, [field]: value });
      const [first, second] = [at(count + 1) - at(count), at(count + 2) - at(count + 1)];
      expect(second).toBeLessThanOrEqual(first + 1e-9);
    }),
    RUNS,
  );
});
