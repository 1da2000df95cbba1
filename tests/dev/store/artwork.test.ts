import { expect, test } from "vitest";
import { assortmentOf } from "../../../dev/store/catalog/assortment";
import { SHOPS } from "../../../dev/store/catalog/shops";
import { artwork } from "../../../dev/store/storefront/artwork";

test.each(SHOPS.map(({ domain }) => domain))("every product of %s has a picture", (domain) => {
  for (const product of assortmentOf(domain).products) expect(artwork(product)).toMatch(/^<svg /);
});
