import {
  AlertDisplayedType,
  EventType,
  UiExtensionErrorType,
  type Cart,
  type Checkout,
  type Context,
  type CustomEvent,
  type Location,
  type MailingAddress,
  type PixelEvents,
  type ProductVariant,
  type RegisterInit,
} from "@shopify/web-pixels-extension";
import type { StandardEventName } from "~/events/vocabulary";

/** What Shopify hands to a pixel, with every field filled, as its types describe it. */

const CLIENT = "5f2b8c1e-93c4-4a57-8d9b-2f6f2f0d7a11";
const eur = (amount: number) => ({ amount, currencyCode: "EUR" });

export const locationOf = (address: string): Location => {
  const { hash, host, hostname, href, origin, pathname, port, protocol, search } = new URL(address);
  return { hash, host, hostname, href, origin, pathname, port, protocol, search };
};

export function contextAt(address: string, referrer = ""): Context {
  const location = locationOf(address);
  return {
    document: { characterSet: "UTF-8", location, referrer, title: "Linen shirt – Ana's Linen" },
    navigator: {
      cookieEnabled: true,
      language: "de-DE",
      languages: ["de-DE", "en"],
      userAgent: "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/142.0 Safari/537.36",
    },
    window: {
      innerHeight: 900,
      innerWidth: 1440,
      location,
      origin: location.origin,
      outerHeight: 1000,
      outerWidth: 1440,
      pageXOffset: 0,
      pageYOffset: 0,
      screen: { height: 1080, width: 1920 },
      screenX: 0,
      screenY: 0,
      scrollX: 0,
      scrollY: 0,
    },
  };
}

const productVariant: ProductVariant = {
  id: "41000000000001",
  image: { src: "https://cdn.shopify.com/s/files/shirt.jpg" },
  price: eur(79.9),
  product: {
    id: "7100000000001",
    title: "Linen shirt",
    type: "Shirts",
    untranslatedTitle: "Linen shirt",
    url: "/products/linen-shirt",
    vendor: "Ana's Linen",
  },
  sku: "SHIRT-M-WHITE",
  title: "M / White",
  untranslatedTitle: "M / White",
};

const cartLine = {
  cost: { totalAmount: eur(159.8) },
  merchandise: productVariant,
  quantity: 2,
};

const cart: Cart = {
  attributes: [{ key: "gift_note", value: "For Bo, with love" }],
  cost: { totalAmount: eur(159.8) },
  id: "gid://shopify/Cart/Z2NwLWV1cm9wZS13ZXN0?key=00d3a1b2c3",
  lines: [cartLine],
  totalQuantity: 2,
};

const address: MailingAddress = {
  address1: "Invalidenstrasse 1",
  address2: "c/o Bo",
  city: "Berlin",
  country: "Germany",
  countryCode: "DE",
  firstName: "Ana",
  lastName: "Example",
  phone: "+4930123456",
  province: "Berlin",
  provinceCode: "BE",
  zip: "10115",
};

const discountApplication = {
  allocationMethod: "ACROSS",
  targetSelection: "ALL",
  targetType: "LINE_ITEM",
  title: "ANA-BIRTHDAY-10",
  type: "DISCOUNT_CODE",
  value: { percentage: 10 },
};

const checkout: Checkout = {
  attributes: [{ key: "delivery_note", value: "Ring twice" }],
  billingAddress: address,
  buyerAcceptsEmailMarketing: true,
  buyerAcceptsSmsMarketing: true,
  currencyCode: "EUR",
  delivery: {
    selectedDeliveryOptions: [
      {
        cost: eur(4.9),
        costAfterDiscounts: eur(4.9),
        description: "To the door of Ana",
        handle: "standard",
        title: "Standard",
        type: "shipping",
      },
    ],
  },
  discountApplications: [discountApplication],
  discountsAmount: eur(15.98),
  email: "ana@example.com",
  lineItems: [
    {
      discountAllocations: [{ amount: eur(15.98), discountApplication }],
      finalLinePrice: eur(143.82),
      id: "line-1",
      properties: [{ key: "Engraving", value: "To Bo" }],
      quantity: 2,
      sellingPlanAllocation: { sellingPlan: { id: "1", name: "Monthly" } },
      title: "Linen shirt",
      variant: productVariant,
    },
  ],
  localization: {
    country: { isoCode: "DE" },
    language: { isoCode: "de" },
    market: { id: "gid://shopify/Market/1", handle: "germany" },
  },
  order: {
    customer: { id: "gid://shopify/Customer/6100000000001", isFirstOrder: true },
    id: "gid://shopify/OrderIdentity/5100000000001",
  },
  phone: "+4930123456",
  shippingAddress: address,
  shippingLine: { price: eur(4.9) },
  smsMarketingPhone: "+4930123456",
  subtotalPrice: eur(143.82),
  token: "c1a2b3c4d5e6f708192a3b4c5d6e7f80",
  totalPrice: eur(148.72),
  totalTax: eur(23.75),
  transactions: [
    {
      amount: eur(148.72),
      gateway: "shopify_payments",
      paymentMethod: { name: "Visa of Ana", type: "creditCard" },
    },
  ],
};

type Data = { [Name in StandardEventName]: PixelEvents[Name]["data"] };

const DATA: Data = {
  page_viewed: {},
  product_viewed: { productVariant },
  collection_viewed: {
    collection: { id: "2100000000001", productVariants: [productVariant], title: "Shirts" },
  },
  search_submitted: { searchResult: { query: "white linen", productVariants: [productVariant] } },
  product_added_to_cart: { cartLine },
  product_removed_from_cart: { cartLine },
  cart_viewed: { cart },
  checkout_started: { checkout },
  checkout_contact_info_submitted: { checkout },
  checkout_address_info_submitted: { checkout },
  checkout_shipping_info_submitted: { checkout },
  payment_info_submitted: { checkout },
  checkout_completed: { checkout },
  alert_displayed: {
    alert: {
      message: "ana@ is not an e-mail address",
      target: "$.cart.buyerIdentity.email",
      type: AlertDisplayedType.InputInvalid,
      value: "ana@",
    },
  },
  ui_extension_errored: {
    error: {
      apiVersion: "2026-07",
      appId: "gid://shopify/App/1",
      appName: "Gift notes",
      appVersion: "3",
      extensionName: "gift-note",
      extensionTarget: "purchase.checkout.block.render",
      message: "cannot read 'For Bo'",
      placementReference: "CHECKOUT1",
      trace: "at note (ana@example.com)",
      type: UiExtensionErrorType.ExtensionUsageError,
    },
  },
};

let sequence = 0;

/** One event of a name with all that Shopify can put into it; a test states only what it is about. */
export function standardEvent<Name extends StandardEventName>(
  name: Name,
  about: { id?: string; data?: Data[Name]; context?: Context; timestamp?: string } = {},
) {
  return {
    id: `sh-${(++sequence).toString(16).padStart(8, "0")}-4A57-4D11`,
    clientId: CLIENT,
    context: contextAt("https://anas-linen.example/products/linen-shirt?utm_source=letter"),
    data: DATA[name],
    name,
    seq: sequence,
    timestamp: new Date().toISOString(),
    type: EventType.Standard as const,
    ...about,
  };
}

export function customEvent(name: string, customData: CustomEvent["customData"]): CustomEvent {
  const { id, clientId, context, seq, timestamp } = standardEvent("page_viewed");
  return { id, clientId, context, seq, timestamp, name, customData, type: EventType.Custom };
}

export const consent = (analyticsProcessingAllowed: boolean): RegisterInit["customerPrivacy"] => ({
  analyticsProcessingAllowed,
  marketingAllowed: false,
  preferencesProcessingAllowed: true,
  saleOfDataAllowed: false,
});

export const INIT: RegisterInit = {
  context: contextAt("https://anas-linen.example/"),
  customerPrivacy: consent(true),
  data: {
    cart,
    customer: {
      email: "ana@example.com",
      firstName: "Ana",
      id: "6100000000001",
      lastName: "Example",
      ordersCount: 3,
      phone: "+4930123456",
    },
    purchasingCompany: null,
    shop: {
      countryCode: "DE",
      myshopifyDomain: "anas-linen.myshopify.com",
      name: "Ana's Linen",
      paymentSettings: { currencyCode: "EUR" },
      storefrontUrl: "https://anas-linen.example",
    },
  },
};
