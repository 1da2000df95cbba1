import { cartActions } from "~/projections/facts/cart-actions";
import { clicks } from "~/projections/facts/clicks";
import { checkoutSteps } from "~/projections/facts/checkout-steps";
import { engagements } from "~/projections/facts/engagements";
import { funnelSteps } from "~/projections/facts/funnel-steps";
import { pageViews } from "~/projections/facts/page-views";
import { productViews } from "~/projections/facts/product-views";
import { searches } from "~/projections/facts/searches";
import { sessions } from "~/projections/facts/sessions";
import { foldTimeline } from "~/projections/timeline";
import type { TimelineEvent } from "~/projections/visit";

/** Everything that one client's events fold into. */
export function fold(events: readonly TimelineEvent[]) {
  const { visits } = foldTimeline(events);
  return {
    sessions: visits.flatMap(sessions.fold),
    pageViews: visits.flatMap(pageViews.fold),
    productViews: visits.flatMap(productViews.fold),
    searches: visits.flatMap(searches.fold),
    cartActions: visits.flatMap(cartActions.fold),
    checkoutSteps: visits.flatMap(checkoutSteps.fold),
    funnelSteps: visits.flatMap(funnelSteps.fold),
    clicks: visits.flatMap(clicks.fold),
    engagements: visits.flatMap(engagements.fold),
  };
}
