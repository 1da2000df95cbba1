import { CLICKS } from "../heatmap/click-rollup.server";
import { PAGE_TIMES, PAGES } from "../pages/page-rollup.server";
import type { Rollup } from "./rollup";

/** Every rollup that there is: a span is kept of all of them, or of none. */
export const ROLLUPS: readonly Rollup[] = [PAGES, PAGE_TIMES, CLICKS];
