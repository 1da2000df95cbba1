import fc from "fast-check";
import { expect, test } from "vitest";
import { Customer } from "~/events/orders";
import { foldCustomer } from "~/projections/orders/customer";
import type { VerifiedEntry } from "~/projections/orders/entry";
import { minutes, NOON } from "../../factories";

const entry = (name: string, data: object, about: Partial<VerifiedEntry> = {}): VerifiedEntry => ({
  ...{ eventId: name, name, source: "webhook", occurredAt: NOON, receivedAt: NOON, data },
  ...about,
});

const state = (count: number, state: string) => {
  const [createdAt, updatedAt] = [NOON.toISOString(), minutes(count).toISOString()];
  const data = Customer.parse({ id: "7", createdAt, updatedAt, state });
  return entry("customers/update", data, {
    ...{ eventId: `webhook-${count}-${state}`, occurredAt: minutes(count) },
  });
};

test("a customer is what their newest state says", () => {
  expect(foldCustomer([state(9, "enabled"), state(3, "invited")])).toEqual({
    ...{ customerId: "7", createdAt: NOON, updatedAt: minutes(9), state: "enabled" },
  });
});

test("a customer who was deleted, or of whom nothing is known, is nobody", () => {
  expect(foldCustomer([entry("customers/delete", { id: "7" }), state(9, "enabled")])).toBeNull();
  expect(foldCustomer([])).toBeNull();
});

test("neither order nor repetition of what is told of a customer changes anything", () => {
  const states = fc.uniqueArray(
    fc.tuple(fc.nat({ max: 3 }), fc.constantFrom("disabled", "invited", "enabled")),
    { selector: String },
  );
  const told = states
    .map((list) => list.map(([at, name]) => state(at, name)))
    .chain((entries) =>
      fc.record({
        entries: fc.constant(entries),
        disordered: fc.shuffledSubarray(entries, { minLength: entries.length }),
        again: fc.subarray(entries),
      }),
    );
  fc.assert(
    fc.property(told, ({ entries, disordered, again }) => {
      expect(foldCustomer([...disordered, ...again])).toEqual(foldCustomer(entries));
    }),
    { numRuns: 1_000 },
  );
});
