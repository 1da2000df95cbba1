import { z } from "zod";
import { InvalidInput } from "~/platform/errors";
import { DAY } from "~/platform/time";

/** What a shopper agrees to, by the version of its wording. A new wording gets a new version, and the old
 * ones stay, since subscriptions name them. */
export const CONSENT_WORDINGS: Record<string, string> = {
  "2026-12-01":
    "Send me one e-mail when this happens. I can stop it at any time by the link in each e-mail.",
};
/** The wording to show. */
export const CONSENT_VERSION = "2026-12-01";

/** The kinds that a shopper can ask to be told of. */
export const SHOPPER_KINDS = ["price_drop", "back_in_stock", "low_stock"] as const;
export type ShopperKind = (typeof SHOPPER_KINDS)[number];

/** How long a link in the e-mail that asks for confirmation works, and its subscription is kept. */
export const UNCONFIRMED_KEPT = 7 * DAY;
/** How long what was told is kept, so that the links of its e-mail work. */
export const TOLD_KEPT = 60 * DAY;
/** How many unanswered questions an address is sent in a day by a shop, and the same question once. */
export const QUESTIONS_A_DAY = 5;

const id = z.string().regex(/^\d{1,18}$/, "want the digits of an id of Shopify's");

/** What a shopper sends through the app proxy, as JSON. */
export const SubscriptionRequest = z.object({
  email: z
    .string()
    .max(254)
    .transform((text) => text.trim())
    .pipe(z.email()),
  kind: z.enum(SHOPPER_KINDS),
  product: id,
  /** Only this variant; else any of the product's. */
  variant: id.nullish(),
  /** Of a price drop: at or under which price, in the shop's currency. */
  price: z.number().positive().max(1e9).nullish(),
  /** The version of the wording that was shown and agreed to. */
  consent: z
    .string()
    .refine((version) => Object.hasOwn(CONSENT_WORDINGS, version), "want a version we know"),
  /** The path of the page on which that was. */
  page: z.string().startsWith("/").max(500),
});
export type SubscriptionRequest = z.output<typeof SubscriptionRequest>;

/** @throws {InvalidInput} saying what is wrong, without what was sent */
export function parseRequest(body: string): SubscriptionRequest {
  const parsed = SubscriptionRequest.safeParse(jsonOf(body));
  if (!parsed.success) throw new InvalidInput(z.prettifyError(parsed.error));
  if (parsed.data.price && parsed.data.kind !== "price_drop")
    throw new InvalidInput(`a price is for price_drop, got ${parsed.data.kind}`);
  return parsed.data;
}

function jsonOf(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw new InvalidInput("the body is not JSON");
  }
}

/** An address is one whatever its letters' case. */
export const contactKey = (email: string): string => email.toLowerCase();
