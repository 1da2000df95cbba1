import { expect } from "vitest";
import { workOnSync } from "~/catalog/sync.server";
import { claimSync, requestSync } from "~/catalog/sync-state.server";
import type { SyncWorld } from "~/catalog/sync-work.server";
import type { AppContext } from "~/context";
import { MINUTE } from "~/platform/time";
import { generateProducts } from "../../dev/store/catalog/assortment";
import type { Collection, Product } from "../../dev/store/catalog/model";
import { shopOf } from "../../dev/store/catalog/shops";
import { openCommerce } from "../../dev/store/commerce/open";
import { newCommerceState } from "../../dev/store/commerce/state";
import type { Platform } from "../../dev/store/platform";
import { stopWebhooks } from "../../dev/store/webhooks/announce";
import { NORTHWIND, visit } from "../shopify/stand-in";

/** Any products of a shop. */
export const products = (count: number): Product[] => generateProducts(NORTHWIND, count);

export const collection = (id: number, productIds: number[], about: Partial<Collection> = {}) => ({
  ...{ id, handle: `collection-${id}`, title: `Collection ${id}`, description: "" },
  ...{ updatedAt: "2026-11-01T12:00:00.000Z", productIds },
  ...about,
});

/** An installed shop that sells what a test says, and a clock for its syncs. */
export async function storeWith(
  { context, platform }: { context: AppContext; platform: Platform },
  sold: { products: Product[]; collections?: Collection[] },
) {
  const { db } = context;
  const catalog = { collections: [], ...sold };
  const state = newCommerceState();
  const commerce = openCommerce({
    ...{ shop: shopOf(NORTHWIND), now: () => new Date(), state, save: () => {} },
  });
  commerce.catalog = () => ({ ...catalog }); // each answer another object: the stand-in keeps an index
  platform.commerceOf = () => commerce;
  stopWebhooks(platform); // there is nobody to send them to
  platform.addresses.admin = "https://results.stand-in";
  const { id: shopId } = (await visit(context, NORTHWIND)).shop;
  let ahead = 0;
  const world: SyncWorld = {
    ...{ db, log: context.log, adminOf: context.shopify.adminOf },
    now: () => new Date(Date.now() + ahead),
  };
  const later = (ms: number) => void (ahead += ms);
  const sync = () =>
    db.catalogSync.findFirstOrThrow({ where: { shopId }, orderBy: { startedAt: "desc" } });
  /** Does the next step of the sync, whatever its pause. */
  const step = async () => {
    later(MINUTE);
    const claim = await claimSync(db, world.now());
    if (claim) await workOnSync(world, claim);
    return (await sync()).status;
  };
  const until = (...statuses: string[]) =>
    expect.poll(async () => statuses.includes(await step()), { interval: 50 }).toBe(true);
  const request = async () => {
    later(1);
    return requestSync(db, shopId, { reason: "page", now: world.now() });
  };
  /** Syncs from the beginning to the end. */
  const whole = async () => {
    platform.memory.state.clockAhead += 2_000; // Shopify's times are whole seconds
    await request();
    await until("done", "failed");
    return sync();
  };
  return { shopId, catalog, world, later, sync, step, until, request, whole };
}

/** How many rows wait to be merged, of whatever shop. */
export const staged = async ({ db }: AppContext): Promise<number> =>
  (await db.stagedProduct.count()) +
  (await db.stagedVariant.count()) +
  (await db.stagedCollection.count()) +
  (await db.stagedCollectionProduct.count());
