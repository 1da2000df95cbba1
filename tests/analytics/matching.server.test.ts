import fc from "fast-check";
import { expect } from "vitest";
import { funnel } from "~/analytics/funnel/funnel.server";
import { changeFunnels, funnelOf, funnelsOf } from "~/analytics/funnel/funnels.server";
import type { FunnelDefinition, FunnelStep } from "~/analytics/funnel/steps";
import type { Database } from "~/platform/db.server";
import { test } from "../database";
import { NOON, shop } from "../factories";
import { addSession, ask } from "./facts";
import { addEvents, naiveFunnel, type MadeSession } from "./naive-funnel";

const NOW = "2026-06-12T12:00:00Z";
const definition = (
  steps: FunnelStep[],
  about: Partial<FunnelDefinition> = {},
): FunnelDefinition => ({
  ...{ steps, order: "ordered", windowMinutes: 60, countedBy: "visitor" },
  ...about,
});

/** Reached, lost and open of each stage. */
async function told(db: Database, shopId: number, wanted: FunnelDefinition, search = "") {
  const { rows } = await funnel(db, ask(shopId, search, { now: NOW }), {
    ...{ definition: wanted, by: "all" },
  });
  return rows.map(({ reached, lost, open }) => [reached, lost, open]);
}

const at = (time: string) => new Date(`2026-06-10T${time}Z`);

test("a step's conditions all have to hold", async ({ db }) => {
  const { id } = await shop(db);
  const facts = await addSession(db, id, { at: "2026-06-10T09:00:00Z" });
  await addEvents(db, facts, [
    { kind: "page", at: at("09:00:00"), value: "/pages/sale" },
    { kind: "product", at: at("09:00:10"), value: "Acme" },
    { kind: "search", at: at("09:00:20"), value: "red shoes" },
    { kind: "engagement", at: at("09:00:30"), value: "product_shared" },
    { kind: "checkout", at: at("09:00:40"), value: "shipping" },
    { kind: "purchase", at: at("09:00:50"), value: "" },
  ]);
  const page = { kind: "page" } as const;
  const steps: [FunnelStep, number][] = [
    [{ kind: "page", path: "/pages/*" }, 1],
    [{ kind: "page", path: "/pages/*", pageType: "product" }, 0],
    [{ kind: "page", path: "/page_/sale" }, 0],
    [{ kind: "product", vendor: "Acme" }, 1],
    [{ kind: "product", vendor: "Acme", productId: "8" }, 0],
    [{ kind: "search", query: "red shoes" }, 1],
    [{ kind: "engagement", engagement: "product_shared" }, 1],
    [{ kind: "engagement", engagement: "product_hovered" }, 0],
    [{ kind: "checkout", checkoutStep: "shipping" }, 1],
    [{ kind: "checkout", checkoutStep: "payment" }, 0],
    [{ kind: "purchase" }, 1],
    [{ kind: "removed" }, 0],
  ];

  for (const [step, reached] of steps) {
    const [first] = await told(db, id, definition([step, page]));
    expect(first, JSON.stringify(step)).toEqual([reached, 0, 0]);
  }
});

test("in order, a step counts after the one before it; in a loose one, after the first", async ({
  db,
}) => {
  const { id } = await shop(db);
  const facts = await addSession(db, id, { at: "2026-06-10T09:00:00Z" });
  await addEvents(db, facts, [
    { kind: "search", at: at("09:00:00"), value: "tent" },
    { kind: "added", at: at("09:01:00"), value: "" },
    { kind: "product", at: at("09:02:00"), value: "Acme" },
  ]);
  const steps: FunnelStep[] = [{ kind: "search" }, { kind: "product" }, { kind: "added" }];

  expect((await told(db, id, definition(steps)))[2]).toEqual([0, 1, 0]);
  expect((await told(db, id, definition(steps, { order: "loose" })))[2]).toEqual([1, 0, 0]);
});

test("an event is one step's only, and what comes after the window is too late", async ({ db }) => {
  const { id } = await shop(db);
  const facts = await addSession(db, id, { at: "2026-06-10T09:00:00Z" });
  await addEvents(db, facts, [
    { kind: "product", at: at("09:00:00"), value: "Acme" },
    { kind: "product", at: at("09:10:00"), value: "Acme" },
  ]);
  const three: FunnelStep[] = [{ kind: "product" }, { kind: "product" }, { kind: "product" }];

  expect(await told(db, id, definition(three))).toEqual([
    [1, 0, 0],
    [1, 0, 0],
    [0, 1, 0],
  ]);
  expect((await told(db, id, definition(three, { windowMinutes: 10 })))[1]).toEqual([1, 0, 0]);
  expect((await told(db, id, definition(three, { windowMinutes: 9 })))[1]).toEqual([0, 1, 0]);
});

test("a visitor goes through a funnel with all their browsers, a session alone", async ({ db }) => {
  const { id } = await shop(db);
  const visitorId = "customer:1";
  const phone = { clientId: "phone", visitorId, device: "mobile" };
  const laptop = { clientId: "laptop", visitorId, device: "desktop" };
  const first = await addSession(db, id, { at: "2026-06-10T09:00:00Z", ...phone });
  const second = await addSession(db, id, { at: "2026-06-10T09:30:00Z", ...laptop });
  await addEvents(db, first, [{ kind: "product", at: at("09:00:00"), value: "Acme" }]);
  await addEvents(db, second, [{ kind: "purchase", at: at("09:30:00"), value: "" }]);
  const steps: FunnelStep[] = [{ kind: "product" }, { kind: "purchase" }];

  expect(await told(db, id, definition(steps))).toEqual([
    [1, 0, 0],
    [1, 0, 0],
  ]);
  expect(await told(db, id, definition(steps, { countedBy: "session" }))).toEqual([
    ...[
      [1, 0, 0],
      [0, 1, 0],
    ],
  ]);
  expect(await told(db, id, definition(steps), "device=mobile")).toEqual([
    [1, 0, 0],
    [1, 0, 0],
  ]);
  expect(await told(db, id, definition(steps), "device=desktop")).toEqual([
    [0, 0, 0],
    [0, 0, 0],
  ]);
});

const kinds = ["page", "product", "search", "added", "removed", "checkout", "purchase"] as const;
const values = { page: "path", product: "vendor", search: "query" } as const;
const minute = fc.integer({ min: 0, max: 4 * 24 * 60 });

const someSteps = fc.array(
  fc
    .record({ kind: fc.constantFrom(...kinds.slice(0, 4)), value: fc.constantFrom("a", "b", null) })
    .map(({ kind, value }): FunnelStep => {
      const name = Object.hasOwn(values, kind) ? values[kind as keyof typeof values] : null;
      return name && value ? { kind, [name]: value } : { kind };
    }),
  { minLength: 2, maxLength: 4 },
);
const someSessions = fc.array(
  fc.record({
    visitor: fc.constantFrom("customer:1", "customer:2", "customer:3"),
    start: minute,
    events: fc.array(
      fc.record({
        kind: fc.constantFrom(...kinds.slice(0, 4)),
        value: fc.constantFrom("a", "b"),
        /** Few different ones, so that some happen at once. */
        after: fc.integer({ min: 0, max: 12 }),
      }),
      { maxLength: 8 },
    ),
  }),
  { minLength: 1, maxLength: 8 },
);

test("SQL finds what looking at each visitor's events one by one finds", async ({ db }) => {
  const reached = new Set<number>();
  await fc.assert(
    fc.asyncProperty(
      someSteps,
      someSessions,
      fc.record({
        order: fc.constantFrom("ordered", "loose"),
        windowMinutes: fc.constantFrom(2, 10, 24 * 60, 5 * 24 * 60),
        countedBy: fc.constantFrom("session", "visitor"),
      }),
      async (steps, made, options) => {
        const { id } = await shop(db);
        const sessions: MadeSession[] = [];
        for (const { visitor, start, events } of made)
          sessions.push(await make(db, id, { visitor, start, events }));
        const wanted: FunnelDefinition = { steps, ...options };
        const question = ask(id, "from=2026-06-09&to=2026-06-11", { now: NOW });

        const { rows } = await funnel(db, question, { definition: wanted, by: "all" });

        const expected = naiveFunnel(wanted, sessions, question);
        expect(
          rows.map(({ reached, open, medianTime }) => ({ reached, open, medianTime })),
        ).toEqual(expected);
        for (const [index, stage] of expected.entries()) if (stage.reached > 0) reached.add(index);
      },
    ),
    { numRuns: 60, seed: 7 },
  );
  expect([...reached].sort()).toEqual([0, 1, 2, 3]);
});

type Making = {
  visitor: string;
  start: number;
  events: { kind: (typeof kinds)[number]; value: string; after: number }[];
};

async function make(
  db: Database,
  id: number,
  { visitor, start, events }: Making,
): Promise<MadeSession> {
  const startedAt = Date.parse("2026-06-08T12:00:00Z") + start * 60_000;
  const last = Math.max(0, ...events.map(({ after }) => after));
  const endedAt = new Date(startedAt + last * 60_000);
  const facts = await addSession(db, id, {
    ...{ at: new Date(startedAt).toISOString(), until: endedAt.toISOString(), visitorId: visitor },
  });
  const timed = events.map(({ after, ...event }) => ({
    ...event,
    at: new Date(startedAt + after * 60_000),
  }));
  return { ...facts, visitor, endedAt, events: await addEvents(db, facts, timed) };
}

test("a built funnel is kept, changed and deleted, by its own shop alone", async ({ db }) => {
  const [ours, theirs] = [await shop(db), await shop(db)];
  const wish = (about: Record<string, string>) => {
    const form = new FormData();
    for (const [name, value] of Object.entries(about)) form.set(name, value);
    return { form, now: NOON };
  };
  const first = definition([{ kind: "search" }, { kind: "purchase" }]);
  const second = { ...first, windowMinutes: 5 };

  const made = await changeFunnels(
    ...([db, ours.id] as const),
    wish({ name: " Searching ", definition: JSON.stringify(first) }),
  );
  if (made === null) throw new Error("nothing was made");
  const built = { funnelId: made, name: "Searching", definition: first };
  expect(await funnelsOf(db, ours.id)).toEqual([built]);
  expect(await funnelsOf(db, theirs.id)).toEqual([]);
  await expect(funnelOf(db, theirs.id, made)).rejects.toThrow("there is no funnel");

  const change = wish({ funnelId: made, name: "Soon", definition: JSON.stringify(second) });
  await expect(changeFunnels(db, theirs.id, change)).rejects.toThrow("there is no funnel");
  await changeFunnels(db, ours.id, change);
  await changeFunnels(db, theirs.id, wish({ delete: made }));
  expect(await funnelOf(db, ours.id, made)).toEqual({ ...built, name: "Soon", definition: second });

  await changeFunnels(db, ours.id, wish({ delete: made }));
  expect(await funnelsOf(db, ours.id)).toEqual([]);
  await expect(
    changeFunnels(db, ours.id, wish({ name: "", definition: JSON.stringify(first) })),
  ).rejects.toThrow(/^name/);
});
