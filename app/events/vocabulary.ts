import { z } from "zod";
import { toMinor } from "~/platform/money";
import { CUSTOM, CUSTOM_EVENT_NAMES, CUSTOM_PREFIX, customName, freeFields } from "./custom-events";
import { count, digits, id, length, text } from "./fields";

/** Each rule below is listed for people in docs/events.md. */
const size = z.tuple([length, length]);
/** A path, or an address of a kind that a browser or a phone's app can come from. */
const address = /^(?:\/|(?:https?|android-app|ios-app):\/\/)/;

const money = z
  .object({
    amount: z.number().min(0).max(1e12),
    currencyCode: z.string().regex(/^[A-Z]{3}$/, "want an ISO 4217 code"),
  })
  .transform(({ amount, currencyCode }) => toMinor(amount, currencyCode));

const productVariant = z.object({
  id: digits.nullish(),
  title: text(512),
  sku: text(255),
  price: money.nullish(),
  product: z.object({
    id: digits.nullish(),
    title: text(512),
    vendor: text(255),
    type: text(255),
  }),
});

const cartLine = z.object({
  merchandise: productVariant,
  quantity: count,
  cost: z.object({ totalAmount: money.nullish() }).nullish(),
});

const checkout = z.object({
  token: text(128),
  currencyCode: text(3),
  order: z.object({ id: digits.nullish() }).nullish(),
  subtotalPrice: money.nullish(),
  totalPrice: money.nullish(),
  totalTax: money.nullish(),
  discountsAmount: money.nullish(),
  shippingLine: z.object({ price: money.nullish() }).nullish(),
  lineItems: z
    .array(
      z.object({
        quantity: count,
        variant: productVariant.nullish(),
        finalLinePrice: money.nullish(),
      }),
    )
    .max(100),
  localization: z
    .object({
      country: z.object({ isoCode: text(2) }).nullish(),
      language: z.object({ isoCode: text(16) }).nullish(),
    })
    .nullish(),
});

const withCheckout = z.object({ checkout });
const withCartLine = z.object({ cartLine: cartLine.nullish() });

/** Every standard event that is kept, and the fields of its `data`. */
const STANDARD = {
  page_viewed: z.object({}),
  product_viewed: z.object({ productVariant }),
  collection_viewed: z.object({
    collection: z.object({
      id: digits.nullish(),
      title: text(512),
      productIds: z.array(digits).max(100),
    }),
  }),
  search_submitted: z.object({
    searchResult: z.object({ query: z.string().max(256), productIds: z.array(digits).max(100) }),
  }),
  product_added_to_cart: withCartLine,
  product_removed_from_cart: withCartLine,
  cart_viewed: z.object({
    cart: z
      .object({
        id: text(128),
        totalQuantity: count.nullish(),
        cost: z.object({ totalAmount: money.nullish() }).nullish(),
        lines: z.array(cartLine).max(100),
      })
      .nullish(),
  }),
  checkout_started: withCheckout,
  checkout_contact_info_submitted: withCheckout,
  checkout_address_info_submitted: withCheckout,
  checkout_shipping_info_submitted: withCheckout,
  payment_info_submitted: withCheckout,
  checkout_completed: withCheckout,
  alert_displayed: z.object({ alert: z.object({ type: text(64), target: text(128) }) }),
  ui_extension_errored: z.object({
    error: z.object({
      type: text(64),
      appId: text(64),
      appName: text(128),
      appVersion: text(64),
      apiVersion: text(32),
      extensionName: text(128),
      extensionTarget: text(128),
    }),
  }),
} as const;

export type StandardEventName = keyof typeof STANDARD;
/** The `data` of every standard event as the pixel sends it. */
export type StandardData = { [Name in StandardEventName]: z.input<(typeof STANDARD)[Name]> };
/** The same as the log keeps it: money in minor units. */
export type KeptData = { [Name in StandardEventName]: z.output<(typeof STANDARD)[Name]> };
export const STANDARD_EVENT_NAMES = Object.keys(STANDARD) as StandardEventName[];

const consent = z.object({
  analytics: z.boolean(),
  marketing: z.boolean(),
  preferences: z.boolean(),
  saleOfData: z.boolean(),
});

const parameter = z.string().max(256).optional();
/** The only parameters of a page's address that are kept. */
const campaign = z.object({
  utm_source: parameter,
  utm_medium: parameter,
  utm_campaign: parameter,
  utm_term: parameter,
  utm_content: parameter,
  gclid: parameter,
  fbclid: parameter,
  msclkid: parameter,
  ttclid: parameter,
});
export type CampaignParameter = keyof z.infer<typeof campaign>;

const context = z.object({
  /** Path of the page, with secrets and everything after `?` left out. */
  path: z.string().startsWith("/").max(1024),
  campaign: campaign.nullish(),
  title: text(512),
  /** Origin and path of the page before, when it was on another site; path alone on the same site. */
  referrer: z.string().max(1024).regex(address).nullish(),
  userAgent: text(512),
  language: text(35),
  screen: size.nullish(),
  viewport: size.nullish(),
});

const envelope = z.object({
  id,
  clientId: id,
  timestamp: z.iso.datetime({ offset: true }),
  seq: count.nullish(),
  customerId: digits.nullish(),
  /** The share of visitors whose events are sent at all; absent where that is everybody's. */
  sampleRate: z.number().gt(0).max(1).nullish(),
  consent: consent.nullish(),
  context: context.nullish(),
});

const standardEvents = STANDARD_EVENT_NAMES.map((name) =>
  envelope.extend({ name: z.literal(name), data: STANDARD[name] }),
);
const customEvents = CUSTOM_EVENT_NAMES.map((name) =>
  envelope.extend({ name: z.literal(name), data: CUSTOM[name] }),
);
const freeEvent = envelope.extend({ name: customName, data: freeFields });

const named = [...standardEvents, ...customEvents];
const schemas = new Map<string, (typeof named)[number] | typeof freeEvent>(
  named.map((schema) => [schema.shape.name.value, schema]),
);

/** The event's schema by its name: a custom event that we do not know has free fields; undefined for a
 * name that we do not take. */
export const schemaOf = (name: string) =>
  schemas.get(name) ?? (name.startsWith(CUSTOM_PREFIX) ? freeEvent : undefined);
export type EventSchema = NonNullable<ReturnType<typeof schemaOf>>;

/** One event as the pixel sends it (`input`) and as the log keeps it (`output`, money in minor units). */
export type PixelEventInput = z.input<(typeof named)[number]> | z.input<typeof freeEvent>;
export type PixelEvent = z.output<(typeof named)[number]> | z.output<typeof freeEvent>;

/** The body of `POST /pixel/events`; the events are judged one by one. */
export const PixelBatch = z.object({
  key: z.string().max(128),
  /** The browser's clock when it sent the batch: tells how far off it is. */
  sentAt: z.iso.datetime({ offset: true }),
  /** How many events the browser has given up since its last batch, because too many waited. */
  dropped: count.nullish(),
  events: z.array(z.unknown()),
});
export type PixelBatch = z.output<typeof PixelBatch>;
