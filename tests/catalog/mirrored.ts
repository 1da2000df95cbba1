import { Hono } from "hono";
import { expect } from "vitest";
import { refreshSome } from "~/catalog/refresh.server";
import type { RefreshShop } from "~/catalog/refresh-shops.server";
import { openWorld, type RefreshWorld } from "~/catalog/refresh-world.server";
import { sweepDue } from "~/catalog/refreshing.server";
import type { AppContext } from "~/context";
import { DAY, SECOND } from "~/platform/time";
import { receiveWebhook } from "~/webhooks.server";
import { isListed, isAvailable, type Product } from "../../dev/store/catalog/model";
import { advance } from "../../dev/store/control/clock";
import { listen, serverOf } from "../../dev/store/listen";
import type { Platform } from "../../dev/store/platform";
import { stopWebhooks } from "../../dev/store/webhooks/announce";
import { HARBOUR, visit } from "../shopify/stand-in";

const STOREFRONT = "https://harbour.example";

type Stage = { context: AppContext; platform: Platform; domain?: string };

/** A shop of the stand-in's, installed, and a world whose pauses pass on its clock. It is noon, UTC: at the shop's
 * midnight sales begin and end by themselves. */
export async function mirrorOf({ context, platform, domain = HARBOUR }: Stage) {
  const { db } = context;
  advance(platform, (DAY * 1.5 - (platform.now().getTime() % DAY)) % DAY);
  platform.tokenLifetime = (7 * DAY) / SECOND;
  platform.addresses.storefronts[domain] = STOREFRONT;
  const { id, currency } = (await visit(context, domain)).shop;
  const shop: RefreshShop = { id, domain, currency: currency ?? "" };
  const later = (ms: number) => advance(platform, ms);
  const world: RefreshWorld = {
    ...openWorld(context),
    now: platform.now,
    pause: (ms) => Promise.resolve(later(ms)),
  };
  const commerce = platform.commerceOf(domain);
  /** Asks until no hint is due. */
  const answerAll = async () => {
    while ((await refreshSome(world, shop)) === "answered");
  };
  /** Makes the sweep that is due, and asks for what it found. */
  const sweepAll = async () => {
    await sweepDue(world);
    await answerAll();
    await sweepDue(world);
  };
  /** Has the whole catalogue mirrored, as after a first sync. */
  const fill = async () => {
    await db.catalogState.create({ data: { shopId: id, confirmedAt: new Date(0) } });
    await sweepAll();
  };
  const hints = () =>
    db.catalogRefresh.findMany({ where: { shopId: id }, orderBy: { productId: "asc" } });
  return { db, world, shop, commerce, later, answerAll, sweepAll, fill, hints };
}

/** A shop that tells nobody of what happens in it. */
export async function quiet(context: AppContext, platform: Platform) {
  stopWebhooks(platform);
  return mirrorOf({ context, platform });
}

/** Whether a request asks for products by their ids. */
export const isQuery = (init?: RequestInit) =>
  typeof init?.body === "string" && init.body.includes("ProductsById");

/** Lets the stand-in's webhooks come in over HTTP. */
export async function deliverTo(context: AppContext, platform: Platform) {
  const sent = () => platform.calls.filter(({ kind }) => kind === "webhook").length;
  const before = sent();
  let answered = 0;
  const door = new Hono().post("/webhooks", (c) =>
    receiveWebhook(context, c.req.raw).finally(() => answered++),
  );
  const { address, close } = await listen(serverOf(door), 0);
  platform.addresses.tunnel = address;
  /** Waits until all that left has been answered. */
  const idle = () => expect.poll(() => sent() - before - answered).toBe(0);
  return { close, idle };
}

/** What the mirror should have of a product, from what the shop itself knows of it. */
export function truthOf(product: Product) {
  const { variants } = product;
  const prices = variants.map(({ priceMinor }) => BigInt(priceMinor));
  const tracked = variants.filter(({ tracked }) => tracked);
  const isShown = isListed(product) || product.status === "UNLISTED";
  return {
    ...{ productId: BigInt(product.id), handle: product.handle, title: product.title },
    ...{ vendor: product.vendor, productType: product.type, status: product.status },
    ...{ tags: product.tags, description: product.description, isGiftCard: false },
    ...{ imageUrl: `${STOREFRONT}/images/${product.handle}.svg`, imageAlt: product.title },
    onlineStoreUrl: isShown ? `${STOREFRONT}/products/${product.handle}` : null,
    publishedAt: product.publishedAt === null ? null : seconds(product.publishedAt),
    ...{ createdAt: seconds(product.createdAt), updatedAt: seconds(product.updatedAt) },
    variantCount: variants.length,
    minPriceMinor: prices.reduce((least, price) => (price < least ? price : least)),
    maxPriceMinor: prices.reduce((most, price) => (price > most ? price : most)),
    isAvailable: variants.some(isAvailable),
    totalInventory:
      tracked.length > 0
        ? BigInt(tracked.reduce((sum, { inventoryQuantity }) => sum + inventoryQuantity, 0))
        : null,
    variants: variants.map((variant) => ({
      ...{ variantId: BigInt(variant.id), title: variant.title, sku: variant.sku },
      ...{ barcode: variant.barcode, position: variant.position, options: variant.options },
      priceMinor: BigInt(variant.priceMinor),
      compareAtMinor: variant.compareAtMinor === null ? null : BigInt(variant.compareAtMinor),
      isAvailable: isAvailable(variant),
      inventoryQuantity: variant.tracked ? BigInt(variant.inventoryQuantity) : null,
      inventoryPolicy: variant.inventoryPolicy,
      inventoryItemId: BigInt(variant.inventoryItemId),
      isTracked: variant.tracked,
    })),
  };
}
const seconds = (iso: string) => new Date(Math.floor(Date.parse(iso) / SECOND) * SECOND);

/** All that the mirror has of a shop that is there, without what only we know of it. */
export async function mirrored({ db }: AppContext, shopId: number) {
  const products = await db.product.findMany({
    where: { shopId, deletedAt: null },
    orderBy: { productId: "asc" },
    omit: { shopId: true, contentHash: true, firstSeenAt: true, asOf: true, deletedAt: true },
    include: {
      variants: {
        where: { deletedAt: null },
        orderBy: { position: "asc" },
        omit: { shopId: true, productId: true, deletedAt: true },
      },
    },
  });
  return products;
}

export const shopsTruth = (platform: Platform) =>
  platform
    .commerceOf(HARBOUR)
    .catalog()
    .products.toSorted((one, other) => one.id - other.id)
    .map(truthOf);
