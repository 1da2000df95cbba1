import type * as Pixel from "@shopify/web-pixels-extension";
import type { Shop } from "../catalog/shops";
import { totalMinor, type Line } from "./cart";
import type { Checkout } from "./checkout";
import type { Customer } from "./customers";
import { money, variantData } from "./pixel-data";

const TAX_PERCENT = 15; // prices include it

/** A checkout as pixels are told of it; `order` is null until it is completed. */
export function checkoutData(
  shop: Shop,
  checkout: Checkout,
  buyer: Customer | undefined,
): Pixel.Checkout {
  const { token, lines, delivery, orderId } = checkout;
  const subtotal = totalMinor(lines);
  const total = money(shop, subtotal + delivery.priceMinor);
  return {
    ...{ token, currencyCode: shop.currency },
    order: orderId === null ? null : { id: String(orderId), customer: orderCustomer(buyer) },
    lineItems: lines.map((line, i) => lineItem(shop, line, i + 1)),
    subtotalPrice: money(shop, subtotal),
    totalPrice: total,
    totalTax: money(shop, Math.round((subtotal * TAX_PERCENT) / (100 + TAX_PERCENT))),
    ...{ discountsAmount: money(shop, 0), discountApplications: [] },
    shippingLine: { price: money(shop, delivery.priceMinor) },
    delivery: { selectedDeliveryOptions: [deliveryOption(shop, checkout)] },
    transactions: orderId === null ? [] : [transaction(total)],
    localization: localization(shop),
    ...{ attributes: [], buyerAcceptsEmailMarketing: false, buyerAcceptsSmsMarketing: false },
    ...{ billingAddress: null, shippingAddress: null, email: null },
    ...{ phone: null, smsMarketingPhone: null },
  };
}

const orderCustomer = (buyer: Customer | undefined) =>
  buyer ? { id: String(buyer.id), isFirstOrder: buyer.ordersCount === 0 } : null;

function lineItem(shop: Shop, { product, variant, quantity }: Line, number: number) {
  return {
    ...{ id: String(number), title: product.title, quantity },
    variant: variantData(shop, product, variant),
    finalLinePrice: money(shop, variant.priceMinor * quantity),
    ...{ discountAllocations: [], properties: [], sellingPlanAllocation: null },
  };
}

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
