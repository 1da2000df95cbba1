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

/** As much of an event as the queue looks at. */
const wire = ({ id, name, timestamp }: ReturnType<typeof view>) => ({ id, name, timestamp });

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

  test.for([1, 100, 600])(
    "that open at once share out what is left, at %i ms of latency",
    async (latency) => {
      for (let seed = 0; seed < 40; seed++) {
        const left = views(5);
        const items = left.map((event, i): [string, string] => [
          `pixelnova:q:${event.id}`,
          `${i % 2 ? "" : "0.5 1760000000000 "}${JSON.stringify(wire(event))}`,
        ]);
        const world = createVirtualWorld(code, seed, { ...createStorage(items), latency });

        world.open();
        world.open();
        await world.pass(120_000);

        for (const { id } of left) {
          expectNoTwoAtOnce(world, id);
          if (latency < 600) expect(carrying(world, id)).toHaveLength(1);
        }
      }
    },
  );

  test("leave a claim alone while it stands, unless a changed clock made it", async () => {
    const [old, ahead, fresh] = [view(), view(), view()];
    const world = createVirtualWorld(code, 1);
    const hold = ({ id }: { id: string }, since: number) =>
      world.storage.items.set(`pixelnova:q:${id}`, `0.5 ${since} ${JSON.stringify({ id })}`);
    hold(old, world.now() - 11_000);
    hold(ahead, world.now() + 60_000);
    hold(fresh, world.now());

    world.open();
    await world.pass(9_000);
    expect([...world.delivered()].sort()).toEqual([old.id, ahead.id].sort());

    await world.pass(20_000);
    expect(world.delivered()).toContain(fresh.id);
  });

  test("send nothing again that a withdrawn consent took out of the storage", async () => {
    const world = createVirtualWorld(code, 2);
    const [one, other] = [world.open(), world.open()];
    world.answer({ status: 503, retryAfter: 20 });
    one.publish(...views(3), standardEvent("checkout_completed"));
    await world.pass(10_000);
    const before = world.sendings.length;

    other.decide(false);
    await world.pass(5_000);
    world.answer("well");
    await world.pass(120_000);

    expect(world.storage.items.size).toBe(0);
    expect(world.sendings).toHaveLength(before);
  });

  test("send a purchase at once, whatever has to be claimed first", async () => {
    const world = createVirtualWorld(code, 3);
    const tab = world.open();
    world.answer({ status: 503, retryAfter: 600 });
    tab.publish(...views(3));
    await world.pass(15_000);
    const purchase = standardEvent("checkout_completed");
    world.answer("well");

    const at = world.now();
    tab.publish(purchase);
    await world.pass(60_000);

    expect(carrying(world, purchase.id)).toMatchObject([{ ids: [purchase.id] }]);
    expect(carrying(world, purchase.id)[0]?.from).toBeLessThanOrEqual(at + world.storage.latency);
    expect(world.delivered().size).toBe(4);
  });
});
