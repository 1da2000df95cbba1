import type { Rollup } from "../rollups/rollup";
import { PRODUCT_SUMS, productFacts } from "./facts.server";
import { areOfCatalogue, CATALOGUE_LEVELS, keyOf, LEVELS, type Levels } from "./keys.server";

/** What was done with products at some levels, for one question: so facts are summed only as far as it needs
 * them.
 * @param cartsAlone only what was put into carts and taken out */
export const rollupOf = (levels: Levels, cartsAlone = false): Rollup => ({
  ...(areOfCatalogue(levels)
    ? { basis: "catalogue", table: "catalogue_rollups" }
    : { table: "product_rollups", hasChoices: true }),
  ...{ keys: ["level", "item"], sums: PRODUCT_SUMS },
  facts: (asked, of) => productFacts({ asked, of, key: keyOf(levels, asked.shopId), cartsAlone }),
});

/** What was done with products, kept of all, each and their variants. */
export const PRODUCT_ROLLUP: Rollup = rollupOf(LEVELS);

/** The same, kept of what they belong to by the catalogue. */
export const CATALOGUE_ROLLUP: Rollup = rollupOf(CATALOGUE_LEVELS);
