import type { Rollup } from "./rollup";
import { CLICKS } from "../heatmap/click-rollup.server";
import { FUNNEL_ROLLUP, FUNNEL_TIME_ROLLUP } from "../funnel/funnel-rollups.server";
import { JOURNEY_ROLLUP } from "../journeys/journey-rollup.server";
import { PAGE_TIMES, PAGES } from "../pages/page-rollup.server";

/** Every rollup that there is: a span is kept of all of them, or of none. */
export const ROLLUPS: readonly Rollup[] = [
  PAGES,
  PAGE_TIMES,
  CLICKS,
  FUNNEL_ROLLUP,
  FUNNEL_TIME_ROLLUP,
  JOURNEY_ROLLUP,
];
