import { beforeAll, expect, test } from "vitest";
import { bundledPixel } from "./sandbox";
import { customEvent, standardEvent } from "./shopper";
import { view, views } from "./store";
import { createVirtualWorld } from "./virtual-world";

let code: string;
beforeAll(async () => {
  code = await bundledPixel();
});

const MINUTE = 60_000;
const huge = () =>
  customEvent(
    "pixelnova:note",
    Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`field${i}`, "\u0001".repeat(200)])),
  );

test("what a long outage cost is told once it is over, and never twice", async () => {
  const world = createVirtualWorld(code, 1);
  const tab = world.open();
  world.answer({ status: 503, retryAfter: 60 });
  const events = [...views(100), standardEvent("checkout_completed"), ...views(250)];
  for (const event of events) {
    tab.publish(event);
    await world.pass(500);
  }
  world.answer("well");

  await world.pass(10 * MINUTE);
  tab.publish(view());
  await world.pass(MINUTE);

  const delivered = world.delivered();
  expect(world.dropped()).toBeGreaterThan(100);
  expect(world.dropped()).toBe(events.length + 1 - delivered.size);
  expect(delivered).toContain(events[100]?.id);
  expect(world.storage.items.size).toBe(0);
});

test("a lost answer tells it again, a refusal does too, an answer ends it", async () => {
  const world = createVirtualWorld(code, 2);
  const tab = world.open();
  const fates = ["drop", { status: 503 }, "well"] as const;
  world.answer(() => fates[world.sendings.length] ?? "well");

  tab.publish(huge(), view());
  await world.pass(MINUTE);
  tab.publish(view());
  await world.pass(MINUTE);

  expect(world.sendings.map(({ dropped }) => dropped)).toEqual([1, 1, 1, 0]);
});

test("an event that no batch can hold is counted", async () => {
  const world = createVirtualWorld(code, 3);
  const [poison, ...others] = views(6);
  world.answer((ids) => (ids.includes(poison?.id ?? "") ? { status: 400 } : "well"));

  const tab = world.open();
  tab.publish(poison ?? view(), ...others);
  await world.pass(MINUTE);
  tab.publish(view());
  await world.pass(MINUTE);

  expect(world.delivered().size).toBe(6);
  expect(world.dropped()).toBe(1);
  expect(world.storage.items.size).toBe(0);
});

test("the count survives its page, at least by half", async () => {
  const world = createVirtualWorld(code, 4);
  const first = world.open();
  for (let i = 0; i < 11; i++) {
    first.publish(huge());
    await world.pass(1_000);
  }
  world.close(first);
  expect(world.storage.items.size).toBeLessThan(6);

  const tabs = [world.open(), world.open()];
  await world.pass(MINUTE);
  for (const tab of tabs) tab.publish(view());
  await world.pass(MINUTE);

  expect(world.dropped()).toBeGreaterThanOrEqual(6);
  expect(world.dropped()).toBeLessThanOrEqual(11);
  expect(world.storage.items.size).toBe(0);
});

test("numbers that another script wrote spoil nothing", async () => {
  const world = createVirtualWorld(code, 5);
  ["-1", "1e99", '"x"', "{}", "0.5 1 1000000000", "1000000000"].forEach((value, i) =>
    world.storage.items.set(`pixelnova:dropped:${i}`, value),
  );
  const tab = world.open();
  await world.pass(5_000);

  tab.publish(view());
  await world.pass(MINUTE);

  expect(world.delivered().size).toBe(1);
  expect(world.dropped()).toBe(1_000_000_000);
});
