import { isAvailable, type Product, type Variant } from "../catalog/model";
import type { Commerce } from "../commerce/commerce";
import { customerTotals } from "../commerce/customers";
import type { Customer, Happening, Order, OrderLine, Refund } from "../commerce/model";
import { currentQuantity, refundedMinor } from "../commerce/orders";

/** The bodies of webhooks, in the REST shapes that they still have: ids are numbers, prices decimal
 * strings. dev:api/webhooks/latest */
export function payloadOf(commerce: Commerce, happening: Happening): unknown {
  if ("refundId" in happening) return refundOf(commerce, happening);
  if ("orderId" in happening) return orderPayload(commerce, the(commerce.order(happening.orderId)));
  if ("customerId" in happening)
    return customerPayload(commerce, the(commerce.customer(happening.customerId)));
  if ("inventoryItemId" in happening) return inventoryPayload(commerce, happening.inventoryItemId);
  if ("productId" in happening) {
    const { topic, productId: id } = happening;
    return topic === "products/delete" ? { id } : productPayload(the(productOf(commerce, id)));
  }
  const { topic, collectionId: id } = happening;
  return topic === "collections/delete" ? { id } : collectionPayload(commerce, id);
}

function refundOf(commerce: Commerce, ids: { orderId: number; refundId: number }) {
  const order = the(commerce.order(ids.orderId));
  return refundPayload(order, the(order.refunds.find(({ id }) => id === ids.refundId)));
}

function the<Thing>(thing: Thing | undefined): Thing {
  if (thing === undefined) throw new Error("a happening is about something that the shop has");
  return thing;
}

const decimal = (minor: number): string => (minor / 100).toFixed(2);

const money = (minor: number, { currency }: Pick<Order, "currency">) => {
  const amount = { amount: decimal(minor), currency_code: currency };
  return { shop_money: amount, presentment_money: amount };
};

export function orderPayload(commerce: Commerce, order: Order) {
  const current = order.totalMinor - refundedMinor(order);
  const customer = order.customerId === null ? undefined : commerce.customer(order.customerId);
  return {
    ...{ id: order.id, admin_graphql_api_id: `gid://shopify/Order/${order.id}` },
    ...{ name: order.name, order_number: order.number, token: order.token, test: order.test },
    ...{ checkout_token: order.checkoutToken, cart_token: order.cartToken },
    ...{ created_at: order.createdAt, processed_at: order.createdAt, updated_at: order.updatedAt },
    ...{
      cancelled_at: order.cancelledAt,
      cancel_reason: order.cancelReason?.toLowerCase() ?? null,
    },
    ...{ currency: order.currency, presentment_currency: order.currency, source_name: "web" },
    ...{ landing_site: order.landingSite, referring_site: order.referringSite, browser_ip: null },
    client_details: { user_agent: order.userAgent, accept_language: null },
    ...{ financial_status: order.financialStatus.toLowerCase(), fulfillment_status: null },
    ...{ total_price: decimal(order.totalMinor), total_price_set: money(order.totalMinor, order) },
    ...{ current_total_price: decimal(current), current_total_price_set: money(current, order) },
    ...{ subtotal_price: decimal(order.subtotalMinor) },
    subtotal_price_set: money(order.subtotalMinor, order),
    ...{ total_discounts: decimal(order.totalDiscountMinor) },
    total_discounts_set: money(order.totalDiscountMinor, order),
    ...{ total_tax: decimal(order.taxMinor), total_tax_set: money(order.taxMinor, order) },
    taxes_included: true,
    total_shipping_price_set: money(order.shippingMinor, order),
    discount_codes: order.discounts.map(({ code, amountMinor }) => {
      return { code, amount: decimal(amountMinor), type: "fixed_amount" };
    }),
    note_attributes: order.noteAttributes,
    customer: customer ? customerPayload(commerce, customer) : null,
    line_items: order.lines.map((line) => linePayload(order, line)),
    refunds: order.refunds.map((refund) => refundPayload(order, refund)),
  };
}

const linePayload = (order: Order, line: OrderLine) => ({
  ...{ id: line.id, product_id: line.productId, variant_id: line.variantId, title: line.title },
  ...{ variant_title: line.variantTitle, sku: line.sku, vendor: line.vendor },
  ...{ quantity: line.quantity, current_quantity: currentQuantity(order, line) },
  ...{ price: decimal(line.priceMinor), price_set: money(line.priceMinor, order) },
  ...{ total_discount: decimal(line.discountMinor), properties: line.properties },
  discount_allocations: line.discountMinor > 0 ? [allocation(order, line)] : [],
});

const allocation = (order: Order, { discountMinor }: OrderLine) => ({
  ...{ amount: decimal(discountMinor), amount_set: money(discountMinor, order) },
  discount_application_index: 0,
});

export const refundPayload = (order: Order, refund: Refund) => ({
  ...{ id: refund.id, order_id: order.id, created_at: refund.createdAt },
  ...{ processed_at: refund.createdAt, note: refund.note, restock: refund.restock },
  refund_line_items: refund.lines.map(({ id, orderLineId, quantity, subtotalMinor }) => {
    const line = order.lines.find((line) => line.id === orderLineId);
    return {
      ...{ id, line_item_id: orderLineId, quantity, subtotal: subtotalMinor / 100, total_tax: 0 },
      ...{ subtotal_set: money(subtotalMinor, order), total_tax_set: money(0, order) },
      line_item: line ? linePayload(order, line) : null,
    };
  }),
  order_adjustments: [],
  transactions: [
    {
      ...{ amount: decimal(refund.amountMinor), kind: "refund", status: "success" },
      currency: order.currency,
    },
  ],
});

export function customerPayload(commerce: Commerce, customer: Customer) {
  const { ordersCount, spentMinor, lastOrderId } = customerTotals(commerce.orders(), customer.id);
  return {
    ...{ id: customer.id, email: customer.email, phone: null },
    ...{ first_name: customer.firstName, last_name: customer.lastName, state: "enabled" },
    ...{ created_at: customer.createdAt, updated_at: customer.updatedAt },
    ...{ orders_count: ordersCount, total_spent: decimal(spentMinor), last_order_id: lastOrderId },
    ...{ tags: customer.tags.join(", "), default_address: { country_code: customer.countryCode } },
    email_marketing_consent: {
      state: customer.acceptsMarketing ? "subscribed" : "not_subscribed",
      opt_in_level: "single_opt_in",
    },
  };
}

const productOf = (commerce: Commerce, id: number): Product | undefined =>
  commerce.catalog().products.find((product) => product.id === id);

export const productPayload = (product: Product) => ({
  ...{ id: product.id, admin_graphql_api_id: `gid://shopify/Product/${product.id}` },
  ...{ title: product.title, body_html: `<p>${product.description}</p>`, vendor: product.vendor },
  ...{ product_type: product.type, handle: product.handle, tags: product.tags.join(", ") },
  ...{ status: product.status.toLowerCase(), published_at: product.publishedAt },
  ...{ created_at: product.createdAt, updated_at: product.updatedAt },
  options: product.options.map(({ name, values }, i) => ({ name, values, position: i + 1 })),
  images: [{ id: product.id, product_id: product.id, src: `/images/${product.handle}.svg` }],
  variants: product.variants.map((variant) => variantPayload(product, variant)),
});

const variantPayload = (product: Product, variant: Variant) => ({
  ...{ id: variant.id, product_id: product.id, title: variant.title, sku: variant.sku },
  ...{ price: decimal(variant.priceMinor), barcode: variant.barcode, position: variant.position },
  compare_at_price: variant.compareAtMinor === null ? null : decimal(variant.compareAtMinor),
  ...{ inventory_item_id: variant.inventoryItemId, inventory_quantity: variant.inventoryQuantity },
  ...{ inventory_policy: variant.inventoryPolicy.toLowerCase(), available: isAvailable(variant) },
  ...Object.fromEntries(variant.options.map(({ value }, i) => [`option${i + 1}`, value])),
});

function inventoryPayload(commerce: Commerce, inventoryItemId: number) {
  for (const product of commerce.catalog().products)
    for (const variant of product.variants)
      if (variant.inventoryItemId === inventoryItemId)
        return {
          ...{ inventory_item_id: inventoryItemId, location_id: commerce.shop.id },
          ...{ available: variant.inventoryQuantity, updated_at: product.updatedAt },
        };
  throw new Error(`${commerce.shop.domain} has no inventory item ${inventoryItemId}`);
}

function collectionPayload(commerce: Commerce, id: number) {
  const collection = the(commerce.catalog().collections.find((each) => each.id === id));
  const { handle, title, description, updatedAt } = collection;
  return { id, handle, title, body_html: `<p>${description}</p>`, updated_at: updatedAt };
}
