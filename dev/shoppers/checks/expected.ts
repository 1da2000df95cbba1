import type { TrueEvent, TrueVisit } from "./truth";

/** From when, up to before when: milliseconds since 1970. */
export type Span = { from: number; to: number };

/** Why the app cannot know what happened. */
export type Causes = {
  /** Consent withheld, or the pixel blocked. */
  unseen: number;
  /** Everything of it was lost on the way. */
  lost: number;
  /** One visit in pieces, since so much was lost between that half an hour seems empty. */
  cutInTwo: number;
  /** Its beginning was lost, so that it seems to begin in another period. */
  moved: number;
  /** Robots that say what they are: left out. The others count as people do. */
  bots: number;
};

export type Expectation = {
  metric: string;
  /** What happened. */
  truth: number;
  /** What the app must say: the truth, less and more for the causes named. */
  expected: number;
  causes: Partial<Causes>;
};

/** By the definition of a session: half an hour without activity ends it. */
const SILENCE_MS = 30 * 60_000;

const within = ({ from, to }: Span, at: number): boolean => at >= from && at < to;
const delivered = ({ events }: TrueVisit): TrueEvent[] =>
  events.filter(({ isDelivered }) => isDelivered);
const isSeen = ({ pixel }: TrueVisit): boolean => pixel === "runs";

/** A visit as the app can see it: its delivered events, in pieces where half an hour between is empty. */
function pieces(visit: TrueVisit): TrueEvent[][] {
  const found: TrueEvent[][] = [];
  for (const event of delivered(visit).toSorted((one, other) => one.at - other.at)) {
    const current = found.at(-1);
    const last = current?.at(-1);
    if (current && last && event.at - last.at < SILENCE_MS) current.push(event);
    else found.push([event]);
  }
  return found;
}

/** A robot that says what it is. One in disguise is too slow here to be told from a person. */
const isLeftOut = ({ kind, userAgent }: TrueVisit): boolean =>
  kind === "bot" && /bot\b|headless/i.test(userAgent ?? "");

/** The pieces of a visit that count. */
const counted = (visit: TrueVisit): TrueEvent[][] => (isLeftOut(visit) ? [] : pieces(visit));

const startOf = (events: readonly TrueEvent[]): number => events[0]?.at ?? NaN;

/** Visits are what the simulator made; a session is a visit, or a piece of one. */
export function expectedSessions(visits: readonly TrueVisit[], span: Span): Expectation {
  const began = (visit: TrueVisit) => within(span, startOf(visit.events));
  const truth = visits.filter(began);
  const causes: Causes = { unseen: 0, lost: 0, cutInTwo: 0, moved: 0, bots: 0 };
  let expected = 0;
  for (const visit of visits) {
    const parts = counted(visit);
    const inside = parts.filter((part) => within(span, startOf(part))).length;
    expected += inside;
    if (began(visit) && isLeftOut(visit)) causes.bots++;
    else if (began(visit) && !isSeen(visit)) causes.unseen++;
    else if (began(visit) && parts.length === 0) causes.lost++;
    else causes.cutInTwo += Math.max(0, inside - 1);
    if (parts.length > 0 && began(visit) !== inside > 0) causes.moved += inside > 0 ? 1 : -1;
  }
  return { metric: "sessions", truth: truth.length, expected, causes };
}

/** A visitor is a browser that began a session. */
export function expectedVisitors(visits: readonly TrueVisit[], span: Span): Expectation {
  const began = visits.filter((visit) => within(span, startOf(visit.events)));
  const seen = visits.filter((visit) => counted(visit).some((part) => within(span, startOf(part))));
  const browsers = (of: readonly TrueVisit[]) => new Set(of.map(({ clientId }) => clientId)).size;
  const people = began.filter((visit) => !isLeftOut(visit));
  const without = people.filter((visit) => isSeen(visit));
  return {
    metric: "visitors",
    truth: browsers(began),
    expected: browsers(seen),
    causes: {
      unseen: browsers(people) - browsers(without),
      lost: browsers(without) - browsers(seen),
      bots: browsers(began) - browsers(people),
    },
  };
}

/** What tells of itself by one event each, such as a page view. */
const expectedEvents =
  (metric: string, names: readonly string[]) =>
  (visits: readonly TrueVisit[], span: Span): Expectation => {
    const told = visits.flatMap((visit) =>
      visit.events
        .filter(({ name, at }) => names.includes(name) && within(span, at))
        .map(({ isDelivered }) => ({ visit, isDelivered })),
    );
    const missing = told.filter(({ isDelivered }) => !isDelivered);
    const unseen = missing.filter(({ visit }) => !isSeen(visit)).length;
    const bots = told.filter(({ visit, isDelivered }) => isDelivered && isLeftOut(visit)).length;
    return {
      metric,
      truth: told.length,
      expected: told.length - missing.length - bots,
      causes: { unseen, lost: missing.length - unseen, bots },
    };
  };

/** Everything that can be checked so far; a new metric is one more function here. */
export const EXPECTATIONS = [
  expectedSessions,
  expectedVisitors,
  expectedEvents("pageViews", ["page_viewed"]),
  expectedEvents("productViews", ["product_viewed"]),
  expectedEvents("searches", ["search_submitted"]),
  expectedEvents("cartActions", ["product_added_to_cart", "product_removed_from_cart"]),
  expectedEvents("checkoutSteps", [
    "checkout_started",
    "checkout_contact_info_submitted",
    "checkout_address_info_submitted",
    "checkout_shipping_info_submitted",
    "payment_info_submitted",
    "checkout_completed",
  ]),
];
