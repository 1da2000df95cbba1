import fc from "fast-check";
import { expect, test } from "vitest";
import { FACTS, foldVisits } from "~/projections/tables.server";
import { foldTimeline, type EarlierSession } from "~/projections/timeline";
import type { TimelineEvent } from "~/projections/visit";
import { CUSTOM_EVENT_NAMES } from "~/events/custom-events";
import { funnelSteps } from "~/projections/facts/funnel-steps";
import { pageViews, type PageViewRow } from "~/projections/facts/page-views";
import { sessions } from "~/projections/facts/sessions";
import { CUSTOM_EXAMPLES } from "../../events/custom-examples";
import { minutes, timelineEvent } from "../../factories";

const productId = fc.constantFrom("7", "8", "9");
const productVariant = fc.record({
  id: fc.option(fc.constantFrom("70", "80")),
  price: fc.option(fc.record({ amountMinor: fc.nat(), currencyCode: fc.constant("EUR") })),
  product: fc.record({ id: fc.option(productId) }),
});
const checkout = fc.record({
  token: fc.option(fc.constantFrom("a", "b")),
  currencyCode: fc.constant("EUR"),
  totalPrice: fc.constant(null),
  order: fc.option(fc.record({ id: fc.option(fc.constant("99")) })),
  lineItems: fc.array(fc.record({ quantity: fc.nat({ max: 3 }) }), { maxLength: 2 }),
});
const cartLine = fc.record({
  merchandise: productVariant,
  quantity: fc.nat({ max: 5 }),
  cost: fc.constant(null),
});
const searchResult = fc.record({
  query: fc.constantFrom("tea", " Tea", "cups"),
  productIds: fc.uniqueArray(productId),
});

const engaged = fc.record({
  visibleMs: fc.nat({ max: 20_000 }),
  scrollPercent: fc.nat({ max: 100 }),
  firstInteractionMs: fc.option(fc.nat({ max: 5_000 })),
});
const CLICKS = ["element_clicked", "rage_clicked", "dead_clicked"].map(
  (name) => `pixelnova:${name}`,
);

/** Every kind of event that a fold looks into, and one that none does. */
const named = fc.oneof(
  fc.record({ name: fc.constant("page_viewed"), data: fc.constant({}) }),
  fc.record({ name: fc.constant("product_viewed"), data: fc.record({ productVariant }) }),
  fc.record({ name: fc.constant("search_submitted"), data: fc.record({ searchResult }) }),
  fc.record({
    name: fc.constantFrom("product_added_to_cart", "product_removed_from_cart"),
    data: fc.record({ cartLine: fc.option(cartLine) }),
  }),
  fc.record({
    name: fc.constantFrom("checkout_started", "payment_info_submitted", "checkout_completed"),
    data: fc.record({ checkout }),
  }),
  fc.record({ name: fc.constant("pixelnova:shared"), data: fc.constant({ method: "copy" }) }),
  fc.record({ name: fc.constant("pixelnova:page_engaged"), data: engaged }),
  fc.record({
    name: fc.constantFrom(...CLICKS),
    data: fc.option(fc.constant(CUSTOM_EXAMPLES["pixelnova:rage_clicked"])),
  }),
  fc.constantFrom(...CUSTOM_EVENT_NAMES).map((name) => ({ name, data: CUSTOM_EXAMPLES[name] })),
);
const event = fc
  .record({
    eventId: fc.string({ minLength: 1, maxLength: 3 }),
    event: named,
    occurredAt: fc.integer({ min: 0, max: 300 }).map((minute) => minutes(minute)),
    seq: fc.option(fc.nat({ max: 5 })),
    path: fc.constantFrom("/", "/products/7", "/cart", null),
  })
  .map(({ event, ...about }) => timelineEvent({ ...about, ...event }));
const timeline = fc.uniqueArray(event, { selector: ({ eventId }) => eventId, maxLength: 30 });

const rowsOf = (events: readonly TimelineEvent[], earlier: EarlierSession[] = []) => {
  const { visits } = foldTimeline(events, { earlier });
  return Object.fromEntries(FACTS.map(({ table, fold }) => [table, visits.flatMap(fold)]));
};

const RUNS = { numRuns: 1_000 };

test("arrival order and repetition change no row of any table", () => {
  const disordered = timeline.chain((events) =>
    fc.tuple(
      fc.constant(events),
      fc.shuffledSubarray(events, { minLength: events.length, maxLength: events.length }),
      fc.subarray(events),
    ),
  );

  fc.assert(
    fc.property(disordered, ([events, order, repeated]) => {
      expect(rowsOf([...order, ...repeated])).toEqual(rowsOf(events));
    }),
    RUNS,
  );
});

test("what comes after a pause changes no row from before, and its own rows do not depend on them", () => {
  const later = (events: TimelineEvent[]) =>
    events.map((each, index) => ({
      ...each,
      eventId: `later-${index}`,
      occurredAt: minutes(400, each.occurredAt),
    }));

  fc.assert(
    fc.property(timeline, timeline, (before, after) => {
      const whole = rowsOf([...before, ...later(after)]);
      const first = rowsOf(before);
      const second = rowsOf(later(after), (first.sessions ?? []) as EarlierSession[]);

      for (const { table } of FACTS)
        expect(whole[table]).toEqual([...(first[table] ?? []), ...(second[table] ?? [])]);
    }),
    RUNS,
  );
});

test("a row lies within its session, and a funnel has no gap", () => {
  fc.assert(
    fc.property(timeline, (events) => {
      for (const visit of foldTimeline(events).visits) {
        const [from, to] = [visit.events[0], visit.events.at(-1)];
        for (const { table, at, fold } of FACTS)
          for (const row of fold(visit) as Record<string, unknown>[]) {
            const moment = row[at] as Date;
            expect(moment >= from.occurredAt && moment <= (to ?? from).occurredAt, table).toBe(
              true,
            );
            expect(row.sessionId).toBe(from.eventId);
          }
        const places = FACTS.find(({ table }) => table === "funnel_steps")?.fold(visit) as {
          place: number;
        }[];
        expect(places.map(({ place }) => place)).toEqual(places.map((_, index) => index + 1));
      }
    }),
    RUNS,
  );
});

test("a session keeps the first five pages that it saw, and the last five until its purchase", () => {
  const journey = (rows: readonly PageViewRow[], by: "path" | "pageType") => {
    const names: string[] = [];
    for (const row of rows) if (names.at(-1) !== row[by]) names.push(row[by]);
    return names;
  };
  const joined = (names: readonly string[]) => (names.length > 0 ? names.join(" → ") : null);
  const data = { checkout: { token: null, order: null, lineItems: [] } };
  const walk = fc.array(
    fc
      .record({
        name: fc.oneof(
          { weight: 8, arbitrary: fc.constant("page_viewed") },
          { weight: 1, arbitrary: fc.constantFrom("checkout_completed", "pixelnova:shared") },
        ),
        path: fc.constantFrom("/", "/products/7", "/products/8", "/cart", null),
        occurredAt: fc.integer({ min: 0, max: 120 }).map((minute) => minutes(minute)),
        seq: fc.option(fc.nat({ max: 5 })),
      })
      .map((about) => timelineEvent({ ...about, data })),
    { minLength: 5, maxLength: 30, size: "max" },
  );
  let cut = 0;

  fc.assert(
    fc.property(walk, (events) => {
      for (const visit of foldTimeline(events).visits) {
        const [session] = sessions.fold(visit);
        const views = pageViews.fold(visit);
        const bought = funnelSteps.fold(visit).find(({ step }) => step === "completed");
        const before = views.filter(({ viewedAt }) => bought && viewedAt <= bought.reachedAt);
        expect(session).toMatchObject({
          firstPages: joined(journey(views, "pageType").slice(0, 5)),
          firstPaths: joined(journey(views, "path").slice(0, 5)),
          pagesToPurchase: joined(journey(before, "pageType").slice(-5)),
          pathsToPurchase: joined(journey(before, "path").slice(-5)),
        });
        cut += Number(journey(before, "path").length > 5);
      }
    }),
    RUNS,
  );
  expect(cut).toBeGreaterThan(100);
});

test("a session was looked at for as long as its pages, and no page longer than it told", () => {
  fc.assert(
    fc.property(timeline, (events) => {
      for (const visit of foldTimeline(events).visits) {
        const seen = pageViews.fold(visit).flatMap(({ visibleMs }) => visibleMs ?? []);
        const [session] = sessions.fold(visit);
        const sum = seen.reduce((total, ms) => total + ms, 0);
        expect(session?.engagedMs).toBe(seen.length > 0 ? sum : null);
        if (session?.isBounce) expect(sum).toBeLessThan(10_000);

        const told = visit.events.filter(({ name }) => name === "pixelnova:page_engaged");
        const most = told.map(({ data }) => (data as { visibleMs: number }).visibleMs);
        expect(Math.max(0, ...seen)).toBeLessThanOrEqual(Math.max(0, ...most));
      }
    }),
    RUNS,
  );
});

test("no session is begun or lengthened by what its pages tell while nobody does anything", () => {
  const bounds = (events: readonly TimelineEvent[]) =>
    foldTimeline(events).visits.map(({ events: visit }) => [visit[0].eventId, visit.length]);
  const isReport = ({ name }: TimelineEvent) => name === "pixelnova:page_engaged";

  fc.assert(
    fc.property(timeline, (events) => {
      const acts = events.filter((event) => !isReport(event));
      const withReports = foldTimeline(events).visits.map(({ events: visit }) => [
        visit[0].eventId,
        visit.filter((event) => !isReport(event)).length,
      ]);
      expect(withReports).toEqual(bounds(acts));
    }),
    RUNS,
  );
});

test("a session that goes on for weeks, its pages looked at all the time, fits its columns", () => {
  const weeks = 1_400; // times 29 minutes
  const looked = Array.from({ length: weeks }, (_, index) => [
    timelineEvent({ occurredAt: minutes(index * 29) }),
    timelineEvent({
      ...{ name: "pixelnova:page_engaged", occurredAt: minutes(index * 29 + 1) },
      data: { visibleMs: 1_800_000, scrollPercent: 0 },
    }),
  ]).flat();
  const variant = { id: "70", product: { id: "7" }, price: null };
  const cartLine = { merchandise: variant, quantity: 1, cost: null };
  const added = { name: "product_added_to_cart", data: { cartLine } };

  const { visits } = foldTimeline([
    timelineEvent({ name: "product_viewed", data: { productVariant: variant } }),
    ...looked,
    timelineEvent({ path: "/other", occurredAt: minutes(weeks * 29) }),
    timelineEvent({ ...added, occurredAt: minutes(weeks * 29) }),
  ]);

  expect(visits).toHaveLength(1);
  expect(foldVisits([{ shopId: 1, visits }], FACTS).failures).toEqual([]);
});
