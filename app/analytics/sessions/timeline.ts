import type { KeptData } from "~/events/vocabulary";
import { formatMoney, type Money } from "~/platform/money";
import { SECOND } from "~/platform/time";
import { checkoutOf, customOf, dataOf, type ProductVariant } from "~/projections/data";
import type { TimelineEvent } from "~/projections/visit";

const NAMES: Record<string, string> = {
  page_viewed: "Page viewed",
  product_viewed: "Product viewed",
  collection_viewed: "Collection viewed",
  search_submitted: "Search made",
  product_added_to_cart: "Put into the cart",
  product_removed_from_cart: "Taken out of the cart",
  cart_viewed: "Cart viewed",
  checkout_started: "Checkout started",
  checkout_contact_info_submitted: "Contact given",
  checkout_address_info_submitted: "Address given",
  checkout_shipping_info_submitted: "Shipping chosen",
  payment_info_submitted: "Payment given",
  checkout_completed: "Checkout completed",
  alert_displayed: "Warned by the checkout",
  ui_extension_errored: "An app failed in the checkout",
  "pixelnova:page_engaged": "Page looked at",
  "pixelnova:element_clicked": "Clicked",
  "pixelnova:rage_clicked": "Clicked in rage",
  "pixelnova:dead_clicked": "Clicked in vain",
};

/** What an event of the log is called: in words, or by its own name where a theme made it up. */
export function nameOf({ name }: Pick<TimelineEvent, "name">): string {
  const known = NAMES[name];
  if (known !== undefined) return known;
  const words = name.replace(/^pixelnova:/, "").replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** What is known of an event besides its name and page, in words; null for nothing. */
export const detailsOf = (event: TimelineEvent): string | null =>
  inOneLine(
    ofProduct(event) ??
      ofCart(event) ??
      ofCheckout(event) ??
      ofClick(event) ??
      ofReport(event) ??
      ofOther(event),
  );

/** What is told of a verified order; amounts in minor units. */
export type OrderTold = {
  name: string | null;
  currency: string;
  total: number;
  refunded: number;
  isTest: boolean;
  isCancelled: boolean;
};

/** A verified order in words. */
export const orderInWords = ({ name, currency, total, refunded, ...order }: OrderTold) =>
  inOneLine([
    ...[name, money({ amountMinor: total, currencyCode: currency })],
    refunded > 0 && `${money({ amountMinor: refunded, currencyCode: currency })} paid back`,
    order.isCancelled && "cancelled",
    order.isTest && "a test",
  ]);

type Parts = (string | null | undefined | false)[];

const inOneLine = (parts: Parts): string | null => parts.filter(Boolean).join("; ") || null;

const money = (of: Money | null | undefined): string | null =>
  of ? formatMoney({ from: of.amountMinor, to: of.amountMinor }, of.currencyCode, "en") : null;

const pieces = (count: number | null | undefined): string | null =>
  typeof count === "number" ? `${count} ${count === 1 ? "piece" : "pieces"}` : null;

const wordsFor = ({ product, title }: ProductVariant): string | null =>
  [product.title, title].filter(Boolean).join(", ") || null;

function ofProduct(event: TimelineEvent): Parts | null {
  const variant = dataOf(event, "product_viewed")?.productVariant;
  return variant ? [wordsFor(variant), money(variant.price)] : null;
}

type CartLine = KeptData["product_added_to_cart"]["cartLine"];

function ofCart(event: TimelineEvent): Parts | null {
  const line: CartLine =
    dataOf(event, "product_added_to_cart")?.cartLine ??
    dataOf(event, "product_removed_from_cart")?.cartLine;
  if (line)
    return [wordsFor(line.merchandise), pieces(line.quantity), money(line.cost?.totalAmount)];
  const cart = dataOf(event, "cart_viewed")?.cart;
  return cart ? [pieces(cart.totalQuantity), money(cart.cost?.totalAmount)] : null;
}

function ofCheckout(event: TimelineEvent): Parts | null {
  const checkout = checkoutOf(event);
  if (!checkout) return null;
  const count = checkout.lineItems.reduce((sum, { quantity }) => sum + quantity, 0);
  return [pieces(count), money(checkout.totalPrice)];
}

function ofClick(event: TimelineEvent): Parts | null {
  const clicked = customOf(event, "pixelnova:element_clicked");
  if (clicked) return [clicked.element];
  const many =
    customOf(event, "pixelnova:rage_clicked") ?? customOf(event, "pixelnova:dead_clicked");
  return many && [many.element, `${many.clickCount} ${many.clickCount === 1 ? "click" : "clicks"}`];
}

const seconds = (ms: number): string => `${(ms / SECOND).toFixed(1)} s`;

function ofReport(event: TimelineEvent): Parts | null {
  const engaged = customOf(event, "pixelnova:page_engaged");
  if (!engaged) return null;
  const { visibleMs, scrollPercent, firstInteractionMs: first } = engaged;
  return [
    `visible for ${seconds(visibleMs)}`,
    `${scrollPercent}% of it seen`,
    typeof first === "number" && `first touched after ${seconds(first)}`,
  ];
}

function ofOther(event: TimelineEvent): Parts {
  const search = dataOf(event, "search_submitted")?.searchResult;
  if (search) return [`“${search.query}”`, `${search.productIds.length} products named`];
  const collection = dataOf(event, "collection_viewed")?.collection;
  if (collection) return [collection.title];
  if (event.name === "page_viewed") return [event.context?.title];
  return fieldsIn(event.data);
}

/** The fields of an event that a theme or an app made up: flat, or one object deep. */
function fieldsIn(data: unknown): string[] {
  if (typeof data !== "object" || data === null) return [];
  return Object.entries(data).flatMap(([name, value]: [string, unknown]) =>
    typeof value === "string" || typeof value === "number" || typeof value === "boolean"
      ? [`${name}: ${value}`]
      : fieldsIn(value),
  );
}
