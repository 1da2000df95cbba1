import { toListedAnswer } from "~/api/answers";
import { endpoint, refuseMethod } from "~/api/endpoint.server";
import { parseLimit } from "~/api/parameters";
import { seesHidden, visibilityFor } from "~/api/visibility";
import { parseWish } from "~/catalog/listing";
import { listProducts } from "~/catalog/listing.server";

/** GET /api/v1/products */
export const loader = endpoint("read_products", async ({ db, caller, search, now }) => {
  const wish = parseWish(search);
  const visibility = visibilityFor(wish.status, caller.scopes);
  const limit = parseLimit(search);
  const found = await listProducts(db, caller.shopId, { ...wish, visibility, limit, now });
  const telling = { currency: caller.currency, withStock: seesHidden(caller.scopes) };
  return {
    products: found.products.map((product) => toListedAnswer(product, telling)),
    next: found.next,
  };
});

export const action = refuseMethod;
