import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { foldOrder } from "~/projections/orders/order";
import { minutes, NOON } from "../../factories";
import { histories, order, read, refunded, refundInput, told } from "./history";

const RUNS = { numRuns: 1_000 };
const later = (count: number) => minutes(count).toISOString();

describe("an order", () => {
  test("is what its newest state says, with its lines", () => {
    const cancelled = order({ updatedAt: later(9), cancelledAt: later(9), cancelReason: "STAFF" });

    const folded = foldOrder([told(cancelled), told(order()), told(order({ name: "#1" }))]);

    expect(folded?.order).toEqual({
      ...{ orderId: "900", name: "#1001", customerId: "7", isTest: false },
      ...{ placedAt: NOON, updatedAt: minutes(9), cancelledAt: minutes(9), cancelReason: "STAFF" },
      ...{ checkoutToken: "checkout", cartToken: "cart", currency: "EUR" },
      ...{ totalMinor: 6_000, subtotalMinor: 5_500, discountMinor: 500, taxMinor: 958 },
      ...{ shippingMinor: 500, refundedMinor: 0, revenueMinor: 0, itemCount: 3 },
      ...{ hasDiscountCode: false, source: "webhook", firstReceivedAt: NOON },
    });
    expect(folded?.items).toEqual([
      {
        ...{ orderId: "900", lineItemId: "1", placedAt: NOON, productId: "11", variantId: "111" },
        ...{ title: "Mug", sku: null, vendor: null, quantity: 2, refundedQuantity: 0 },
        ...{ priceMinor: 1_500, discountMinor: 0 },
      },
      {
        ...{ orderId: "900", lineItemId: "2", placedAt: NOON, productId: "12", variantId: null },
        ...{ title: "Pot", sku: null, vendor: null, quantity: 1, refundedQuantity: 0 },
        ...{ priceMinor: 3_000, discountMinor: 500 },
      },
    ]);
  });

  test("brings what was paid less what was paid back, by itself or with the order", () => {
    const [first, second] = [refundInput("5", minutes(1)), refundInput("6", minutes(2))];
    const entries = [
      told(order({ updatedAt: later(1), refunds: [first] })),
      refunded(first),
      refunded(second),
    ];

    const folded = foldOrder(entries);

    expect(folded?.order).toMatchObject({ refundedMinor: 3_000, revenueMinor: 3_000 });
    expect(folded?.items.map(({ refundedQuantity }) => refundedQuantity)).toEqual([2, 0]);
    expect(folded?.refunds).toEqual([
      { orderId: "900", refundId: "5", refundedAt: minutes(1), totalMinor: 1_500, itemCount: 1 },
      { orderId: "900", refundId: "6", refundedAt: minutes(2), totalMinor: 1_500, itemCount: 1 },
    ]);
    const piece = { orderId: "900", lineItemId: "1", quantity: 1, subtotalMinor: 1_500 };
    expect(folded?.refundItems).toEqual([
      { ...piece, refundId: "5", refundedAt: minutes(1) },
      { ...piece, refundId: "6", refundedAt: minutes(2) },
    ]);
  });

  test("whose line is told twice has it once, and sums still fit however much is told", () => {
    const [line] = order().lineItems;
    const most = { ...refundInput("5", NOON), totalRefunded: 1e12 };
    const given = { lineItemId: "1", quantity: 1_000_000, subtotal: 0 };
    const refunds = Array.from({ length: 1_000 }, (_, index) => ({
      ...{ ...most, id: String(index) },
      lineItems: index < 10 ? Array.from({ length: 1_000 }, () => given) : [],
    }));
    const state = order({ currencyCode: "KWD", refunds });

    const folded = foldOrder([told({ ...state, lineItems: line ? [line, line] : [] })]);

    expect(folded?.items).toMatchObject([{ lineItemId: "1", refundedQuantity: 2_147_483_647 }]);
    expect(folded?.order).toMatchObject({ itemCount: 2, refundedMinor: Number.MAX_SAFE_INTEGER });
  });

  test("that was made to try the shop out brings nothing", () => {
    expect(foldOrder([told(order({ test: true }))])?.order).toMatchObject({
      ...{ isTest: true, totalMinor: 6_000, revenueMinor: 0 },
    });
  });

  test("is nothing while only a refund of it is known", () => {
    expect(foldOrder([refunded(refundInput("5", NOON))])).toBeNull();
  });

  test("is nothing once it was deleted, whatever is heard later", () => {
    const deleted = { ...told(order()), name: "orders/delete", data: { id: "900" } };

    expect(foldOrder([deleted, told(order({ updatedAt: later(60) }))])).toBeNull();
  });

  test("is known from what told of it first, even if that was a refund or the older state", () => {
    const webhook = told(order({ updatedAt: later(5) }), { receivedAt: minutes(30) });
    const backfill = read(order(), minutes(20));
    const refund = refunded(refundInput("5", NOON), { receivedAt: minutes(10) });

    const firstOf = (...entries: Parameters<typeof foldOrder>[0]) => {
      const { source, firstReceivedAt } = foldOrder(entries)?.order ?? {};
      return [source, firstReceivedAt];
    };

    expect(firstOf(webhook, backfill)).toEqual(["backfill", minutes(20)]);
    expect(firstOf(webhook, backfill, refund)).toEqual(["webhook", minutes(10)]);
    expect(firstOf(webhook)).toEqual(["webhook", minutes(30)]);
  });

  test("of two states of one second is the one to which more has happened", () => {
    const refund = refundInput("5", NOON);
    const bought = order({ updatedAt: "2026-11-21T12:00:00.900Z" });
    const givenBack = order({ updatedAt: "2026-11-21T12:00:00Z", refunds: [refund] });
    const cancelled = order({ ...{ cancelledAt: later(0), refunds: [refund] } });

    const stateOf = (...states: (typeof bought)[]) =>
      foldOrder(states.map((state) => told(state)))?.order;

    expect(stateOf(givenBack, bought)?.refundedMinor).toBe(1_500);
    expect(stateOf(cancelled, givenBack, bought)?.cancelledAt).toEqual(NOON);
  });
});

describe("whatever becomes of an order,", () => {
  test("it ends as its last state, with every refund that was made", () => {
    fc.assert(
      fc.property(histories, ({ entries, newest, refundIds }) => {
        const folded = foldOrder(entries);
        const { order: row, items = [], refunds = [] } = folded ?? {};

        expect(refunds.map(({ refundId }) => refundId)).toEqual(refundIds);
        expect(row).toMatchObject({
          refundedMinor: 1_500 * refundIds.length,
          cancelledAt: newest.cancelledAt ? new Date(newest.cancelledAt) : null,
          updatedAt: new Date(newest.updatedAt),
        });
        expect(items[0]?.refundedQuantity).toBe(refundIds.length);
      }),
      RUNS,
    );
  });

  const shuffled = histories.chain((history) =>
    fc.record({
      history: fc.constant(history),
      order: fc.shuffledSubarray(history.entries, { minLength: history.entries.length }),
      again: fc.subarray(history.entries),
      cuts: fc.array(fc.nat({ max: history.entries.length }), { maxLength: 4 }),
    }),
  );

  test("neither the order of the entries nor their repetition changes anything", () => {
    fc.assert(
      fc.property(shuffled, ({ history, order: disordered, again }) => {
        expect(foldOrder([...disordered, ...again])).toEqual(foldOrder(history.entries));
      }),
      RUNS,
    );
  });

  test("no batch breaks it, and it is the same after the last one, however they are cut", () => {
    fc.assert(
      fc.property(shuffled, ({ history, order: disordered, cuts }) => {
        const ends = [...cuts.sort((a, b) => a - b), disordered.length];
        const states = ends.map((end) => foldOrder(disordered.slice(0, end)));

        expect(states.at(-1)).toEqual(foldOrder(history.entries));
      }),
      RUNS,
    );
  });
});
