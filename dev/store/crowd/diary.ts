import type { PixelEventInput, StandardData } from "../../../app/events/vocabulary";
import { toAmount } from "../catalog/money";
import type { Product } from "../catalog/products";
import type { Shop } from "../catalog/shops";
import type { Chance } from "./chance";
import type { Visitor } from "./visitor";

type Context = NonNullable<PixelEventInput["context"]>;
type Source = Pick<Context, "referrer" | "campaign">;
export type Line = { product: Product; quantity: number };
export type Diary = ReturnType<typeof openDiary>;

const SECOND = 1_000;
const SOURCES: Record<"search" | "direct" | "social" | "mail", Source> = {
  search: { referrer: "https://www.google.com/" },
  direct: {},
  social: { referrer: "https://www.instagram.com/", campaign: { utm_source: "instagram" } },
  mail: { campaign: { utm_source: "newsletter", utm_medium: "email" } },
};
const CONSENT = { analytics: true, marketing: false, preferences: false, saleOfData: false };
const SHIPPING_MINOR = 490;

/** Writes a visit down, event by event, on a clock that goes on as the visitor reads. */
export function openDiary(shop: Shop, visitor: Visitor, startedAt: Date, luck: Chance) {
  const events: PixelEventInput[] = [];
  const { clientId, customerId, device, language } = visitor;
  let at = startedAt.getTime();
  let source: Source = SOURCES[luck.weighted({ search: 40, direct: 26, social: 24, mail: 10 })];
  let page: Pick<Context, "path" | "title"> = { path: "/", title: shop.tagline };
  let seq = 0;

  const write = <Name extends keyof StandardData>(name: Name, data: StandardData[Name]) => {
    const context: Context = { ...page, ...source, ...device, language };
    const timestamp = new Date(at).toISOString();
    const envelope = { id: luck.uuid(), clientId, customerId, timestamp, seq: seq++, context };
    events.push({ ...envelope, consent: CONSENT, name, data });
    at += luck.between(1, 4) * SECOND;
  };
  const open = (path: string, title: string | null) => {
    if (events.length > 0) {
      source = { referrer: page.path };
      at += luck.between(6, 110) * SECOND;
    }
    page = { path, title: title === null ? null : `${title} – ${shop.name}` };
    seq = 0;
    write("page_viewed", {});
  };
  const money = (minor: number) => ({ amount: toAmount(minor), currencyCode: shop.currency });
  return { events, shop, write, page: open, money };
}

export const totalOf = (basket: readonly Line[]) =>
  basket.reduce((sum, { product, quantity }) => sum + product.variants[0].priceMinor * quantity, 0);

export function variantOf(
  { money }: Diary,
  { id, title, vendor, type, variants: [first] }: Product,
) {
  const { title: variantTitle, sku, priceMinor } = first;
  const product = { id: String(id), title, vendor, type };
  return { id: String(first.id), title: variantTitle, sku, price: money(priceMinor), product };
}

export const cartLine = (diary: Diary, { product, quantity }: Line) => ({
  quantity,
  merchandise: variantOf(diary, product),
  cost: { totalAmount: diary.money(product.variants[0].priceMinor * quantity) },
});

export function checkoutData(diary: Diary, token: string, basket: readonly Line[]) {
  const { money, shop } = diary;
  return {
    token,
    currencyCode: shop.currency,
    order: null,
    subtotalPrice: money(totalOf(basket)),
    totalPrice: money(totalOf(basket) + SHIPPING_MINOR),
    totalTax: money(Math.round((totalOf(basket) * 15) / 115)),
    discountsAmount: money(0),
    shippingLine: { price: money(SHIPPING_MINOR) },
    lineItems: basket.map(({ product, quantity }) => ({
      quantity,
      variant: variantOf(diary, product),
      finalLinePrice: money(product.variants[0].priceMinor * quantity),
    })),
    localization: {
      country: { isoCode: shop.countryCode },
      language: { isoCode: shop.locale },
    },
  };
}
