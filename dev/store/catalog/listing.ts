import { chance, type Chance } from "../../chance";
import { gtin13 } from "./gtin";
import { ONLY, type Product, type Variant } from "./model";

/** What a merchant typed in; `prices` says what each variant costs, in minor units. */
export type Listing = {
  title: string;
  type: string;
  vendor: string;
  shape: string;
  colors: Product["colors"];
  description: string;
  tags: string[];
  /** Titles of collections. */
  collections: string[];
  options: Product["options"];
  /** The values of the options, in their order, and the price. */
  variants: { values: string[]; priceMinor: number }[];
  /** Ten digits after GS1's prefix make the barcodes; null where the maker has none. */
  barcode: ((position: number) => string) | null;
};

const OPENED = "2025-01-06T08:00:00.000Z";

/** Gives a listing its ids, handle and SKUs: the same ones on every start.
 * @param id has room for a hundred variants after it */
export function toProduct(id: number, listing: Listing): Product {
  const handle = toHandle(listing.title);
  const luck = chance(`listing ${id}`);
  const [first, ...others] = listing.variants.map((variant, i) =>
    toVariant({ id, handle, listing, luck, position: i + 1 }, variant),
  );
  if (!first) throw new Error(`${listing.title} has no variant`);
  const { title, type, vendor, shape, colors, description, tags, options } = listing;
  return {
    ...{ id, handle, title, type, vendor, shape, colors, description, tags, options },
    ...{ status: "ACTIVE", createdAt: OPENED, updatedAt: OPENED, publishedAt: OPENED },
    variants: [first, ...others],
  };
}

type Place = { id: number; handle: string; listing: Listing; luck: Chance; position: number };

function toVariant(
  { id, handle, listing, luck, position }: Place,
  { values, priceMinor }: Listing["variants"][number],
): Variant {
  const initials = handle.split("-").map((word) => word.slice(0, 3));
  const barcode = listing.barcode?.(position);
  return {
    id: id + position,
    inventoryItemId: id + 50 + position,
    title: values.join(" / ") || ONLY,
    sku: [...initials, (id / 100) % 10_000, position].join("-").toUpperCase(),
    barcode: barcode === undefined ? null : gtin13(barcode),
    position,
    options: listing.options.map(({ name }, i) => ({ name, value: values[i] ?? "" })),
    ...{ priceMinor, compareAtMinor: null },
    inventoryQuantity: luck.between(12, 60),
    inventoryPolicy: luck.happens(0.06) ? "CONTINUE" : "DENY",
    tracked: listing.type !== "Gift cards",
  };
}

export const toHandle = (title: string): string =>
  title
    .normalize("NFKD")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-|-$/g, "");
