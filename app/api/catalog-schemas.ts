import { z } from "zod";

/* What the catalogue's answers look like; docs/api.md says what it means. */

const moment = z.iso.datetime();
const id = z.string().regex(/^\d{1,18}$/);
const minor = z.int().describe("In minor units of the currency.");
const currency = z.string().nullable().describe("ISO 4217; null while the shop's is not known.");
const next = z.string().nullable().describe("The cursor of the next page; null on the last one.");

const Reduction = z.strictObject({
  by: z.enum(["compareAt", "history"]),
  since: moment,
  priorPriceMinor: minor.nullable(),
  priorPriceKnownDays: z.number(),
});
const Drop = z.strictObject({
  ...{ at: moment, fromMinor: minor, toMinor: minor },
  share: z.number().describe("From 0 to 1."),
});
const Prices = z.strictObject({
  onSale: z.boolean(),
  reduction: Reduction.nullable(),
  drop: Drop.nullable(),
  outOfStock: z.strictObject({ days: z.number(), knownDays: z.number() }),
});
const LISTED = {
  ...{ id, handle: z.string(), title: z.string(), vendor: z.string(), productType: z.string() },
  ...{ tags: z.array(z.string()), status: z.string() },
  ...{ url: z.string().nullable(), imageUrl: z.string().nullable(), currency },
  ...{ minPriceMinor: minor, maxPriceMinor: minor, isAvailable: z.boolean() },
  ...{ isReduced: z.boolean(), variantCount: z.int(), updatedAt: moment, asOf: moment },
  totalInventory: z.int().nullable().optional(),
};
const Variant = z.strictObject({
  ...{ id, title: z.string(), sku: z.string().nullable(), barcode: z.string().nullable() },
  options: z.unknown(),
  ...{ priceMinor: minor, compareAtMinor: minor.nullable(), isAvailable: z.boolean() },
  inventoryQuantity: z.int().nullable().optional(),
  prices: Prices,
});
const Offer = z.looseObject({
  ...{ store: z.string(), productId: id, title: z.string(), url: z.string().nullable() },
  ...{ vendor: z.string(), minPriceMinor: minor, isAvailable: z.boolean() },
});
const Offers = z.looseObject({
  ...{ currency, minPriceMinor: minor.nullable(), maxPriceMinor: minor.nullable() },
  ...{ isAvailable: z.boolean(), cheapest: Offer.nullable(), offers: z.array(Offer) },
});

export const ProductsAnswer = z.strictObject({ products: z.array(z.strictObject(LISTED)), next });
export const ProductAnswer = z.strictObject({
  product: z.strictObject({
    ...LISTED,
    description: z.string(),
    prices: Prices,
    variants: z.array(Variant),
  }),
  offers: z.array(Offers),
});

const Change = z.strictObject({
  ...{ variantId: id, changedAt: moment, priceMinor: minor, compareAtMinor: minor.nullable() },
  ...{ isAvailable: z.boolean(), stock: z.enum(["in", "low", "out"]), source: z.string() },
});
export const PriceHistoryAnswer = z.strictObject({ currency, changes: z.array(Change), next });

const count = z.int();
const Sync = z.strictObject({
  ...{ syncId: z.uuid(), reason: z.string(), status: z.string(), productsRead: count },
  ...{ productsFound: count.nullable(), productsChanged: count.nullable() },
  ...{ productsDeleted: count.nullable(), variantsChanged: count.nullable() },
  ...{ startedAt: moment, finishedAt: moment.nullable(), error: z.string().nullable() },
});
const Failing = z.strictObject({
  ...{ productId: id, reason: z.string(), attempts: count },
  ...{ waitUntil: moment.nullable(), error: z.string().nullable() },
});
export const SyncStatusAnswer = z.strictObject({
  ...{ products: count, variants: count, staleProducts: count, staleHours: z.number() },
  ...{ confirmedAt: moment.nullable(), sweptAt: moment.nullable(), hintsWaiting: count },
  ...{ failing: z.array(Failing), syncs: z.array(Sync) },
});

const Alert = z.strictObject({
  ...{ alertId: id, kind: z.string(), happenedAt: moment, productId: id },
  ...{ productTitle: z.string(), handle: z.string() },
  ...{ variantId: id.nullable(), variantTitle: z.string().nullable(), priceMinor: minor },
  ...{ previousPriceMinor: minor.nullable(), inventoryQuantity: z.number().nullable() },
});
export const AlertsAnswer = z.strictObject({ currency, alerts: z.array(Alert), next });
