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

/** What an open page tells by itself is no activity. */
const isAct = ({ name }: TrueEvent): boolean => name !== "pixelnova:page_engaged";

/** A visit as the app can see it: its delivered events, in pieces where half an hour between is empty. */
function pieces(visit: TrueVisit): TrueEvent[][] {
  const found: TrueEvent[][] = [];
  for (const event of delivered(visit).toSorted((one, other) => one.at - other.at)) {
    const current = found.at(-1);
    const last = current?.findLast(isAct);
    if (current && last && event.at - last.at < SILENCE_MS) current.push(event);
    else if (isAct(event)) found.push([event]);
  }
  return found;
}

/** A robot that says what it is. One in disguise is too slow here to be told from a person. */
const isLeftOut = ({ kind, userAgent }: TrueVisit): boolean =>
  kind === "bot" && /bot\b|headless/i.test(userAgent ?? "");

/** The pieces of a visit that count: what the app has to take for sessions. */
export const counted = (visit: TrueVisit): TrueEvent[][] => (isLeftOut(visit) ? [] : pieces(visit));

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

/** What is told of some events by others that belong to them: a page's visible time, a search's results.
 * @param amounts of each event with an amount: its id, what it came to, and what the app can know of it
 * where the event itself was delivered */
const expectedAmounts =
  (metric: string, amounts: (visit: TrueVisit, isThere: (id: string) => boolean) => Amount[]) =>
  (visits: readonly TrueVisit[], span: Span): Expectation => {
    const causes = { unseen: 0, lost: 0, bots: 0 };
    let [truth, expected] = [0, 0];
    for (const visit of visits) {
      const told = new Set(delivered(visit).map(({ id }) => id));
      for (const amount of amounts(visit, (id) => told.has(id))) {
        if (!within(span, amount.at)) continue;
        truth += amount.truth;
        if (!isSeen(visit)) causes.unseen += amount.truth;
        else if (isLeftOut(visit)) causes.bots += amount.truth;
        else {
          expected += amount.known;
          causes.lost += amount.truth - amount.known;
        }
      }
    }
    return { metric, truth, expected, causes };
  };
type Amount = { at: number; truth: number; known: number };

/** A page's totals rise: the last that was told was the largest. Without its page view nobody knows
 * whose they are. */
const visibleTimes = ({ pages, events }: TrueVisit, isThere: (id: string) => boolean): Amount[] => {
  const views = events.filter(({ name }) => name === "page_viewed");
  return pages.map(({ reports }, i) => {
    const { id = "", at = NaN } = views[i] ?? {};
    const told = reports.filter(({ eventId }) => isThere(id) && isThere(eventId));
    const [truth = 0, known = 0] = [reports, told].map((each) => each.at(-1)?.visibleMs);
    return { at, truth, known };
  });
};

const resultCounts = ({ searches }: TrueVisit, isThere: (id: string) => boolean): Amount[] =>
  searches.map(({ at, results, listed, eventId, shownId }) => ({
    at: Date.parse(at),
    truth: results,
    known: !isThere(eventId) ? 0 : isThere(shownId) ? results : listed,
  }));

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
  expectedAmounts("visibleMs", visibleTimes),
  expectedAmounts("searchResults", resultCounts),
  expectedEvents("clicks", [
    ...["pixelnova:element_clicked", "pixelnova:rage_clicked", "pixelnova:dead_clicked"],
  ]),
  expectedEvents("engagements", [
    ...["pixelnova:shared", "pixelnova:wishlist_added", "pixelnova:wishlist_removed"],
    ...["pixelnova:qr_scanned", "pixelnova:group_viewed", "pixelnova:group_quantity_changed"],
    ...["pixelnova:group_join_clicked", "pixelnova:group_joined", "pixelnova:image_viewed"],
    ...["pixelnova:image_zoomed", "pixelnova:filter_applied", "pixelnova:sort_changed"],
    "pixelnova:product_hovered",
  ]),
];
