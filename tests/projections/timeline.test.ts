import fc from "fast-check";
import { expect, test } from "vitest";
import { SESSION_GAP, type TimelineEvent } from "~/projections/visit";
import { minutes, timelineEvent } from "../factories";
import { fold as foldAll } from "../fold";

const fold = (...events: TimelineEvent[]) => foldAll(events);

test("events less than thirty minutes apart are one session", () => {
  const { sessions } = fold(
    timelineEvent({ eventId: "a" }),
    timelineEvent({ eventId: "b", occurredAt: minutes(29) }),
    timelineEvent({ eventId: "c", occurredAt: minutes(58) }),
  );

  expect(sessions).toMatchObject([
    {
      sessionId: "a",
      startedAt: minutes(0),
      endedAt: minutes(58),
      eventCount: 3,
      pageViewCount: 3,
    },
  ]);
});

test("after thirty minutes without an event a new session begins", () => {
  const { sessions } = fold(
    timelineEvent({ eventId: "a" }),
    timelineEvent({ eventId: "b", occurredAt: minutes(30) }),
  );

  expect(sessions.map((session) => session.sessionId)).toEqual(["a", "b"]);
});

test("a late event joins the two sessions that it lies between", () => {
  const ends = [
    timelineEvent({ eventId: "a" }),
    timelineEvent({ eventId: "c", occurredAt: minutes(50) }),
  ];
  expect(fold(...ends).sessions).toHaveLength(2);

  const { sessions, pageViews } = fold(
    ...ends,
    timelineEvent({ eventId: "b", occurredAt: minutes(25) }),
  );

  expect(sessions.map((session) => session.sessionId)).toEqual(["a"]);
  expect(new Set(pageViews.map((view) => view.sessionId))).toEqual(new Set(["a"]));
});

test("a session knows where it began, where it ended and who sent it", () => {
  const { sessions } = fold(
    timelineEvent({ path: "/", referrer: "https://search.example/results" }),
    timelineEvent({ name: "product_viewed", path: "/products/tea", occurredAt: minutes(1) }),
    timelineEvent({
      path: "/cart",
      occurredAt: minutes(2),
      referrer: "/products/tea",
      customerId: "7",
    }),
  );

  expect(sessions).toMatchObject([
    {
      entryPath: "/",
      exitPath: "/cart",
      referrerHost: "search.example",
      customerId: "7",
      eventCount: 3,
      pageViewCount: 2,
    },
  ]);
});

test("events of one moment stand in the order in which the browser counted them", () => {
  const { pageViews } = fold(
    timelineEvent({ eventId: "a", seq: 2, path: "/second" }),
    timelineEvent({ eventId: "b", seq: 1, path: "/first" }),
  );

  expect(pageViews.map((view) => view.path)).toEqual(["/first", "/second"]);
});

const AGENTS = ["Mozilla/5.0 (X11; Linux x86_64) Firefox/145.0", "Googlebot/2.1"];
const anyEvent = fc
  .record({
    eventId: fc.string({ minLength: 1, maxLength: 3 }),
    name: fc.constantFrom("page_viewed", "product_viewed", "cart_viewed"),
    clientId: fc.constant("ana"),
    customerId: fc.option(fc.constantFrom("7", "8")),
    occurredAt: fc.integer({ min: 0, max: 300 }).map((minute) => minutes(minute)),
    seq: fc.option(fc.nat({ max: 5 })),
    path: fc.option(fc.constantFrom("/", "/cart")),
    title: fc.option(fc.constant("Title")),
    referrer: fc.option(fc.constantFrom("/cart", "https://search.example/")),
    userAgent: fc.option(fc.constantFrom(...AGENTS), { freq: 3 }),
    sampleRate: fc.option(fc.constantFrom(0.1, 0.5)),
  })
  .map((event) => timelineEvent(event));
const anyTimeline = fc.uniqueArray(anyEvent, { selector: (event) => event.eventId, maxLength: 40 });
const shuffled = (events: TimelineEvent[]) =>
  fc.shuffledSubarray(events, { minLength: events.length, maxLength: events.length });

test("arrival order and repetition change nothing", () => {
  const disordered = anyTimeline.chain((events) =>
    fc.tuple(fc.constant(events), shuffled(events), fc.subarray(events)),
  );

  fc.assert(
    fc.property(disordered, ([events, order, repeated]) => {
      expect(foldAll([...order, ...repeated])).toEqual(foldAll(events));
    }),
    { numRuns: 1_000 },
  );
});

test("every event is in one session, and sessions are a gap apart", () => {
  fc.assert(
    fc.property(anyTimeline, (events) => {
      const { sessions, pageViews } = foldAll(events);

      expect(sessions.reduce((sum, session) => sum + session.eventCount, 0)).toBe(events.length);
      expect(sessions.reduce((sum, session) => sum + session.pageViewCount, 0)).toBe(
        pageViews.length,
      );
      sessions.slice(1).forEach((session, index) => {
        const pause = session.startedAt.getTime() - (sessions[index]?.endedAt.getTime() ?? NaN);
        expect(pause).toBeGreaterThanOrEqual(SESSION_GAP);
      });
    }),
    { numRuns: 1_000 },
  );
});
