import { describe, expect } from "vitest";
import { claimSync } from "~/catalog/sync-state.server";
import type { AppContext } from "~/context";
import { MINUTE } from "~/platform/time";
import { receiveWebhook } from "~/webhooks.server";
import { isAvailable, type Product } from "../../dev/store/catalog/model";
import { NORTHWIND, test, webhook } from "../shopify/stand-in";
import { collection, products, staged, storeWith } from "./store";

const NOTHING_CHANGED = { productsChanged: 0, productsDeleted: 0, variantsChanged: 0 };

/** The mirror of a shop, in the stand-in's words. */
async function mirrored({ db }: AppContext, shopId: number) {
  const found = await db.product.findMany({
    where: { shopId, deletedAt: null },
    include: { variants: { where: { deletedAt: null }, orderBy: { position: "asc" } } },
    orderBy: { productId: "asc" },
  });
  return found.map((product) => ({
    ...{ id: Number(product.productId), handle: product.handle, title: product.title },
    ...{ vendor: product.vendor, type: product.productType, status: product.status },
    ...{ tags: product.tags, updatedAt: product.updatedAt, publishedAt: product.publishedAt },
    variants: product.variants.map((variant) => ({
      ...{ id: Number(variant.variantId), title: variant.title, sku: variant.sku },
      ...{ barcode: variant.barcode, position: variant.position, options: variant.options },
      priceMinor: Number(variant.priceMinor),
      compareAtMinor: variant.compareAtMinor === null ? null : Number(variant.compareAtMinor),
      quantity: variant.inventoryQuantity === null ? null : Number(variant.inventoryQuantity),
      isAvailable: variant.isAvailable,
    })),
  }));
}

const toSecond = (time: string) => new Date(Math.floor(Date.parse(time) / 1_000) * 1_000);

const soldOf = ({ id, handle, title, vendor, type, status, tags, ...product }: Product) => ({
  ...{ id, handle, title, vendor, type, status, tags },
  updatedAt: toSecond(product.updatedAt),
  publishedAt: product.publishedAt === null ? null : toSecond(product.publishedAt),
  variants: product.variants.map((variant) => ({
    ...{ id: variant.id, title: variant.title, sku: variant.sku, barcode: variant.barcode },
    ...{ position: variant.position, options: variant.options, priceMinor: variant.priceMinor },
    compareAtMinor: variant.compareAtMinor,
    quantity: variant.tracked ? variant.inventoryQuantity : null,
    isAvailable: isAvailable(variant),
  })),
});

const changed = (product: Product, priceMinor: number): Product => {
  const [first, ...others] = product.variants;
  const updatedAt = new Date(Date.parse(product.updatedAt) + MINUTE).toISOString();
  return { ...product, updatedAt, variants: [{ ...first, priceMinor }, ...others] };
};

describe("a sync", () => {
  test("makes the mirror what the shop sells, with its collections and first prices", async ({
    context,
    platform,
  }) => {
    const sold = products(300);
    const ids = sold.map(({ id }) => id);
    const collections = [collection(1, ids.slice(0, 50).toReversed()), collection(2, [])];
    const store = await storeWith({ context, platform }, { products: sold, collections });

    const sync = await store.whole();

    const variants = sold.flatMap((product) => product.variants).length;
    expect(sync).toMatchObject({
      ...{ status: "done", error: null, productsRead: 300, productsFound: 300 },
      ...{ collectionsRead: 2, collectionsFound: 2 },
      ...{ productsChanged: 300, productsDeleted: 0, variantsChanged: variants },
    });
    expect(await mirrored(context, store.shopId)).toEqual(sold.map(soldOf));
    const places = await context.db.collectionProduct.findMany({ orderBy: { position: "asc" } });
    expect(places.map(({ productId }) => Number(productId))).toEqual(collections[0]?.productIds);
    expect(await context.db.variantChange.count({ where: { source: "sync" } })).toBe(variants);
    expect(await staged(context)).toBe(0);
  });

  test("that finds nothing new writes nothing", async ({ context, platform }) => {
    const sold = products(20);
    const store = await storeWith(
      { context, platform },
      { products: sold, collections: [collection(1, [sold[0]?.id ?? 0])] },
    );
    await store.whole();
    const versions = () => context.db.$queryRaw`
      select xmin::text, product_id::text as id from products
      union all select xmin::text, variant_id::text from variants
      union all select xmin::text, collection_id::text from collections
      union all select xmin::text, product_id::text from collection_products order by id`;
    const before = await versions();

    expect(await store.whole()).toMatchObject(NOTHING_CHANGED);

    expect(await versions()).toEqual(before);
  });

  test("finds new prices, what is new and what is gone", async ({ context, platform }) => {
    const [one, two, three] = products(3);
    if (!one || !two || !three) throw new Error("three were made");
    const store = await storeWith({ context, platform }, { products: [one, two] });
    await store.whole();

    store.catalog.products = [changed(one, 100), three];
    const sync = await store.whole();

    expect(sync).toMatchObject({ productsChanged: 2, productsDeleted: 1 });
    expect(await mirrored(context, store.shopId)).toEqual([changed(one, 100), three].map(soldOf));
    const history = await context.db.variantChange.findMany({
      where: { variantId: one.variants[0].id },
      orderBy: { changedAt: "asc" },
    });
    expect(history.map(({ priceMinor }) => Number(priceMinor))).toEqual([
      one.variants[0].priceMinor,
      100,
    ]);
  });

  test("of a shop that sells nothing is done", async ({ context, platform }) => {
    const store = await storeWith({ context, platform }, { products: [] });

    expect(await store.whole()).toMatchObject({ status: "done", productsFound: 0 });
  });

  test("is woken when Shopify says that an operation is over", async ({ context, platform }) => {
    const store = await storeWith({ context, platform }, { products: products(1) });
    await store.request();
    await store.until("running");
    const { collectionsOperationId } = await store.sync();
    const now = new Date(store.world.now().getTime() - MINUTE);
    expect(await claimSync(context.db, now)).toBeNull();

    const payload = { admin_graphql_api_id: collectionsOperationId, status: "completed" };
    await receiveWebhook(
      context,
      webhook({ topic: "bulk_operations/finish", domain: NORTHWIND, payload }),
    );

    expect(await claimSync(context.db, now)).toMatchObject({ collectionsOperationId });
  });

  test("is one at a time of each shop", async ({ context, platform }) => {
    const store = await storeWith({ context, platform }, { products: [] });

    expect([await store.request(), await store.request()]).toEqual([true, false]);
  });
});
