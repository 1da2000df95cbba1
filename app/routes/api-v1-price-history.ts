import { endpoint, refuseMethod } from "~/api/endpoint.server";
import { parseLimit, parseMoment, parseVariant, productIdOf } from "~/api/parameters";
import { seesHidden } from "~/api/visibility";
import { isShown, listChanges } from "~/catalog/prices.server";
import { NotFound } from "~/platform/errors";

const FIRST = new Date(0);

/** GET /api/v1/products/{id}/price-history */
export const loader = endpoint("read_products", async ({ db, caller, params, search, now }) => {
  const key = { shopId: caller.shopId, productId: productIdOf(params) };
  const visibility = seesHidden(caller.scopes) ? "merchants" : "shoppers";
  const asked = {
    ...{ variantId: parseVariant(search), limit: parseLimit(search) },
    ...{ from: parseMoment(search, "from") ?? FIRST, to: parseMoment(search, "to") ?? now },
    cursor: search.get("cursor"),
  };
  if (!(await isShown(db, key, visibility)))
    throw new NotFound(`there is no product ${key.productId}`);
  const found = await listChanges(db, key, asked);
  return { currency: caller.currency, ...found };
});

export const action = refuseMethod;
