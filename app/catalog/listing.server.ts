import { Prisma } from "@prisma/client";
import { z } from "zod";
import { readCursor, writeCursor } from "~/platform/cursor.server";
import type { Db } from "~/platform/db.server";
import { freshnessOf, isStale } from "./freshness.server";
import { wordsOf, type Sort, type Wish } from "./listing";
import { VISIBLE } from "./visible";
import type { ProductStatus } from "./statuses";

/** A product in the list; money in minor units of the shop's currency. */
export type ListedProduct = {
  productId: string;
  handle: string;
  title: string;
  vendor: string;
  productType: string;
  status: ProductStatus;
  tags: string[];
  imageUrl: string | null;
  imageAlt: string | null;
  onlineStoreUrl: string | null;
  minPriceMinor: number;
  maxPriceMinor: number;
  isAvailable: boolean;
  isReduced: boolean;
  /** Null where nothing is counted. */
  totalInventory: number | null;
  variantCount: number;
  updatedAt: Date;
  /** All of this was so at that moment. */
  asOf: Date;
  isStale: boolean;
};

/** Whom a product may be shown to: shoppers see what is active and on the online store. */
export type Visibility = "shoppers" | "merchants";
export type Asked = Wish & { visibility: Visibility; limit: number; now: Date };
export type Listing = {
  products: ListedProduct[];
  /** For the next page's `cursor`; null on the last one. */
  next: string | null;
};

type Order = { by: Prisma.Sql; type: Prisma.Sql; isDown: boolean; place: z.ZodType<string> };
const whole = z.string().regex(/^\d{1,18}$/);
const price = { by: Prisma.sql`p.min_price_minor`, type: Prisma.sql`bigint`, place: whole };
/** What is not counted comes last. */
const STOCK = Prisma.sql`coalesce(p.total_inventory, 9007199254740991)`;
const ORDERS: Record<Sort, Order> = {
  updated: {
    ...{ by: Prisma.sql`p.updated_at`, type: Prisma.sql`timestamptz`, isDown: true },
    place: z.string().refine((text) => !Number.isNaN(Date.parse(text))),
  },
  title: {
    ...{ by: Prisma.sql`lower(p.title)`, type: Prisma.sql`text`, isDown: false },
    place: z.string().refine((text) => !text.includes("\0")),
  },
  price: { ...price, isDown: false },
  "-price": { ...price, isDown: true },
  stock: {
    ...{ by: STOCK, type: Prisma.sql`bigint`, isDown: false },
    place: z.string().regex(/^-?\d{1,18}$/),
  },
};

/** A page of a shop's products.
 * @throws {InvalidInput} the cursor is not of this order's list */
export async function listProducts(db: Db, shopId: number, asked: Asked): Promise<Listing> {
  const { by, isDown } = ORDERS[asked.sort];
  const direction = isDown ? Prisma.sql`desc` : Prisma.sql`asc`;
  const rows = await db.$queryRaw<(ListedProduct & { place: string })[]>`
    select ${productFields(shopId, asked.now)},
           (${by})::text as place
    from products p
    where ${matching(shopId, asked)} and ${afterPlace(asked)}
    order by ${by} ${direction}, p.product_id ${direction}
    limit ${asked.limit + 1}::int`;
  const products = rows.slice(0, asked.limit);
  const last = products.at(-1);
  const isMore = rows.length > asked.limit && last !== undefined;
  return {
    products: products.map(({ place: _, ...product }) => product),
    next: isMore ? writeCursor([asked.sort, last.place, last.productId]) : null,
  };
}

/** A `ListedProduct` out of `products p`. */
export const productFields = (shopId: number, now: Date): Prisma.Sql => Prisma.sql`
    p.product_id::text as "productId", p.handle, p.title, p.vendor,
    p.product_type as "productType", p.status, p.tags, p.image_url as "imageUrl",
    p.image_alt as "imageAlt", p.online_store_url as "onlineStoreUrl",
    p.min_price_minor::float8 as "minPriceMinor",
    p.max_price_minor::float8 as "maxPriceMinor", p.is_available as "isAvailable",
    ${IS_REDUCED} as "isReduced", p.total_inventory::float8 as "totalInventory",
    p.variant_count as "variantCount", p.updated_at as "updatedAt",
    ${freshnessOf(shopId)} as "asOf", ${isStale(shopId, now)} as "isStale"`;

const MOST_COUNTED = 1_000;

/** How many products there are of a wish, counted up to 1,000.
 * @returns 1,001 for more */
export async function countProducts(db: Db, shopId: number, asked: Asked): Promise<number> {
  const [row] = await db.$queryRaw<{ count: number }[]>`
    select count(*)::int as count
    from (select from products p where ${matching(shopId, asked)}
          limit ${MOST_COUNTED + 1}::int) as counted`;
  return row?.count ?? 0;
}

const IS_REDUCED = Prisma.sql`
  exists (select from variants v where v.shop_id = p.shop_id and v.product_id = p.product_id
            and v.deleted_at is null and v.compare_at_minor > v.price_minor)`;

const YES = Prisma.sql`true`;

/** Of `products p`, what somebody may see. */
export const visibleTo = (visibility: Visibility): Prisma.Sql =>
  visibility === "shoppers" ? Prisma.raw(VISIBLE) : YES;

function matching(shopId: number, asked: Asked): Prisma.Sql {
  const { search, status, vendor, productType, collection, availability } = asked;
  const wishes = [
    Prisma.sql`p.shop_id = ${shopId}::int and p.deleted_at is null`,
    visibleTo(asked.visibility),
    status ? Prisma.sql`p.status = ${status}` : YES,
    vendor ? Prisma.sql`p.vendor = ${vendor}` : YES,
    productType ? Prisma.sql`p.product_type = ${productType}` : YES,
    collection ? inCollection(shopId, collection) : YES,
    availability ? Prisma.sql`p.is_available = ${availability === "available"}` : YES,
    asked.isReduced ? IS_REDUCED : YES,
    asked.isStale ? isStale(shopId, asked.now) : YES,
    search ? found(shopId, search) : YES,
  ];
  return Prisma.join(wishes, " and ");
}

const inCollection = (shopId: number, collection: string): Prisma.Sql => Prisma.sql`
  p.product_id in (select product_id from collection_products
                   where shop_id = ${shopId}::int and collection_id = ${collection}::text::bigint)`;

/** Two searches, each by an index of its own; one with `or` would read every product. */
function found(shopId: number, search: string): Prisma.Sql {
  const code = `${search.toLowerCase().replace(/[\\%_]/g, "\\$&")}%`;
  const words = wordsOf(search).map(inEachCase);
  const byWords = Prisma.sql`
    select product_id from products
    where shop_id = ${shopId}::int and deleted_at is null
      and product_words(shop_id, title, vendor, handle)
          @@ (${`'#${shopId}'`}::tsquery && to_tsquery('simple', ${words.join(" & ")}))
    union`;
  return Prisma.sql`p.product_id in (
    ${words.length > 0 ? byWords : Prisma.empty}
    select product_id from variants
    where shop_id = ${shopId}::int and deleted_at is null
      and (lower(sku) like ${code} or lower(barcode) like ${code}))`;
}

/** A word's beginning. A database whose locale is C knows the case of ASCII letters alone. */
const inEachCase = (word: string): string => {
  const capitalised = word.charAt(0).toUpperCase() + word.slice(1);
  return `(${[...new Set([word, capitalised, word.toUpperCase()])].map((each) => `${each}:*`).join(" | ")})`;
};

function afterPlace({ cursor, sort }: Asked): Prisma.Sql {
  if (cursor === null) return YES;
  const { by, type, isDown, place } = ORDERS[sort];
  const [, value, productId] = readCursor(cursor, z.tuple([z.literal(sort), place, whole]));
  const after = isDown ? Prisma.sql`<` : Prisma.sql`>`;
  return Prisma.sql`
    (${by}, p.product_id) ${after} (${value}::text::${type}, ${productId}::text::bigint)`;
}
