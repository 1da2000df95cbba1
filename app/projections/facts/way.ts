import { withinInt } from "../fact";
import { MOST_PAGES, THEN } from "../journey";
import { pageTypeOf } from "../page-type";
import { isPageView, pathOf, type Events, type Visit } from "../visit";
import { funnelSteps } from "./funnel-steps";

/** How far a session came, and by which kinds of pages. */
export type Way = {
  /** How many stages of the way to a purchase were reached. */
  stage: number;
  /** Milliseconds from the stage before; null where no event tells of either. */
  productMs: number | null;
  cartMs: number | null;
  checkoutMs: number | null;
  purchaseMs: number | null;
  firstPages: string | null;
  pagesToPurchase: string | null;
};

/** Places in `funnel_steps` of the stages: browsed, viewed product, added to cart, started, completed. */
const PLACES = [1, 2, 3, 4, 9];

export function wayOf(visit: Visit): Way {
  const steps = funnelSteps.fold(visit);
  const stages = PLACES.flatMap((place) => steps[place - 1] ?? []);
  const [productMs, cartMs, checkoutMs, purchaseMs] = [1, 2, 3, 4].map((index) => {
    const [before, stage] = [stages[index - 1], stages[index]];
    if (!before || !stage || before.isSkipped || stage.isSkipped) return null;
    return withinInt(Math.max(0, stage.reachedAt.getTime() - before.reachedAt.getTime()));
  });
  const purchasedAt = stages[4]?.reachedAt;
  const views = visit.events.filter(isPageView);
  const before = views.filter(({ occurredAt }) => purchasedAt && occurredAt <= purchasedAt);
  return {
    stage: stages.length,
    productMs: productMs ?? null,
    cartMs: cartMs ?? null,
    checkoutMs: checkoutMs ?? null,
    purchaseMs: purchaseMs ?? null,
    firstPages: journeyOf(kindsOf(views).slice(0, MOST_PAGES)),
    pagesToPurchase: journeyOf(kindsOf(before).slice(-MOST_PAGES)),
  };
}

/** The kinds of pages in their order; the same twice in a row is one. */
const kindsOf = (views: readonly Events[number][]): string[] =>
  views
    .map((view) => pageTypeOf(pathOf(view) ?? ""))
    .filter((kind, index, kinds) => kind !== kinds[index - 1]);

const journeyOf = (kinds: readonly string[]): string | null =>
  kinds.length > 0 ? kinds.join(THEN) : null;
