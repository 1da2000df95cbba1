import { withinInt } from "../fact";
import { MOST_PAGES, nameOfPath, THEN } from "../journey";
import { pageTypeOf } from "../page-type";
import { isPageView, pathOf, type Events, type Visit } from "../visit";
import { funnelSteps } from "./funnel-steps";

/** How far a session came, and by which pages. */
export type Way = {
  /** How many stages of the way to a purchase were reached. */
  stage: number;
  /** Milliseconds from the stage before; null where no event tells of either. */
  productMs: number | null;
  cartMs: number | null;
  checkoutMs: number | null;
  purchaseMs: number | null;
  /** Kinds of pages; the next two are their paths. */
  firstPages: string | null;
  pagesToPurchase: string | null;
  firstPaths: string | null;
  pathsToPurchase: string | null;
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
    firstPages: firstOf(views, pageTypeOf),
    pagesToPurchase: lastOf(before, pageTypeOf),
    firstPaths: firstOf(views, nameOfPath),
    pathsToPurchase: lastOf(before, nameOfPath),
  };
}

type NameOf = (path: string) => string;

/** The journey of the first pages. */
const firstOf = (views: Views, nameOf: NameOf) =>
  journeyOf(namesOf(views, nameOf).slice(0, MOST_PAGES));

/** The journey of the last pages. */
const lastOf = (views: Views, nameOf: NameOf) =>
  journeyOf(namesOf(views, nameOf).slice(-MOST_PAGES));

type Views = readonly Events[number][];

/** Pages in their order, each as it is named; the same twice in a row is one. */
const namesOf = (views: Views, nameOf: NameOf): string[] =>
  views
    .map((view) => nameOf(pathOf(view) ?? ""))
    .filter((name, index, names) => name !== names[index - 1]);

const journeyOf = (names: readonly string[]): string | null =>
  names.length > 0 ? names.join(THEN) : null;
