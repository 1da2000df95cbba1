import { randomUUID } from "node:crypto";
import { listingChoices } from "~/catalog/choices.server";
import { parseWish, type Wish } from "~/catalog/listing";
import { countProducts, listProducts } from "~/catalog/listing.server";
import { mergeProducts } from "~/catalog/merge.server";
import { stageProducts } from "~/catalog/stage.server";
import { productOf } from "~/catalog/product-page.server";
import { catalogStatus } from "~/catalog/sync-status.server";
import type { Database } from "~/platform/db.server";
import { inTransaction } from "~/platform/sql.server";
import { generateProducts, NORTHWIND } from "../../store/catalog/assortment";
import type { Product, Variant } from "../../store/catalog/model";
import { ratio, whole, type Line } from "../ingest/table";
import { mirrored } from "./mirrored";

const ROUNDS = 7;

/** As many products are generated; more are copies of them. Three variants each, about. */
const ORIGINALS = generateProducts(NORTHWIND, 3_334);
const PER_ORIGINAL = 3;
const APART = 10 ** 13;

/** The same product under other ids, handle and SKUs. */
const copied = (product: Product, copy: number): Product => {
  const [first, ...rest] = product.variants;
  const own = (variant: Variant): Variant => ({
    ...{ ...variant, id: variant.id + copy * APART, sku: `${variant.sku}-${copy}` },
  });
  return {
    ...{ ...product, id: product.id + copy * APART, handle: `${product.handle}-${copy}` },
    variants: [own(first), ...rest.map(own)],
  };
};

/** What a page asks, by what a person would call it. */
const QUESTIONS: Record<string, string> = {
  "first page": "",
  "by title": "sort=title",
  "by price": "sort=price",
  "by stock": "sort=stock",
  "search a word": "q=tent",
  "search two words": "q=wind+jack",
  "search a SKU": "q=TEN",
  "search what is not there": "q=zzzz",
  "one vendor": "vendor=Sorvik",
  "sold out, by price": "availability=unavailable&sort=price",
  "below its compare-at price": "reduced=1&sort=title",
  "drafts (none)": "status=draft",
};

/** The middle of some rounds, in milliseconds. */
async function middle(work: () => Promise<unknown>): Promise<number> {
  const taken: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const started = performance.now();
    await work();
    taken.push(performance.now() - started);
  }
  return taken.toSorted((one, other) => one - other)[Math.floor(ROUNDS / 2)] ?? NaN;
}

/** Makes a shop with at least so many variants.
 * @returns its id, and how long the merge took in seconds */
async function fill(db: Database, variants: number): Promise<{ shopId: number; seconds: number }> {
  const name = `pages-${variants}`;
  const { id: shopId } = await db.shop.create({
    data: { domain: `${name}.myshopify.com`, pixelKey: name, currency: "EUR" },
  });
  const copies = Math.ceil(variants / (ORIGINALS.length * PER_ORIGINAL));
  const products = Array.from({ length: copies }, (_, copy) =>
    ORIGINALS.map((product) =>
      mirrored(copied(product, copy), { currency: "EUR", imageUrl: null }),
    ),
  ).flat();
  const started = performance.now();
  await inTransaction(db.pool, async (sql) => {
    const key = { shopId, batch: randomUUID() };
    for (let at = 0; at < products.length; at += 1_000)
      await stageProducts(sql, key, products.slice(at, at + 1_000));
    await mergeProducts(sql, key, { asOf: new Date(), source: "sync", asked: "all" });
  });
  const seconds = (performance.now() - started) / 1_000;
  await db.$executeRaw`analyze`;
  return { shopId, seconds };
}

async function measure(db: Database, shopId: number): Promise<Map<string, number>> {
  const now = new Date();
  const asked = (wish: Wish) => ({ ...wish, visibility: "merchants", limit: 50, now }) as const;
  const taken = new Map<string, number>();
  for (const [name, address] of Object.entries(QUESTIONS)) {
    const wish = asked(parseWish(new URLSearchParams(address)));
    taken.set(name, await middle(() => listProducts(db, shopId, wish)));
    taken.set(`${name}: counted`, await middle(() => countProducts(db, shopId, wish)));
  }
  const deep = asked(parseWish(new URLSearchParams("sort=title")));
  const { next } = await listProducts(db, shopId, { ...deep, limit: 3_000 });
  taken.set(
    "the page after 3,000 products",
    await middle(() => listProducts(db, shopId, { ...deep, cursor: next })),
  );
  taken.set("choices of the filters", await middle(() => listingChoices(db, shopId)));
  taken.set("sync status", await middle(() => catalogStatus(db, shopId, now)));
  const product = await db.product.findFirstOrThrow({ where: { shopId } });
  const key = { shopId, productId: String(product.productId) };
  const looking = { visibility: "merchants", now } as const;
  taken.set("a product", await middle(() => productOf(db, key, looking)));
  return taken;
}

/** How long the catalogue's pages wait for the database, and what filling costs; from the second size on with
 * the ratio to the one before. */
export function pagesPart(): (db: Database, about: { variants: number }) => Promise<Line[]> {
  let before = new Map<string, number>();
  return async (db, about) => {
    const { shopId, seconds } = await fill(db, about.variants);
    const variants = await db.variant.count({ where: { shopId } });
    const measured = await measure(db, shopId);
    const lines = [...measured].map(([name, ms]): Line => {
      const smaller = before.get(name);
      const grown = smaller === undefined ? "" : `, × ${ratio(ms, smaller)}`;
      return [`pages of ${whole(variants)} variants: ${name}`, `${ms.toFixed(1)} ms${grown}`];
    });
    before = measured;
    return [[`one merge of ${whole(variants)} variants`, `${seconds.toFixed(1)} s`], ...lines];
  };
}
