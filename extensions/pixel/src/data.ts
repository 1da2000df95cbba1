import type { StandardData } from "~/events/vocabulary";
import {
  at,
  code,
  count,
  currency,
  digits,
  fields,
  list,
  money,
  text,
  withoutContacts,
  words,
  type Reader,
} from "./fields";

const productVariant = fields({
  id: digits,
  title: text(512),
  sku: text(255),
  price: money,
  product: fields({ id: digits, title: text(512), vendor: text(255), type: text(255) }),
});

const cost = fields({ totalAmount: money });

/** A line without a quantity says nothing that could be counted. */
const line =
  <Rest extends object>(rest: Reader<Rest>): Reader<(Rest & { quantity: number }) | null> =>
  (value, most) => {
    const quantity = count(at(value, "quantity"));
    return quantity === null ? null : Object.assign(rest(value, most), { quantity });
  };

const cartLine = line(fields({ merchandise: productVariant, cost }));
const withCartLine = fields({ cartLine });

/** The products of a list of variants in the order they were shown, each once. */
const productIds: Reader<string[]> = (variants, most) => [
  ...new Set(list((variant) => digits(at(variant, "product", "id")))(variants, most)),
];

const cart = fields({
  /** The token alone: what may follow it is the key to the buyer's details. */
  id: (id) => words((/[^/?]+(?=\?|$)/.exec(words(id, 512)) || [])[0], 128) || null,
  totalQuantity: count,
  cost,
  lines: list(cartLine),
});

const withCheckout = fields({
  checkout: fields({
    token: text(128),
    currencyCode: currency,
    order: fields({ id: digits }),
    subtotalPrice: money,
    totalPrice: money,
    totalTax: money,
    discountsAmount: money,
    shippingLine: fields({ price: money }),
    lineItems: list(
      line(
        fields({
          variant: (value, most) => (value ? productVariant(value, most) : null),
          finalLinePrice: money,
        }),
      ),
    ),
    localization: fields({
      country: fields({ isoCode: text(2) }),
      language: fields({ isoCode: text(16) }),
    }),
  }),
});

/** What is kept of every standard event's data. */
export const STANDARD: { [Name in keyof StandardData]: Reader<StandardData[Name]> } = {
  page_viewed: fields({}),
  product_viewed: fields({ productVariant }),
  collection_viewed: (data, most) => ({
    collection: {
      id: digits(at(data, "collection", "id")),
      title: text(512)(at(data, "collection", "title")),
      productIds: productIds(at(data, "collection", "productVariants"), most),
    },
  }),
  search_submitted: (data, most) => ({
    searchResult: {
      query: words(withoutContacts(words(at(data, "searchResult", "query"), 1024)), 256),
      productIds: productIds(at(data, "searchResult", "productVariants"), most),
    },
  }),
  product_added_to_cart: withCartLine,
  product_removed_from_cart: withCartLine,
  cart_viewed: fields({ cart: (value, most) => (value ? cart(value, most) : null) }),
  checkout_started: withCheckout,
  checkout_contact_info_submitted: withCheckout,
  checkout_address_info_submitted: withCheckout,
  checkout_shipping_info_submitted: withCheckout,
  payment_info_submitted: withCheckout,
  checkout_completed: withCheckout,
  alert_displayed: fields({
    alert: fields({ type: text(64), target: code(/^[\w.$[\]-]{1,128}$/) }),
  }),
  ui_extension_errored: fields({
    error: fields({
      type: text(64),
      appId: text(64),
      appName: text(128),
      appVersion: text(64),
      apiVersion: text(32),
      extensionName: text(128),
      extensionTarget: text(128),
    }),
  }),
};
