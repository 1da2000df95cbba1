/** What a shop knows besides its catalogue: who bought what, and what became of it. All money is in
 * minor units of the shop's currency; all times are ISO 8601 in UTC. */
export type Customer = {
  id: number;
  email: string;
  firstName: string;
  lastName: string;
  createdAt: string;
  updatedAt: string;
  countryCode: string;
  acceptsMarketing: boolean;
  tags: string[];
};

export type Property = { name: string; value: string };

export type OrderLine = {
  id: number;
  productId: number;
  variantId: number;
  title: string;
  /** Null for a product without options. */
  variantTitle: string | null;
  sku: string;
  vendor: string;
  quantity: number;
  /** Of one piece, before discounts. */
  priceMinor: number;
  /** Taken off the whole line. */
  discountMinor: number;
  properties: Property[];
};

export type RefundLine = {
  id: number;
  orderLineId: number;
  quantity: number;
  subtotalMinor: number;
};

export type Refund = {
  id: number;
  createdAt: string;
  note: string | null;
  restock: boolean;
  lines: RefundLine[];
  /** What went back to the shopper: lines, and shipping where it was refunded too. */
  amountMinor: number;
};

export type FinancialStatus = "PAID" | "PARTIALLY_REFUNDED" | "REFUNDED" | "VOIDED";
export type CancelReason = "CUSTOMER" | "DECLINED" | "FRAUD" | "INVENTORY" | "STAFF" | "OTHER";
export type AppliedDiscount = { code: string; amountMinor: number };

export type Order = {
  id: number;
  /** Counts a shop's orders from 1001; `name` is it with a hash. */
  number: number;
  name: string;
  createdAt: string;
  updatedAt: string;
  cancelledAt: string | null;
  cancelReason: CancelReason | null;
  test: boolean;
  token: string;
  checkoutToken: string;
  cartToken: string;
  customerId: number | null;
  currency: string;
  countryCode: string;
  lines: OrderLine[];
  discounts: AppliedDiscount[];
  /** Lines before discounts, minus discounts. */
  subtotalMinor: number;
  totalDiscountMinor: number;
  shippingMinor: number;
  /** Contained in the prices. */
  taxMinor: number;
  /** Subtotal and shipping. */
  totalMinor: number;
  /** The cart's attributes. */
  noteAttributes: Property[];
  landingSite: string | null;
  referringSite: string | null;
  userAgent: string | null;
  refunds: Refund[];
  financialStatus: FinancialStatus;
};

/** What a shop's checkout hands over when it is paid; `commerce/orders.ts` makes an order of it. */
export type Purchase = {
  checkoutToken: string;
  cartToken: string;
  customerId: number | null;
  lines: { productId: number; variantId: number; quantity: number; properties?: Property[] }[];
  discountCode: string | null;
  shippingMinor: number;
  noteAttributes?: Property[];
  landingSite?: string | null;
  referringSite?: string | null;
  userAgent?: string | null;
};

/** A discount code: a share of the whole order, or an amount off it. */
export type Discount = {
  code: string;
  title: string;
  value: { percent: number } | { amountMinor: number };
  startsAt: string;
  endsAt: string | null;
};

/** What happens in a shop that Shopify can tell apps of, by webhook topic.
 * dev:api/webhooks */
export type Happening =
  | {
      topic: "orders/create" | "orders/paid" | "orders/updated" | "orders/cancelled";
      orderId: number;
    }
  | { topic: "refunds/create"; orderId: number; refundId: number }
  | { topic: "customers/create" | "customers/update"; customerId: number }
  | { topic: "products/create" | "products/update" | "products/delete"; productId: number }
  | { topic: "inventory_levels/update"; inventoryItemId: number }
  | {
      topic: "collections/create" | "collections/update" | "collections/delete";
      collectionId: number;
    };
