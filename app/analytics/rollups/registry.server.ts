import { CART_ROLLUPS } from "../carts/rollup.server";
import { CHECKOUT_ROLLUP } from "../checkout/rollup.server";
import { COHORT_ROLLUPS } from "../cohorts/rollup.server";
import { CUSTOMER_ROLLUPS } from "../customers/rollup.server";
import { FUNNEL_ROLLUP, FUNNEL_TIME_ROLLUP } from "../funnel/funnel-rollups.server";
import { CLICK_ROLLUPS } from "../heatmap/click-rollups.server";
import { JOURNEY_ROLLUP } from "../journeys/journey-rollup.server";
import { PATH_JOURNEY_ROLLUP } from "../journeys/path-rollup.server";
import { PAGE_TIMES, PAGES } from "../pages/page-rollup.server";
import { CATALOGUE_ROLLUP, PRODUCT_ROLLUP } from "../products/rollup.server";
import { QUALITY_ROLLUPS } from "../quality/rollup.server";
import { CUSTOMER_REVENUE_ROLLUP } from "../revenue/customer-rollup.server";
import { ITEM_ROLLUP } from "../revenue/item-rollup.server";
import { REVENUE_ROLLUP } from "../revenue/rollup.server";
import { SEARCH_ROLLUP } from "../search/rollup.server";
import { SESSION_ROLLUPS } from "../sessions/rollup.server";
import { basisOf, type Basis, type Rollup } from "./rollup";

/** Every rollup that there is. */
const ROLLUPS: readonly Rollup[] = [
  PAGES,
  PAGE_TIMES,
  ...CLICK_ROLLUPS,
  FUNNEL_ROLLUP,
  FUNNEL_TIME_ROLLUP,
  JOURNEY_ROLLUP,
  PATH_JOURNEY_ROLLUP,
  PRODUCT_ROLLUP,
  CATALOGUE_ROLLUP,
  SEARCH_ROLLUP,
  ...CART_ROLLUPS,
  CHECKOUT_ROLLUP,
  ...SESSION_ROLLUPS,
  REVENUE_ROLLUP,
  CUSTOMER_REVENUE_ROLLUP,
  ITEM_ROLLUP,
  ...CUSTOMER_ROLLUPS,
  ...QUALITY_ROLLUPS,
  ...COHORT_ROLLUPS,
];

/** Those of a basis: a span is kept of all of them, or of none. */
export const rollupsOn = (basis: Basis): Rollup[] =>
  ROLLUPS.filter((rollup) => basisOf(rollup) === basis);

/** Those that have rows of the sessions that a filter chooses. */
export const ROLLUPS_BY_CHOICE: readonly Rollup[] = ROLLUPS.filter(({ hasChoices }) => hasChoices);
