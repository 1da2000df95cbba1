import type { Rollup } from "../rollups/rollup";
import { PRODUCT_SUMS, productFacts } from "./facts.server";
import { keyOfLevels, LEVELS, type Key } from "./keys.server";

const ofKey = (key: Key, cartsAlone = false): Rollup => ({
  ...{ table: "product_rollups", keys: ["level", "item"], sums: PRODUCT_SUMS },
  facts: (asked, of) => productFacts({ asked, of, key, cartsAlone }),
});

/** What was done with products, kept of all, each and their variants. */
export const PRODUCT_ROLLUP: Rollup = ofKey(keyOfLevels(LEVELS));

/** The same for one question, so that facts are summed only as far as it needs them. */
export const productRollupOf = ofKey;
