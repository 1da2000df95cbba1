import { z } from "zod";
import { ALERT_KINDS } from "~/catalog/alerts/rules";
import { AVAILABILITIES, SORTS } from "~/catalog/listing";
import { PRODUCT_STATUSES } from "~/catalog/statuses";
import {
  AlertsAnswer,
  PriceHistoryAnswer,
  ProductAnswer,
  ProductsAnswer,
  SyncStatusAnswer,
} from "./catalog-schemas";
import type { Described } from "./described";

const limit = z.int().min(1).max(250).default(50).describe("Rows of one answer.");
const cursor = z.string().optional().describe("`next` of the answer before.");
const set = z.enum(["1", "true"]).optional();
const text = z.string().optional();
const productId = z.string().describe("Shopify's id of the product, in digits.");

/** The catalogue's endpoints. */
export const CATALOG_ENDPOINTS: readonly Described[] = [
  {
    path: "/products",
    title: "Products",
    meaning: "What shoppers can see, or what has a status that the token may see.",
    scope: "read_products",
    parameters: z.object({
      q: text.describe("Beginnings of words of title, vendor and handle, or of a SKU or barcode."),
      status: z.enum(PRODUCT_STATUSES.map((status) => status.toLowerCase())).optional(),
      ...{ vendor: text, type: text, collection: text.describe("A collection's id.") },
      availability: z.enum(AVAILABILITIES).optional(),
      ...{ reduced: set, stale: set, sort: z.enum(SORTS).default("updated") },
      ...{ limit, cursor },
    }),
    answer: ProductsAnswer,
  },
  {
    path: "/products/{productId}",
    title: "One product",
    meaning: "A product with its variants, what their prices' history says, and its offers.",
    scope: "read_products",
    parameters: z.object({}),
    inPath: z.object({ productId }),
    answer: ProductAnswer,
  },
  {
    path: "/products/{productId}/price-history",
    title: "Price history",
    meaning: "What changed of a product's prices and stock, the oldest first.",
    scope: "read_products",
    parameters: z.object({
      variant: text.describe("A variant's id."),
      from: z.iso.datetime({ offset: true }).optional().describe("Inclusive."),
      to: z.iso.datetime({ offset: true }).optional().describe("Exclusive."),
      ...{ limit, cursor },
    }),
    inPath: z.object({ productId }),
    answer: PriceHistoryAnswer,
  },
  {
    path: "/catalog/sync-status",
    title: "How current the catalogue is",
    meaning: "How many products there are, how many are stale, and the last syncs.",
    scope: "read_sync_status",
    parameters: z.object({}),
    answer: SyncStatusAnswer,
  },
  {
    path: "/alerts",
    title: "Alerts",
    meaning: "Fallen prices, what is back, new or low in stock, the newest first.",
    scope: "read_alerts",
    parameters: z.object({
      kind: z.enum(ALERT_KINDS).optional(),
      after: z.string().optional().describe("`next` of the answer before."),
      limit,
    }),
    answer: AlertsAnswer,
  },
];
