import type { ListedProduct } from "~/catalog/listing.server";
import type { PriceFacts } from "~/catalog/prices-of-product";
import { fromPrice, priceRange, type Offer, type Offers } from "~/catalog/offers";
import { shareOf } from "~/catalog/prices";
import type { CatalogProduct, ProductVariant } from "~/catalog/product-page.server";

/** What an answer depends on besides its product. */
export type Telling = { currency: string | null; withStock: boolean };

/** A product as the API lists it. Money is in minor units of `currency`. */
export const toListedAnswer = (product: ListedProduct, { currency, withStock }: Telling) => ({
  ...{ id: product.productId, handle: product.handle, title: product.title },
  ...{ vendor: product.vendor, productType: product.productType, tags: product.tags },
  ...{ status: product.status, url: product.onlineStoreUrl, imageUrl: product.imageUrl },
  ...{ currency, minPriceMinor: product.minPriceMinor, maxPriceMinor: product.maxPriceMinor },
  ...{ isAvailable: product.isAvailable, isReduced: product.isReduced },
  ...{ variantCount: product.variantCount, updatedAt: product.updatedAt, asOf: product.asOf },
  ...(withStock ? { totalInventory: product.totalInventory } : {}),
});

/** A product with its variants and what their prices' history says. */
export const toProductAnswer = (product: CatalogProduct, telling: Telling) => ({
  ...toListedAnswer(product, telling),
  description: product.description,
  prices: toPricesAnswer(product.prices),
  variants: product.variants.map((variant) => toVariantAnswer(variant, telling)),
});

const toVariantAnswer = (variant: ProductVariant, { withStock }: Telling) => ({
  ...{ id: variant.variantId, title: variant.title, sku: variant.sku, barcode: variant.barcode },
  ...{ options: variant.options, priceMinor: variant.priceMinor },
  ...{ compareAtMinor: variant.compareAtMinor, isAvailable: variant.isAvailable },
  ...(withStock ? { inventoryQuantity: variant.inventoryQuantity } : {}),
  prices: toPricesAnswer(variant.prices),
});

/** What a product is offered for in one currency, in this store and in the merchant's linked ones. */
export const toOffersAnswer = ({ offers, cheapest, moneyFormat, ...prices }: Offers) => ({
  ...prices,
  fromPrice: fromPrice({ ...prices, moneyFormat }),
  priceRange: priceRange({ ...prices, moneyFormat }),
  isAvailable: cheapest !== null,
  cheapest: cheapest && toOfferAnswer(cheapest, moneyFormat),
  offers: offers.map((offer) => toOfferAnswer(offer, moneyFormat)),
});

const toOfferAnswer = (offer: Offer, moneyFormat: string | null) => ({
  priceRange: priceRange({ ...offer, moneyFormat }),
  ...{ store: offer.domain, productId: offer.productId, title: offer.title, url: offer.url },
  ...{ vendor: offer.vendor, minPriceMinor: offer.minPriceMinor, isAvailable: offer.isAvailable },
});

/** Days are told to a tenth, so that an answer stays the same for a while. */
const tenths = (days: number): number => Math.round(days * 10) / 10;

const toPricesAnswer = ({ reduction, drop, outOfStock }: PriceFacts) => ({
  onSale: reduction !== null,
  reduction: reduction && {
    ...{ by: reduction.by, since: reduction.since },
    priorPriceMinor: reduction.prior?.priceMinor ?? null,
    priorPriceKnownDays: reduction.prior ? tenths(reduction.prior.knownDays) : 0,
  },
  drop: drop && {
    ...{ at: drop.at, fromMinor: drop.fromMinor, toMinor: drop.toMinor, share: shareOf(drop) },
  },
  outOfStock: { days: tenths(outOfStock.days), knownDays: tenths(outOfStock.knownDays) },
});
