import { ANNOTATION_REPORTS } from "./annotations/annotations.server";
import { CART_REPORTS } from "./carts/reports.server";
import { CHECKOUT_REPORTS } from "./checkout/checkout.server";
import { COHORT_REPORTS } from "./cohorts/reports.server";
import { CUSTOMER_REPORTS } from "./customers/reports.server";
import { FUNNEL_REPORTS } from "./funnel/funnel.server";
import { HEATMAP_REPORTS } from "./heatmap/heatmap.server";
import { JOURNEY_REPORTS } from "./journeys/journeys.server";
import { TOP_PAGE_REPORTS } from "./pages/top.server";
import { PAGE_VIEW_REPORTS } from "./pages/views.server";
import { PRODUCT_REPORTS } from "./products/products.server";
import { QUALITY_REPORTS } from "./quality/quality.server";
import { REVENUE_REPORTS } from "./revenue/reports.server";
import { SEARCH_REPORTS } from "./search/search.server";
import { SESSION_LIST_REPORTS } from "./sessions/list.server";
import { SESSION_REPORTS } from "./sessions/stats.server";
import { TIMELINE_REPORTS } from "./sessions/timeline.server";
import { parameterIn } from "./report";
import type { Served } from "./serve";

const FAMILIES: readonly (readonly Served[])[] = [
  SESSION_LIST_REPORTS,
  SESSION_REPORTS,
  PAGE_VIEW_REPORTS,
  HEATMAP_REPORTS,
  FUNNEL_REPORTS,
  JOURNEY_REPORTS,
  SEARCH_REPORTS,
  PRODUCT_REPORTS,
  CART_REPORTS,
  CHECKOUT_REPORTS,
  REVENUE_REPORTS,
  CUSTOMER_REPORTS,
  COHORT_REPORTS,
  QUALITY_REPORTS,
  TIMELINE_REPORTS,
  TOP_PAGE_REPORTS,
  ANNOTATION_REPORTS,
];

/** Every report that there is, by its path. */
export const REPORTS: ReadonlyMap<string, Served> = new Map(
  FAMILIES.flat().map((served) => [served.report.path, served]),
);

/** The report that a path names, and what it says besides; null where there is none. A path that is some
 * report's own comes before one that only fits. */
export function reportAt(path: string): { served: Served; named: Record<string, string> } | null {
  const own = REPORTS.get(path);
  if (own) return { served: own, named: {} };
  for (const [template, served] of REPORTS) {
    const named = parameterIn(template, path);
    if (named) return { served, named };
  }
  return null;
}
