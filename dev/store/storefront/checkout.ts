import { randomUUID } from "node:crypto";
import type { Commerce } from "../commerce/commerce";
import { discountOn, validDiscount } from "../commerce/discounts";
import type { Order } from "../commerce/model";
import { totalMinor, type Cart, type Line } from "./cart";

export const DELIVERY = [
  { handle: "standard", title: "Standard, 3 to 5 days", priceMinor: 490 },
  { handle: "express", title: "Express, tomorrow", priceMinor: 1290 },
] as const;
export type DeliveryOption = (typeof DELIVERY)[number];

/** The steps that a shopper goes through, each with the event that its completion is.
 * dev:api/web-pixels-api/standard-events */
export const STEPS = {
  contact: "checkout_contact_info_submitted",
  address: "checkout_address_info_submitted",
  shipping: "checkout_shipping_info_submitted",
  payment: "payment_info_submitted",
} as const;
export type Step = keyof typeof STEPS;
const ORDER = Object.keys(STEPS) as Step[];
/** The card that every bank refuses. */
const REFUSED_CARD = "2";

export type Checkout = {
  token: string;
  cartToken: string;
  attributes: Cart["attributes"];
  lines: Line[];
  step: Step;
  fields: Record<string, string>;
  delivery: DeliveryOption;
  discountCode: string | null;
  order: Order | null;
  /** Whether the thank-you page has been shown: `checkout_completed` happens there, once. */
  isThanked: boolean;
};
export type Checkouts = Map<string, Checkout>;

/** What is wrong with a field, in Shopify's kinds of alert. */
export type FieldError = {
  field: string;
  message: string;
  type: "INPUT_REQUIRED" | "INPUT_INVALID" | "PAYMENT_ERROR" | "DISCOUNT_ERROR" | "INVENTORY_ERROR";
};

/** Freezes the cart's lines into a checkout of their own; going back to it goes on with the same one,
 * as long as the cart is the same. */
export function startCheckout(checkouts: Checkouts, cart: Cart, lines: readonly Line[]): Checkout {
  const same = (checkout: Checkout) =>
    checkout.cartToken === cart.token &&
    checkout.order === null &&
    JSON.stringify(checkout.lines.map(({ key, quantity }) => [key, quantity])) ===
      JSON.stringify(lines.map(({ key, quantity }) => [key, quantity]));
  const open = [...checkouts.values()].find(same);
  if (open) return open;
  const checkout: Checkout = {
    token: randomUUID().replaceAll("-", ""),
    ...{
      cartToken: cart.token,
      attributes: cart.attributes,
      lines: lines.map((line) => ({ ...line })),
    },
    ...{ step: "contact", fields: {}, delivery: DELIVERY[0], discountCode: null },
    ...{ order: null, isThanked: false },
  };
  checkouts.set(checkout.token, checkout);
  return checkout;
}

/** Takes what a shopper filled in for a step; where all is well, the next step is theirs.
 * @returns what was wrong: nothing when the step is done */
export function submitStep(
  checkout: Checkout,
  step: Step,
  fields: Record<string, string>,
): FieldError[] {
  const errors = WANTED[step].flatMap((field) => (fields[field]?.trim() ? [] : [required(field)]));
  const email = fields.email?.trim();
  if (step === "contact" && email && !/^\S+@\S+\.\S+$/.test(email))
    errors.push({ field: "email", message: "Enter a valid email", type: "INPUT_INVALID" });
  if (step === "payment" && fields.card === REFUSED_CARD)
    errors.push({ field: "card", message: "Your card was declined", type: "PAYMENT_ERROR" });
  if (errors.length > 0) return errors;
  const { card: _, ...kept } = fields; // nobody keeps a card's number
  Object.assign(checkout.fields, kept);
  if (step === "shipping")
    checkout.delivery = DELIVERY.find(({ handle }) => handle === fields.delivery) ?? DELIVERY[0];
  checkout.step = ORDER[ORDER.indexOf(step) + 1] ?? "payment";
  return [];
}

const WANTED: Record<Step, string[]> = {
  contact: ["email"],
  address: ["name", "street", "city"],
  shipping: ["delivery"],
  payment: ["card"],
};

const required = (field: string): FieldError => ({
  ...{ field, message: `Enter ${LABELS[field] ?? field}`, type: "INPUT_REQUIRED" },
});
const LABELS: Record<string, string> = {
  email: "an email",
  name: "a name",
  street: "a street and number",
  city: "a city",
  delivery: "a shipping method",
  card: "a card number",
};

/** @returns the error to show when the code is not valid now */
export function applyDiscount(
  commerce: Commerce,
  checkout: Checkout,
  code: string,
  at: Date,
): FieldError[] {
  const discount = validDiscount(commerce.discounts(), code, at.toISOString());
  checkout.discountCode = discount?.code ?? null;
  if (discount || code.trim() === "") return [];
  return [{ field: "discount", message: "Enter a valid discount code", type: "DISCOUNT_ERROR" }];
}

/** What a checkout comes to, in minor units. */
export function amountsOf(commerce: Commerce, checkout: Checkout, at: Date) {
  const gross = totalMinor(checkout.lines);
  const discount = validDiscount(commerce.discounts(), checkout.discountCode, at.toISOString());
  const discountMinor = discount ? discountOn(discount, gross) : 0;
  const subtotalMinor = gross - discountMinor;
  const shippingMinor = checkout.delivery.priceMinor;
  return {
    gross,
    discountMinor,
    subtotalMinor,
    shippingMinor,
    totalMinor: subtotalMinor + shippingMinor,
  };
}
