import { ONLY, type Catalog, type Product, type Variant } from "../catalog/model";
import type { Shop } from "../catalog/shops";
import { discountOn, validDiscount } from "./discounts";
import type {
  CancelReason,
  Discount,
  Order,
  OrderLine,
  Purchase,
  Refund,
  RefundLine,
} from "./model";

/** The tax that prices contain, in percent, by the shop's country. */
const TAX_PERCENT: Record<string, number> = { DE: 19, NZ: 15 };

/** Where ids come from: counted by a running shop, by the seed in a simulated one. */
export type OrderIds = { order: number; number: number; token: string; line: () => number };
export type RefundIds = { refund: () => number; line: () => number };

export type OrderDraft = {
  shop: Pick<Shop, "currency" | "countryCode">;
  /** What is sold at this moment, and for how much. */
  catalog: Catalog;
  discounts: readonly Discount[];
  at: string;
  ids: OrderIds;
  purchase: Purchase;
};

/** Makes an order of a purchase, with the catalogue's prices. A code that is not valid is no discount.
 * @throws {Error} for a variant that the catalogue does not have, or a quantity below one */
export function buildOrder({ shop, catalog, discounts, at, ids, purchase }: OrderDraft): Order {
  const bought = purchase.lines.map((line) => ({ ...line, ...sold(catalog, line) }));
  const gross = bought.reduce(
    (sum, { variant, quantity }) => sum + variant.priceMinor * quantity,
    0,
  );
  const discount = validDiscount(discounts, purchase.discountCode, at);
  const off = discount ? discountOn(discount, gross) : 0;
  const shares = spread(
    off,
    bought.map(({ variant, quantity }) => variant.priceMinor * quantity),
  );
  const subtotal = gross - off;
  const total = subtotal + purchase.shippingMinor;
  return {
    ...{ id: ids.order, number: ids.number, name: `#${ids.number}`, token: ids.token },
    ...{ createdAt: at, updatedAt: at, cancelledAt: null, cancelReason: null, test: false },
    ...{ checkoutToken: purchase.checkoutToken, cartToken: purchase.cartToken },
    ...{ customerId: purchase.customerId, currency: shop.currency, countryCode: shop.countryCode },
    lines: bought.map((line, i) => orderLine(line, shares[i] ?? 0, ids.line())),
    discounts: discount ? [{ code: discount.code, amountMinor: off }] : [],
    ...{ subtotalMinor: subtotal, totalDiscountMinor: off, shippingMinor: purchase.shippingMinor },
    ...{ taxMinor: taxIn(total, shop.countryCode), totalMinor: total },
    noteAttributes: purchase.noteAttributes ?? [],
    landingSite: purchase.landingSite ?? null,
    referringSite: purchase.referringSite ?? null,
    userAgent: purchase.userAgent ?? null,
    ...{ refunds: [], financialStatus: "PAID" },
  };
}

type Bought = Purchase["lines"][number] & { product: Product; variant: Variant };

function sold(catalog: Catalog, { productId, variantId, quantity }: Purchase["lines"][number]) {
  const product = catalog.products.find(({ id }) => id === productId);
  const variant = product?.variants.find(({ id }) => id === variantId);
  if (!product || !variant) throw new Error(`no variant ${variantId} of product ${productId} here`);
  if (!Number.isInteger(quantity) || quantity < 1)
    throw new Error(`want a quantity of 1 or more of ${product.title}, got ${quantity}`);
  return { product, variant };
}

const orderLine = (
  { product, variant, quantity, properties }: Bought,
  discountMinor: number,
  id: number,
): OrderLine => ({
  ...{ id, productId: product.id, variantId: variant.id, title: product.title },
  variantTitle: variant.title === ONLY ? null : variant.title,
  ...{ sku: variant.sku, vendor: product.vendor, quantity, priceMinor: variant.priceMinor },
  ...{ discountMinor, properties: properties ?? [] },
});

export const taxIn = (minor: number, countryCode: string): number => {
  const percent = TAX_PERCENT[countryCode] ?? 0;
  return Math.round((minor * percent) / (100 + percent));
};

/** Parts an amount over weights in whole units, so that the parts add up to it. */
export function spread(amount: number, weights: readonly number[]): number[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let weighed = 0;
  let given = 0;
  return weights.map((weight) => {
    weighed += weight;
    const upTo = total === 0 ? 0 : Math.round((amount * weighed) / total);
    const part = upTo - given;
    given = upTo;
    return part;
  });
}

export type RefundRequest = {
  /** How many pieces of which lines; none given: all that is left, and the shipping. */
  lines?: { orderLineId: number; quantity: number }[];
  note?: string;
  restock?: boolean;
  at: string;
  ids: RefundIds;
};

/** Gives pieces of an order back; one of which nothing is left stays as it is.
 * @throws {Error} for a line that the order does not have, or more pieces than are left of it */
export function refundOrder(order: Order, request: RefundRequest): Order {
  const { at, ids, note = null, restock = true } = request;
  const wanted = request.lines ?? order.lines.map((line) => rest(order, line));
  const lines = wanted
    .filter(({ quantity }) => quantity > 0)
    .map((piece) => refundLine(order, piece, ids.line()));
  const back = lines.reduce((sum, { subtotalMinor }) => sum + subtotalMinor, 0);
  const amountMinor = request.lines ? back : order.totalMinor - refundedMinor(order);
  if (lines.length === 0 && amountMinor === 0) return order;
  const id = ids.refund();
  const refund: Refund = { id, createdAt: at, note: note ?? null, restock, lines, amountMinor };
  const refunds = [...order.refunds, refund];
  const isWhole = refundedMinor({ refunds }) >= order.totalMinor;
  const financialStatus = isWhole ? "REFUNDED" : "PARTIALLY_REFUNDED";
  return { ...order, refunds, financialStatus, updatedAt: at };
}

/** What went back of an order so far, in minor units. */
export const refundedMinor = ({ refunds }: Pick<Order, "refunds">): number =>
  refunds.reduce((sum, { amountMinor }) => sum + amountMinor, 0);

/** How many pieces of an order's line were not given back. */
export const currentQuantity = ({ refunds }: Order, { id, quantity }: OrderLine): number =>
  quantity - refunds.flatMap(({ lines }) => lines).reduce(piecesOf(id), 0);

const piecesOf = (orderLineId: number) => (sum: number, line: RefundLine) =>
  line.orderLineId === orderLineId ? sum + line.quantity : sum;

const rest = (order: Order, line: OrderLine) => ({
  orderLineId: line.id,
  quantity: currentQuantity(order, line),
});

function refundLine(
  order: Order,
  { orderLineId, quantity }: { orderLineId: number; quantity: number },
  id: number,
): RefundLine {
  const line = order.lines.find((line) => line.id === orderLineId);
  if (!line) throw new Error(`order ${order.name} has no line ${orderLineId}`);
  const left = currentQuantity(order, line);
  if (!Number.isInteger(quantity) || quantity < 1 || quantity > left)
    throw new Error(`want 1 to ${left} pieces of ${line.title} back, got ${quantity}`);
  // Each piece has its own share of the discount, so that all of them add up to what was paid.
  const paid = spread(line.priceMinor * line.quantity - line.discountMinor, ones(line.quantity));
  const subtotalMinor = paid
    .slice(line.quantity - left, line.quantity - left + quantity)
    .reduce((sum, piece) => sum + piece, 0);
  return { id, orderLineId, quantity, subtotalMinor };
}

const ones = (count: number): number[] => Array.from({ length: count }, () => 1);

/** Cancels an order and gives back whatever was not; a cancelled one stays as it is. */
export function cancelOrder(
  order: Order,
  { reason, at, ids }: { reason: CancelReason; at: string; ids: RefundIds },
): Order {
  if (order.cancelledAt !== null) return order;
  const refunded = refundOrder(order, { at, ids });
  return { ...refunded, cancelledAt: at, cancelReason: reason, updatedAt: at };
}
