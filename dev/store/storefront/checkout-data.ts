import type * as Pixel from "@shopify/web-pixels-extension";
import type { Shop } from "../catalog/shops";
import type { Commerce } from "../commerce/commerce";
import { spread, taxIn } from "../commerce/orders";
import type { Customer } from "../commerce/model";
import { amountsOf, type Checkout } from "./checkout";
import { money, variantData } from "./pixel-data";

/** A checkout as pixels are told of it; `order` is null until it is completed. */
export function checkoutData(
  commerce: Commerce,
  checkout: Checkout,
  about: { buyer: Customer | undefined; isFirstOrder: boolean; at: Date },
): Pixel.Checkout {
  const { shop } = commerce;
  const { token, delivery, order, discountCode, attributes } = checkout;
  const amounts = amountsOf(commerce, checkout, about.at);
  const total = money(shop, amounts.totalMinor);
  const { buyer, isFirstOrder } = about;
  return {
    ...{ token, currencyCode: shop.currency },
    order: order
      ? { id: String(order.id), customer: buyer ? { id: String(buyer.id), isFirstOrder } : null }
      : null,
    lineItems: lineItems(shop, checkout, amounts.discountMinor),
    subtotalPrice: money(shop, amounts.subtotalMinor),
    totalPrice: total,
    totalTax: money(shop, taxIn(amounts.totalMinor, shop.countryCode)),
    discountsAmount: money(shop, amounts.discountMinor),
    discountApplications: discountCode
      ? [application(discountCode, amounts.discountMinor, shop)]
      : [],
    shippingLine: { price: money(shop, delivery.priceMinor) },
    delivery: { selectedDeliveryOptions: [deliveryOption(shop, checkout)] },
    transactions: order ? [transaction(total)] : [],
    localization: localization(shop),
    attributes: Object.entries(attributes).map(([key, value]) => ({ key, value })),
    ...{ buyerAcceptsEmailMarketing: false, buyerAcceptsSmsMarketing: false },
    ...{ billingAddress: null, shippingAddress: null, email: null },
    ...{ phone: null, smsMarketingPhone: null },
  };
}

function lineItems(
  shop: Shop,
  { lines }: Checkout,
  discountMinor: number,
): Pixel.CheckoutLineItem[] {
  const gross = lines.map(({ variant, quantity }) => variant.priceMinor * quantity);
  const shares = spread(discountMinor, gross);
  return lines.map(({ product, variant, quantity, properties }, i) => ({
    ...{ id: String(i + 1), title: product.title, quantity },
    variant: variantData(shop, product, variant),
    finalLinePrice: money(shop, (gross[i] ?? 0) - (shares[i] ?? 0)),
    discountAllocations: [],
    properties: properties.map(({ name, value }) => ({ key: name, value })),
    sellingPlanAllocation: null,
  }));
}

const application = (code: string, minor: number, shop: Shop): Pixel.DiscountApplication => ({
  ...{ allocationMethod: "ACROSS", targetSelection: "ALL", targetType: "LINE_ITEM" },
  ...{ title: code, type: "DISCOUNT_CODE", value: money(shop, minor) },
});

function deliveryOption(shop: Shop, { delivery: { handle, title, priceMinor } }: Checkout) {
  const cost = money(shop, priceMinor);
  return { handle, title, cost, costAfterDiscounts: cost, description: null, type: "shipping" };
}

const transaction = (amount: Pixel.MoneyV2): Pixel.Transaction => ({
  amount,
  gateway: "bogus",
  paymentMethod: { name: "bogus", type: "creditCard" },
});

const localization = ({ countryCode, locale }: Shop): Pixel.Localization => ({
  country: { isoCode: countryCode },
  language: { isoCode: locale },
  market: { id: "1", handle: countryCode.toLowerCase() },
});
