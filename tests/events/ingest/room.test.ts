import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { WaitingRoom, type Waiting } from "~/events/ingest/room";

const LIMITS = { events: 100, bytes: 1_000_000 };

let number = 0;
const request = (about: Partial<Waiting<number>> = {}): Waiting<number> => ({
  ...{ shopId: 1, isUrgent: false, size: 1, bytes: 100, item: ++number },
  ...about,
});

const itemsOf = (requests: readonly Waiting<number>[]) => requests.map(({ item }) => item);

test("requests of a shop leave in the order in which they came", () => {
  const room = new WaitingRoom<number>();
  const requests = [request(), request({ size: 3 }), request()];
  for (const each of requests) room.admit(each, LIMITS);

  expect(itemsOf(room.take(100))).toEqual(itemsOf(requests));
  expect([room.size, room.bytes]).toEqual([0, 0]);
});

describe("lanes", () => {
  test("what is urgent leaves first", () => {
    const room = new WaitingRoom<number>();
    const [view, purchase] = [request(), request({ isUrgent: true })];
    room.admit(view, LIMITS);
    room.admit(purchase, LIMITS);

    expect(itemsOf(room.take(1))).toEqual([purchase.item]);
  });

  test("a flood of what calls itself urgent leaves a quarter to the others", () => {
    const room = new WaitingRoom<number>();
    for (let i = 0; i < 40; i++) room.admit(request({ isUrgent: true }), LIMITS);
    for (let i = 0; i < 20; i++) room.admit(request({ shopId: 2 }), LIMITS);

    const taken = room.take(20);

    expect(taken.filter(({ shopId }) => shopId === 2)).toHaveLength(5);
  });

  test("a full room still has a place for a purchase, and none for a page view", () => {
    const room = new WaitingRoom<number>();
    for (let shopId = 1; shopId <= 100; shopId++) while (room.admit(request({ shopId }), LIMITS));

    expect(room.admit(request({ shopId: 500 }), LIMITS)).toBe(false);
    expect(room.admit(request({ shopId: 500, isUrgent: true }), LIMITS)).toBe(true);
  });
});

describe("shops", () => {
  test("one that floods leaves half of the room to its neighbours", () => {
    const room = new WaitingRoom<number>();
    while (room.admit(request({ shopId: 1 }), LIMITS));

    expect(room.size).toBe(50);
    for (let i = 0; i < 20; i++) expect(room.admit(request({ shopId: 2 }), LIMITS)).toBe(true);
  });

  test("take turns, so that a short line does not wait for a long one", () => {
    const room = new WaitingRoom<number>();
    while (room.admit(request({ shopId: 1 }), LIMITS));
    const late = request({ shopId: 2 });
    room.admit(late, LIMITS);

    expect(itemsOf(room.take(10))).toContain(late.item);
  });

  test("whose requests are larger than a fair share still fill a write", () => {
    const room = new WaitingRoom<number>();
    const limits = { events: 10_000, bytes: 1_000_000 };
    for (let shopId = 1; shopId <= 20; shopId++) room.admit(request({ shopId, size: 50 }), limits);

    expect(room.take(500)).toHaveLength(10);
  });
});

test("memory is bounded, however few the events", () => {
  const room = new WaitingRoom<number>();
  room.admit(request({ bytes: 600_000 }), LIMITS);

  expect(room.admit(request({ shopId: 2, bytes: 600_000 }), LIMITS)).toBe(false);
});

test("what is taken out by a condition leaves no trace", () => {
  const room = new WaitingRoom<number>();
  const [stays, goes] = [request(), request({ size: 7, bytes: 900 })];
  room.admit(stays, LIMITS);
  room.admit(goes, LIMITS);

  expect(itemsOf(room.remove((item) => item === goes.item))).toEqual([goes.item]);
  expect([room.size, room.bytes]).toEqual([1, 100]);
});

test("whatever comes and goes: everything that is let in leaves once, and the room never overflows", () => {
  const coming = fc.record({
    shopId: fc.nat(5),
    isUrgent: fc.boolean(),
    size: fc.integer({ min: 1, max: 50 }),
  });
  const step = fc.oneof(coming, fc.record({ take: fc.integer({ min: 1, max: 80 }) }));

  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
      const room = new WaitingRoom<number>();
      const [admitted, left]: [number[], number[]] = [[], []];
      for (const each of steps) {
        if ("take" in each) {
          const taken = room.take(each.take);
          const size = taken.reduce((sum, { size }) => sum + size, 0);
          if (taken.length > 1) expect(size).toBeLessThanOrEqual(each.take);
          left.push(...itemsOf(taken));
        } else {
          const next = request(each);
          if (room.admit(next, LIMITS)) admitted.push(next.item);
          expect(room.size).toBeLessThanOrEqual(LIMITS.events * 1.25);
        }
      }
      while (room.size > 0) left.push(...itemsOf(room.take(30)));
      expect(left.toSorted((a, b) => a - b)).toEqual(admitted);
      expect(room.bytes).toBe(0);
    }),
    { numRuns: 300 },
  );
});
