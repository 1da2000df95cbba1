import { openCommerce } from "../../dev/store/commerce/open";
import { newCommerceState } from "../../dev/store/commerce/state";
import { shopOf } from "../../dev/store/catalog/shops";
import { NORTHWIND } from "../shopify/stand-in";

/** A shop of the stand-in's to buy in, with bodies of webhooks as it would send them. */
export function openTill(now = () => new Date()) {
  const shop = shopOf(NORTHWIND);
  const commerce = openCommerce({ shop, now, state: newCommerceState(), save: () => {} });
  const variants = commerce.catalog().products.flatMap(({ id: productId, variants }) => {
    const [variant] = variants.filter(({ inventoryQuantity }) => inventoryQuantity > 5);
    return variant ? [{ productId, variantId: variant.id }] : [];
  });
  /** Two pieces of one product and one of another. */
  const wish = () => ({
    lines: variants.slice(0, 2).map((line, i) => ({ ...line, quantity: 2 - i })),
    shippingMinor: 590,
  });
  let checkouts = 0;
  const buy = ({ customerId = null, code = null }: Wishes = {}) =>
    commerce.placeOrder({
      ...{ checkoutToken: `checkout-${++checkouts}`, cartToken: `cart-${checkouts}` },
      ...{ customerId, discountCode: code, ...wish() },
    });
  return { commerce, wish, buy };
}
type Wishes = { customerId?: number | null; code?: string | null };
