/** The title of a variant that is the only one. dev:api/admin-graphql/latest/objects/ProductVariant */
export const ONLY = "Default Title";

/** What a merchant typed in. `variants` says what each of them costs, in minor units. */
export type Listing = {
  title: string;
  type: string;
  shape: string;
  colors: [background: string, main: string, detail: string];
  description: string;
  collections: string[];
  variants: [title: string, priceMinor: number][];
};
export type Assortment = { vendor: string; collections: string[]; listings: Listing[] };

export type Variant = { id: number; title: string; sku: string; priceMinor: number };
export type Product = Omit<Listing, "variants" | "collections"> & {
  id: number;
  handle: string;
  vendor: string;
  variants: [Variant, ...Variant[]];
};
export type Collection = { id: number; handle: string; title: string; products: Product[] };
export type Catalog = { products: Product[]; collections: Collection[] };

/** Gives an assortment its ids, handles and SKUs: the same ones on every start. */
export function stock(firstId: number, assortment: Assortment): Catalog {
  const products = assortment.listings.map((listing, i) =>
    toProduct(firstId + i * 100, assortment.vendor, listing),
  );
  const collections = assortment.collections.map((title, i) => ({
    id: firstId + 50_000 + i,
    handle: toHandle(title),
    title,
    products: products.filter((_, at) => assortment.listings[at]?.collections.includes(title)),
  }));
  return { products, collections };
}

function toProduct(id: number, vendor: string, listing: Listing): Product {
  const { title, type, shape, colors, description } = listing;
  const handle = toHandle(title);
  const [first, ...others] = listing.variants.map(([title, priceMinor], i) => ({
    id: id + 1 + i,
    title,
    sku: [...handle.split("-").map((word) => word.slice(0, 3)), i + 1].join("-").toUpperCase(),
    priceMinor,
  }));
  if (!first) throw new Error(`${title} has no variant`);
  const variants: Product["variants"] = [first, ...others];
  return { id, handle, title, type, shape, colors, description, vendor, variants };
}

const toHandle = (title: string) =>
  title
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-|-$/g, "");
