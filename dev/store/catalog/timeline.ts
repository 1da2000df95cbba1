import { assortmentOf } from "./assortment";
import type { Catalog, Product } from "./model";
import {
  changesIn,
  productAt,
  scheduleOf,
  slotOf,
  startOfSlot,
  type Change,
  type Schedule,
} from "./schedule";

export type CatalogChange = { at: Date; productId: number; kind: Change };

type Scheduled = { product: Product; schedule: Schedule; last?: Product };
type Timeline = { scheduled: Scheduled[]; catalogs: Map<number, Catalog> };

const KEPT_CATALOGS = 16;
const timelines = new Map<string, Timeline>();

function timelineOf(shop: string): Timeline {
  const known = timelines.get(shop);
  if (known) return known;
  const scheduled = assortmentOf(shop).products.map((product, index) => ({
    product,
    schedule: scheduleOf(product, index),
  }));
  const timeline = { scheduled, catalogs: new Map() };
  timelines.set(shop, timeline);
  return timeline;
}

/** What a shop has in its catalogue at a moment. The same object for as long as nothing changes, and
 * the same product objects for as long as they do not.
 * @throws {Error} for a domain that is not one of the stand-in's shops */
export function catalogAt(shop: string, at: Date): Catalog {
  const { scheduled, catalogs } = timelineOf(shop);
  const slot = slotOf(at);
  const known = catalogs.get(slot);
  if (known) return known;
  const products = scheduled
    .map((entry) => current(entry, slot))
    .filter((product) => product !== undefined);
  const there = new Set(products.map(({ id }) => id));
  const collections = assortmentOf(shop).collections.map((collection) => ({
    ...collection,
    productIds: collection.productIds.filter((id) => there.has(id)),
  }));
  if (catalogs.size >= KEPT_CATALOGS) catalogs.clear();
  const catalog = { products, collections };
  catalogs.set(slot, catalog);
  return catalog;
}

/** A product's state; the object of last time, where nothing has happened to it. */
function current(entry: Scheduled, slot: number): Product | undefined {
  const product = productAt(entry.product, entry.schedule, slot);
  if (product && entry.last?.updatedAt === product.updatedAt) return entry.last;
  entry.last = product;
  return product;
}

/** What changes in a shop's catalogue after `from` and up to `to`, oldest first. */
export function catalogChanges(shop: string, from: Date, to: Date): CatalogChange[] {
  const { scheduled } = timelineOf(shop);
  const changes: CatalogChange[] = [];
  for (let slot = slotOf(from) + 1; slot <= slotOf(to); slot++)
    for (const { product, schedule } of scheduled)
      for (const kind of changesIn(schedule, slot))
        changes.push({ at: startOfSlot(slot), productId: product.id, kind });
  return changes;
}
