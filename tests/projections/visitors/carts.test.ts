import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { MINUTE } from "~/platform/time";
import {
  cartHistory,
  cartRow,
  cartStateAt,
  splitIntoCarts,
  type CartEvent,
} from "~/projections/visitors/carts";
import { minutes } from "../../factories";

const QUIET = 60 * MINUTE;
const RUNS = { numRuns: 1_000 };

let sequence = 0;
const happened = (minute: number) => ({
  ...{ eventId: `e${++sequence}`, at: minutes(minute), visitorId: "client:ana" },
  ...{ isBot: false, sampleRate: 1 },
});
type Line = { variantId?: string; quantity?: number; valueMinor?: number | null };
const line = (kind: "added" | "removed", minute: number, about: Line & { currency?: string }) => ({
  ...{ ...happened(minute), kind, productId: "7", variantId: "70", quantity: 1 },
  ...{ valueMinor: 1_000, currency: "EUR", ...about },
});
const added = (minute: number, about: Line & { currency?: string } = {}) =>
  line("added", minute, about);
const removed = (minute: number, about: Line = {}) => line("removed", minute, about);
const step = (minute: number, kind: "checkout" | "completed"): CartEvent => ({
  ...happened(minute),
  kind,
});

const rowsOf = (events: readonly CartEvent[], quietMs = QUIET) =>
  splitIntoCarts(events, quietMs).map((cart) => cartRow("ana", cart, quietMs));
const onlyRow = (...events: CartEvent[]) => {
  const rows = rowsOf(events);
  expect(rows).toHaveLength(1);
  return rows[0] as (typeof rows)[0];
};

describe("a cart", () => {
  test("begins with the first addition, and is named by it", () => {
    const first = added(0);

    const row = onlyRow(first, added(5, { variantId: "71", quantity: 2, valueMinor: 3_000 }));

    expect(row).toMatchObject({ cartId: first.eventId, clientId: "ana", startedAt: minutes(0) });
    expect(row).toMatchObject({ itemCount: 3, valueMinor: 4_000, currency: "EUR" });
    expect(row.lastActionAt).toEqual(minutes(5));
  });

  test("is worth less by what was taken out, and remembers the most that it was worth", () => {
    const row = onlyRow(added(0, { quantity: 3, valueMinor: 1_000 }), removed(1, { quantity: 2 }));

    expect(row).toMatchObject({ itemCount: 1, valueMinor: 333, peakValueMinor: 1_000 });
  });

  test("does not mind what was never seen put in, nor too much taken out", () => {
    const row = onlyRow(
      removed(-1),
      added(0),
      removed(1, { variantId: "99" }),
      removed(2, { quantity: 5 }),
      added(3, { variantId: "71" }),
    );

    expect(row).toMatchObject({ startedAt: minutes(0), itemCount: 1, valueMinor: 1_000 });
  });

  test("ends with the order; what is added after it begins another", () => {
    const rows = rowsOf([added(0), step(5, "checkout"), step(9, "completed"), added(10)]);

    expect(rows).toMatchObject([
      { convertedAt: minutes(9), abandonedAt: null, recoveredAt: null, itemCount: 1 },
      { convertedAt: null, startedAt: minutes(10) },
    ]);
  });

  test("an order without a cart makes none", () => {
    expect(rowsOf([step(0, "checkout"), step(1, "completed"), removed(2)])).toEqual([]);
  });

  test("that was emptied goes on when it is filled again at once, and is over after a while", () => {
    const soon = rowsOf([added(0), removed(1), added(59)]);
    const late = rowsOf([added(0), removed(1), added(61)]);

    expect(soon).toMatchObject([{ itemCount: 1 }]);
    expect(late).toMatchObject([{ itemCount: 0, abandonedAt: null }, { startedAt: minutes(61) }]);
  });

  test("has no known value while a line has none, or currencies differ", () => {
    const priceless = onlyRow(added(0), added(1, { variantId: "71", valueMinor: null }));
    const mixed = onlyRow(added(0), added(1, { variantId: "71", currency: "CHF" }));

    expect(priceless).toMatchObject({ valueMinor: null, peakValueMinor: 1_000 });
    expect(mixed).toMatchObject({ valueMinor: null, currency: "CHF" });
  });

  test("is a bot's when a bot began it, and stands for as many as its rarest event", () => {
    const row = onlyRow({ ...added(0), isBot: true, sampleRate: 0.5 }, added(1));

    expect(row).toMatchObject({ isBot: true, sampleRate: 0.5 });
  });

  test("belongs to whoever used it last", () => {
    const row = onlyRow(added(0), { ...added(1), visitorId: "customer:1" });

    expect(row.visitorId).toBe("customer:1");
  });
});

describe("a cart's state", () => {
  const stateAt = (minute: number, ...events: CartEvent[]) =>
    cartStateAt(onlyRow(...events), minutes(minute));

  test.each([
    ["open until it has been quiet for an hour", 59, [added(0)], "open"],
    ["abandoned from then on", 60, [added(0)], "abandoned"],
    ["a step of a checkout keeps it open", 100, [added(0), step(50, "checkout")], "open"],
    ["recovered by whatever happens next", 80, [added(0), added(70)], "recovered"],
    ["abandoned again when that is long ago", 130, [added(0), added(70)], "abandoned"],
    ["converted by its order", 500, [added(0), step(10, "completed")], "converted"],
    ["emptied when nothing is in it", 500, [added(0), removed(10)], "emptied"],
  ] as const)("%s", (_, minute, events, state) => expect(stateAt(minute, ...events)).toBe(state));

  test("an order long after the last action is a recovery, and the abandonment stays known", () => {
    const row = onlyRow(added(0), step(300, "completed"));

    expect(row).toMatchObject({ abandonedAt: minutes(60), recoveredAt: minutes(300) });
    expect(row.convertedAt).toEqual(minutes(300));
  });

  test("depends on the shop's own measure of quiet", () => {
    const events = [added(0), added(20)];

    expect(rowsOf(events, 15 * MINUTE)).toMatchObject([{ recoveredAt: minutes(20) }]);
    expect(rowsOf(events, 21 * MINUTE)).toMatchObject([{ recoveredAt: null }]);
  });
});

test("a cart's history is what it held after each change, created by the first", () => {
  const [cart] = splitIntoCarts(
    [added(0), step(1, "checkout"), added(2), removed(3), step(4, "completed")],
    QUIET,
  );

  const history = cart ? cartHistory(cart) : [];

  expect(history.map(({ kind, itemCount, valueMinor }) => [kind, itemCount, valueMinor])).toEqual([
    ["created", 1, 1_000],
    ["added", 2, 2_000],
    ["removed", 1, 1_000],
    ["converted", 1, 1_000],
  ]);
});

const anyLine = fc.record({
  kind: fc.constantFrom("added" as const, "removed" as const),
  variantId: fc.option(fc.constantFrom("70", "71", "72")),
  productId: fc.option(fc.constantFrom("7", "8")),
  quantity: fc.nat({ max: 4 }),
  valueMinor: fc.option(fc.nat({ max: 10_000 }), { freq: 8 }),
  currency: fc.constantFrom("EUR", "EUR", "EUR", "CHF"),
});
const anyStep = fc.record({
  kind: fc.constantFrom("checkout" as const, "checkout" as const, "completed" as const),
});
const events = fc.uniqueArray(
  fc
    .record({
      eventId: fc.string({ minLength: 1, maxLength: 3 }),
      at: fc.nat({ max: 600 }).map((minute) => minutes(minute)),
      visitorId: fc.constantFrom(null, "client:ana", "customer:1"),
      isBot: fc.boolean(),
      sampleRate: fc.constantFrom(1, 0.5),
      what: fc.oneof({ weight: 4, arbitrary: anyLine }, { weight: 1, arbitrary: anyStep }),
    })
    .map(({ what, ...happened }): CartEvent => ({ ...happened, ...what })),
  { selector: ({ eventId }) => eventId, maxLength: 30 },
);

describe("for any events", () => {
  test("their order and repetition change no cart", () =>
    fc.assert(
      fc.property(
        events.chain((all) =>
          fc.tuple(
            fc.constant(all),
            fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length }),
            fc.subarray(all),
          ),
        ),
        ([all, shuffled, again]) => {
          expect(rowsOf([...shuffled, ...again])).toEqual(rowsOf(all));
        },
      ),
      RUNS,
    ));

  test("carts follow each other; each event is of one cart, or of none", () =>
    fc.assert(
      fc.property(events, (all) => {
        const carts = splitIntoCarts(all, QUIET);
        const ids = carts.flat().map(({ eventId }) => eventId);
        expect(new Set(ids).size).toBe(ids.length);
        for (const [cart, next] of carts.map((cart, index) => [cart, carts[index + 1]] as const))
          if (next) expect(cart.at(-1)?.at.getTime()).toBeLessThanOrEqual(next[0].at.getTime());
        for (const cart of carts) {
          expect(cart[0].kind).toBe("added");
          expect(cart.slice(0, -1).map(({ kind }) => kind)).not.toContain("completed");
        }
      }),
      RUNS,
    ));

  test("no cart holds less than nothing, its peak is its highest value, and its times are in order", () =>
    fc.assert(
      fc.property(events, (all) => {
        for (const cart of splitIntoCarts(all, QUIET)) {
          const history = cartHistory(cart);
          const row = cartRow("ana", cart, QUIET);
          const values = history.flatMap(({ valueMinor }) => valueMinor ?? []);
          for (const { itemCount } of history) expect(itemCount).toBeGreaterThanOrEqual(0);
          for (const value of values) expect(value).toBeGreaterThanOrEqual(0);
          expect(row.peakValueMinor).toBe(values.length > 0 ? Math.max(...values) : null);
          if (row.recoveredAt) expect(row.recoveredAt >= minutes(60, row.startedAt)).toBe(true);
          if (row.recoveredAt) expect(row.abandonedAt).not.toBeNull();
          if (row.convertedAt) expect(row.convertedAt).toEqual(row.lastActionAt);
        }
      }),
      RUNS,
    ));

  test("what is still to come changes no earlier cart but the last", () =>
    fc.assert(
      fc.property(events, fc.nat({ max: 600 }), (all, minute) => {
        const before = rowsOf(all.filter(({ at }) => at < minutes(minute)));
        expect(rowsOf(all).slice(0, Math.max(0, before.length - 1))).toEqual(before.slice(0, -1));
      }),
      RUNS,
    ));
});
