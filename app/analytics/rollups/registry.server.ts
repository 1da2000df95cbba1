import type { Rollup } from "./rollup";

/** Every rollup that there is: a span is kept of all of them, or of none. */
export const ROLLUPS: readonly Rollup[] = [];
