import type { z } from "zod";
import { compile, UNFIT } from "~/events/compile";
import {
  CUSTOM,
  CUSTOM_EVENT_NAMES,
  type CustomEventName,
  type KeptCustomData,
} from "~/events/custom-events";
import type { KeptData, StandardEventName } from "~/events/vocabulary";
import type { TimelineEvent } from "./visit";

export type Checkout = KeptData["checkout_started"]["checkout"];
export type ProductVariant = KeptData["product_viewed"]["productVariant"];

/** The fields of an event of this name; null for every other. What is in the log was read by its
 * schema on the way in. */
export const dataOf = <Name extends StandardEventName>(
  event: TimelineEvent,
  name: Name,
): KeptData[Name] | null => (event.name === name ? (event.data as KeptData[Name] | null) : null);

type Readers = { [Name in CustomEventName]: (raw: unknown) => KeptCustomData[Name] | typeof UNFIT };
const READERS = Object.fromEntries(
  CUSTOM_EVENT_NAMES.map((name) => [name, compile<z.ZodType>(CUSTOM[name])]),
) as Readers;

/** The fields of a custom event of this name; null for every other, and for one that does not fit: the
 * log may be older than its name's schema. */
export function customOf<Name extends CustomEventName>(
  event: TimelineEvent,
  name: Name,
): KeptCustomData[Name] | null {
  if (event.name !== name) return null;
  const fields = READERS[name](event.data);
  return fields === UNFIT ? null : fields;
}

/** The steps of a checkout by the events that tell of them, in their order. */
export const CHECKOUT_STEPS = {
  checkout_started: "started",
  checkout_contact_info_submitted: "contact",
  checkout_address_info_submitted: "address",
  checkout_shipping_info_submitted: "shipping",
  payment_info_submitted: "payment",
  checkout_completed: "completed",
} as const;
type CheckoutEvent = keyof typeof CHECKOUT_STEPS;
export type CheckoutStep = (typeof CHECKOUT_STEPS)[CheckoutEvent];

const isOfCheckout = (name: string): name is CheckoutEvent => Object.hasOwn(CHECKOUT_STEPS, name);

/** The step of a checkout that an event tells of; null for every other event. */
export const checkoutStepOf = ({ name }: TimelineEvent): CheckoutStep | null =>
  isOfCheckout(name) ? CHECKOUT_STEPS[name] : null;

/** The checkout that an event tells of; null for every other event. */
export const checkoutOf = (event: TimelineEvent): Checkout | null =>
  isOfCheckout(event.name) ? (dataOf(event, event.name)?.checkout ?? null) : null;
