import { CHECKOUT_STEPS, type CheckoutStep } from "../data";
import { withinInt, eventRow, oncePerVisit, type Fact } from "../fact";
import { lowestRate } from "../sampling";
import { isPageView, msBetween, type TimelineEvent, type Visit } from "../visit";

/** The way to a purchase. */
const FUNNEL = [
  { step: "browsed", isReachedBy: isPageView },
  { step: "viewed product", isReachedBy: isNamed("product_viewed") },
  { step: "added to cart", isReachedBy: isNamed("product_added_to_cart") },
  ...Object.entries(CHECKOUT_STEPS).map(([name, step]) => ({ step, isReachedBy: isNamed(name) })),
] as const;

export type FunnelStep = "browsed" | "viewed product" | "added to cart" | CheckoutStep;

export type FunnelStepRow = {
  sessionId: string;
  clientId: string;
  place: number;
  step: FunnelStep;
  reachedAt: Date;
  msSincePrevious: number | null;
  isSkipped: boolean;
  isBot: boolean;
  sampleRate: number;
};

/** One step of a session's way to a purchase, at the first time that it was reached. Whoever reached a
 * step has passed those before it: a checkout on one page, a link into the cart skip some, and that is
 * no drop-off. A skipped step is reached with the next one. */
export const funnelSteps: Fact<FunnelStepRow> = {
  table: "funnel_steps",
  version: 3,
  at: "reachedAt",
  columns: {
    sessionId: "text",
    clientId: "text",
    place: "int",
    step: "text",
    reachedAt: "timestamptz",
    msSincePrevious: "int",
    isSkipped: "boolean",
    isBot: "boolean",
    sampleRate: "real",
  },
  fold: oncePerVisit((visit) => {
    const reached = FUNNEL.map(({ isReachedBy }) => visit.events.find(isReachedBy));
    const rows: FunnelStepRow[] = [];
    let previous: TimelineEvent | undefined;
    for (const [index, { step }] of FUNNEL.entries()) {
      const event = reached[index] ?? earliest(reached.slice(index + 1));
      if (!event) break;
      rows.push({
        ...toRow(visit, event, previous),
        place: index + 1,
        step,
        isSkipped: !reached[index],
      });
      previous = event;
    }
    return rows;
  }),
};

function toRow(visit: Visit, event: TimelineEvent, previous: TimelineEvent | undefined) {
  const { sessionId, clientId, isBot } = eventRow(visit, event);
  return {
    ...{ sessionId, clientId, isBot, reachedAt: event.occurredAt },
    // Steps may be reached out of order, as by adding to the cart from a list.
    msSincePrevious: previous ? withinInt(Math.max(0, msBetween(previous, event))) : null,
    sampleRate: lowestRate(visit.events),
  };
}

const earliest = (events: readonly (TimelineEvent | undefined)[]): TimelineEvent | undefined =>
  events.reduce((first, event) => {
    if (!first || !event) return first ?? event;
    return msBetween(event, first) > 0 ? event : first;
  }, undefined);

function isNamed(name: string) {
  return (event: TimelineEvent) => event.name === name;
}
