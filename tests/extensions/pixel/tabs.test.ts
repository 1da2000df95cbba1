import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { bundledPixel, createStorage } from "./sandbox";
import { standardEvent } from "./shopper";
import { view, views } from "./store";
import { createVirtualWorld, type Fate, type Sending, type Tab } from "./virtual-world";

let code: string;
beforeAll(async () => {
  code = await bundledPixel();
});

type World = ReturnType<typeof createVirtualWorld>;

const FATES: Fate[] = [
  "well",
  "well",
  "lost",
  "mute",
  "drop",
  { status: 503, retryAfter: 2 },
  { status: 429, retryAfter: 15 },
];

const step = fc.oneof(
  fc.record({ act: fc.constant("open" as const) }),
  fc.record({ act: fc.constant("close" as const), tab: fc.nat(3) }),
  fc.record({
    act: fc.constant("publish" as const),
    tab: fc.nat(3),
    events: fc.integer({ min: 1, max: 4 }),
  }),
  fc.record({
    act: fc.constant("pass" as const),
    seconds: fc.double({ min: 0, max: 14, noNaN: true }),
  }),
);
type Step = typeof step extends fc.Arbitrary<infer Drawn> ? Drawn : never;

/** What a shopper with several tabs does. @returns the events that reached the storage */
async function browse(world: World, steps: Step[]) {
  const tabs: Tab[] = [world.open(), world.open()];
  const events: { id: string }[] = [];
  for (const doing of steps) {
    const tab = "tab" in doing ? tabs[doing.tab % tabs.length] : undefined;
    if (doing.act === "open") tabs.push(world.open());
    else if (doing.act === "pass") await world.pass(doing.seconds * 1_000);
    else if (doing.act === "close" && tab) world.close(tab);
    else if (doing.act === "publish" && tab && tab.closedAt === Infinity) {
      const published = views(doing.events);
      tab.publish(...published);
      await world.pass(world.storage.latency + 1);
      events.push(...published);
    }
  }
  return { tabs, events };
}

/** The shopper closes all tabs, and comes back when all is well. */
async function comeBack(world: World, tabs: Tab[]) {
  tabs.forEach(world.close);
  world.answer("well");
  await world.pass(30_000);
  world.open();
  for (let minutes = 0; minutes < 60 && world.storage.items.size > 0; minutes++)
    await world.pass(60_000);
}

const carrying = ({ sendings }: World, id: string) =>
  sendings.filter(({ ids }) => ids.includes(id)).sort((a, b) => a.from - b.from);

/** Its page was closed before it could take the events off the shelf, or no answer came. */
const isUnheard = ({ answered, tab, to }: Sending) => !answered || tab.closedAt < to + 1_000;

const browsing = (latencies: number[]) =>
  fc.record({
    seed: fc.integer(),
    latency: fc.constantFrom(...latencies),
    steps: fc.array(step, { minLength: 5, maxLength: 30 }),
  });

async function play({ seed, latency, steps }: { seed: number; latency: number; steps: Step[] }) {
  const world = createVirtualWorld(code, seed, { ...createStorage(), latency });
  world.answer(() => FATES[Math.floor(world.random() * FATES.length)] ?? "well");
  const { tabs, events } = await browse(world, steps);
  await comeBack(world, tabs);
  return { world, events };
}

function expectNoTwoAtOnce(world: World, id: string) {
  const sent = carrying(world, id);
  sent.slice(1).forEach(({ from }, i) => expect(from).toBeGreaterThanOrEqual(sent[i]?.to ?? 0));
}

describe("tabs that share one storage", () => {
  test("never send an event twice at once, and lose and repeat none that was heard", async () => {
    await fc.assert(
      fc.asyncProperty(browsing([1, 20, 100]), async (drawn) => {
        const { world, events } = await play(drawn);

        expect(world.storage.items.size).toBe(0);
        for (const { id } of events) {
          const stored = carrying(world, id).filter((sending) => sending.stored);
          expectNoTwoAtOnce(world, id);
          expect(stored.length).toBeGreaterThan(0);
          expect(stored.slice(0, -1).every(isUnheard)).toBe(true);
        }
      }),
      { numRuns: 60 },
    );
  }, 120_000);

  test("never send an event twice at once through a storage too slow to tell", async () => {
    await fc.assert(
      fc.asyncProperty(browsing([400]), async (drawn) => {
        const { world, events } = await play(drawn);

        for (const { id } of events) {
          expectNoTwoAtOnce(world, id);
          expect(carrying(world, id).some(({ stored }) => stored)).toBe(true);
        }
      }),
      { numRuns: 25 },
    );
  }, 120_000);
});
