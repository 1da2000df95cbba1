import { toOffersAnswer, toProductAnswer } from "~/api/answers";
import { endpoint, refuseMethod } from "~/api/endpoint.server";
import { productIdOf } from "~/api/parameters";
import { seesHidden } from "~/api/visibility";
import { offersOf } from "~/catalog/offers.server";
import { productOf } from "~/catalog/product-page.server";
import { NotFound } from "~/platform/errors";

/** GET /api/v1/products/{id} */
export const loader = endpoint("read_products", async ({ db, caller, params, now }) => {
  const key = { shopId: caller.shopId, productId: productIdOf(params) };
  const withStock = seesHidden(caller.scopes);
  const visibility = withStock ? "merchants" : "shoppers";
  const product = await productOf(db, key, { visibility, now });
  if (!product || product.deletedAt) throw new NotFound(`there is no product ${key.productId}`);
  const offers = await offersOf(db, key.shopId, key.productId);
  return {
    product: toProductAnswer(product, { currency: caller.currency, withStock }),
    offers: offers.map(toOffersAnswer),
  };
});

export const action = refuseMethod;
