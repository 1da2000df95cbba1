import { setTimeout as sleep } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import { Gate, type Arrival, type GateOptions } from "~/events/ingest/gate";

function openGate(options: Partial<GateOptions> = {}): Gate {
  const gate = new Gate({ isBlocked: () => false, ...options });
  onTestFinished(() => gate.stop());
  return gate;
}

const arrival = (about: Partial<Arrival> = {}): Arrival => ({
  ...{ shopId: 1, isUrgent: false, size: 10, bytes: 1_000 },
  ...about,
});

/** Lets a request in and tells of its end. */
const admit = (gate: Gate, told: string[], name: string, about: Partial<Arrival> = {}) =>
  gate.admit(arrival(about), {
    work: () => told.push(name),
    giveUp: () => told.push(`${name} given up`),
  });

test("whoever is let in has a turn, the urgent first", async () => {
  const told: string[] = [];
  const gate = openGate();

  for (let number = 0; number < 20; number++) admit(gate, told, `view ${number}`);
  admit(gate, told, "purchase", { isUrgent: true });
  expect(told).toEqual([]);
  await sleep(20);

  expect(told).toHaveLength(21);
  expect(told[0]).toBe("purchase");
});

test("while what was let through is enough to go on with, the room fills and then refuses", async () => {
  const told: string[] = [];
  let isBlocked = true;
  const gate = openGate({ isBlocked: () => isBlocked });

  let letIn = 0;
  while (admit(gate, told, "view", { shopId: letIn % 20 })) letIn++;
  expect(gate.hasRoomFor(arrival())).toBe(false);
  expect(gate.hasRoomFor(arrival({ isUrgent: true }))).toBe(true);
  expect(told).toEqual([]);

  isBlocked = false;
  gate.kick();
  await sleep(50);
  expect(told).toHaveLength(letIn);
  expect(gate.hasRoomFor(arrival())).toBe(true);
});

test("a room holds what can be done within the patience, by the pace of the last ones", async () => {
  let free = 0;
  const gate = openGate({ isBlocked: () => free === 0, patienceMs: 1_000 });
  const admitOne = (shopId: number) =>
    gate.admit(arrival({ shopId, size: 100 }), { work: () => free--, giveUp: () => {} });
  admitOne(1);
  const { share } = gate.load();

  for (let shopId = 2; shopId <= 20; shopId++) admitOne(shopId);
  for (let round = 0; round < 19; round++) {
    free = 1;
    gate.kick();
    await sleep(20);
  }

  expect(gate.load().waiting).toBe(100);
  expect(gate.load().share).toBeGreaterThan(2 * share); // 20,000 a second at first, 5,000 at most now
  free = 1;
});

test("arrivals drive it on when the event loop gets to nothing else", () => {
  const told: string[] = [];
  const gate = openGate();
  admit(gate, told, "view");
  const busyUntil = performance.now() + 2_000;

  while (told.length === 0 && performance.now() < busyUntil) gate.hurry();

  expect(told).toEqual(["view"]);
});

test("work is done in slices, so that arrivals in between are looked at", async () => {
  const gate = openGate();
  let done = 0;
  const work = () => {
    for (const end = performance.now() + 2; performance.now() < end;);
    done++;
  };
  for (let count = 0; count < 40; count++)
    gate.admit(arrival({ shopId: count, size: 50 }), { work, giveUp: () => {} });

  await new Promise(setImmediate);
  await new Promise(setImmediate);
  expect(done).toBeGreaterThan(0);
  expect(done).toBeLessThan(20);
  await gate.stop();
  expect(done).toBe(40);
});
