import { createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { parseArgs } from "node:util";
import { generateProducts, NORTHWIND } from "../../store/catalog/assortment";
import { isAvailable, type Product, type Variant } from "../../store/catalog/model";

/** Writes what bulk operations find in a shop with so many variants, a file for products and one for
 * collections, and tells how many objects each has. In a process of its own, which may use memory.
 * tsx dev/bench/catalog/lines.ts --variants N --changed SHARE --folder FOLDER */
const { values } = parseArgs({
  options: {
    variants: { type: "string", default: "1000" },
    changed: { type: "string", default: "0" },
    folder: { type: "string", default: "." },
  },
});
const [wanted, changed] = [Number(values.variants), Number(values.changed)];

/** Fewer than this have as many variants as are wanted. */
const VARIANTS_OF_A_PRODUCT = 3;
const PER_COLLECTION = 500;

const decimal = (minor: number) => (minor / 100).toFixed(2);
const gid = (type: string, id: number) => `gid://shopify/${type}/${id}`;

function* productLines(products: readonly Product[]) {
  for (const [i, product] of products.entries()) {
    const isChanged = (i * 7919) % 10_000 < changed * 10_000;
    yield productLine(product, isChanged);
    for (const variant of product.variants) yield variantLine(product, variant, isChanged);
  }
}

const productLine = (product: Product, isChanged: boolean) => ({
  ...{ id: gid("Product", product.id), handle: product.handle, title: product.title },
  ...{ vendor: product.vendor, productType: product.type, status: product.status },
  ...{ tags: product.tags, description: product.description, isGiftCard: false },
  createdAt: product.createdAt,
  updatedAt: isChanged ? new Date(Date.parse(product.updatedAt) + 60_000) : product.updatedAt,
  ...{ publishedAt: product.publishedAt, onlineStoreUrl: `https://a.example/${product.handle}` },
  featuredMedia: {
    ...{ alt: product.title, preview: { image: { url: `https://a.example/${product.id}.svg` } } },
  },
});

const variantLine = (product: Product, variant: Variant, isChanged: boolean) => ({
  ...{ id: gid("ProductVariant", variant.id), title: variant.title, sku: variant.sku },
  ...{ barcode: variant.barcode, position: variant.position },
  price: decimal(variant.priceMinor + (isChanged ? 100 : 0)),
  compareAtPrice: variant.compareAtMinor === null ? null : decimal(variant.compareAtMinor),
  ...{ availableForSale: isAvailable(variant), inventoryQuantity: variant.inventoryQuantity },
  ...{ inventoryPolicy: variant.inventoryPolicy, selectedOptions: variant.options },
  inventoryItem: {
    ...{ id: gid("InventoryItem", variant.inventoryItemId), tracked: variant.tracked },
  },
  __parentId: gid("Product", product.id),
});

function* collectionLines(products: readonly Product[]) {
  for (let first = 0; first < products.length; first += PER_COLLECTION) {
    const id = gid("Collection", first + 1);
    const [handle, title] = [`collection-${first}`, `Collection ${first}`];
    yield { id, handle, title, updatedAt: products[0]?.updatedAt };
    for (const product of products.slice(first, first + PER_COLLECTION))
      yield { id: gid("Product", product.id), __parentId: id };
  }
}

async function write(name: string, lines: Iterable<object>) {
  const count = { objectCount: 0, rootObjectCount: 0 };
  const text = function* () {
    for (const line of lines) {
      count.objectCount++;
      if (!("__parentId" in line)) count.rootObjectCount++;
      yield `${JSON.stringify(line)}\n`;
    }
  };
  await pipeline(Readable.from(text()), createWriteStream(`${values.folder}/${name}.jsonl`));
  return count;
}

const products: Product[] = [];
let variants = 0;
for (const product of generateProducts(NORTHWIND, Math.ceil(wanted / VARIANTS_OF_A_PRODUCT))) {
  if (variants >= wanted) break;
  products.push(product);
  variants += product.variants.length;
}
const found = {
  products: await write("products", productLines(products)),
  collections: await write("collections", collectionLines(products)),
};
console.log(JSON.stringify({ ...found, variants }));
