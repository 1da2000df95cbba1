import type { Product, Variant } from "@prisma/client";
import type { Db } from "~/platform/db.server";
import { isStale } from "./freshness.server";
import { hintOnce } from "./hints.server";
import { refreshSome } from "./refresh.server";
import type { RefreshShop } from "./refresh-shops.server";
import { AT_ONCE, type RefreshWorld } from "./refresh-world.server";

/** Milliseconds after which an answer is given with what is stored. */
export const PATIENCE = 300;

/** A product of the mirror with what is for sale of it, in the shop's order. Its `status` says whether
 * shoppers may see it. */
export type StoredProduct = Product & { variants: Variant[] };

/** Products as they are stored, asked for anew when they are older than the shop's limit or unknown,
 * if that takes no longer than 300 ms; else the asking goes on, and its answer is for the next to come.
 * @param productIds digits
 * @returns those that there are, in the order asked for */
export async function freshProducts(
  world: RefreshWorld,
  shop: RefreshShop,
  productIds: readonly string[],
): Promise<StoredProduct[]> {
  const deadline = performance.now() + PATIENCE;
  const ids = [...new Set(productIds)];
  const stored = await read(world.db, shop.id, ids);
  const old = await notFresh(world.db, shop.id, { ids, now: world.now() });
  if (old.length === 0) return stored;
  const anew = refreshAll(world, shop, old)
    .then(() => read(world.db, shop.id, ids))
    .catch((error: unknown) => {
      world.log.error({ shop: shop.domain, reason: String(error) }, "a refresh failed");
      return stored;
    });
  return within(deadline - performance.now(), anew, stored);
}

/** What a promise gives, or something else when that takes too long. */
async function within<T>(ms: number, promise: Promise<T>, instead: T): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<T>((resolve) => {
    timer = setTimeout(() => resolve(instead), Math.max(0, ms));
  });
  return Promise.race([promise, tooLong]).finally(() => clearTimeout(timer));
}

/** Waits for the products that are being asked for, and asks for the others; each only once. */
async function refreshAll(
  world: RefreshWorld,
  shop: RefreshShop,
  ids: readonly string[],
): Promise<void> {
  const keyOf = (id: string) => `${shop.id}:${id}`;
  const others = ids.filter((id) => !world.underWay.has(keyOf(id)));
  const asked: Promise<void>[] = [];
  for (let from = 0; from < others.length; from += AT_ONCE) {
    const some = others.slice(from, from + AT_ONCE);
    const answer = refreshThese(world, shop, some).finally(() => {
      for (const id of some) world.underWay.delete(keyOf(id));
    });
    for (const id of some) world.underWay.set(keyOf(id), answer);
    asked.push(answer);
  }
  await Promise.all([...asked, ...ids.map((id) => world.underWay.get(keyOf(id)))]);
}

/** The hint comes first: whatever becomes of this process, somebody will ask. */
async function refreshThese(
  world: RefreshWorld,
  shop: RefreshShop,
  ids: readonly string[],
): Promise<void> {
  await hintOnce(world.db, shop.id, ids, { reason: "refresh", now: world.now() });
  while ((await refreshSome(world, shop, ids)) === "answered");
}

async function read(db: Db, shopId: number, ids: readonly string[]): Promise<StoredProduct[]> {
  const products = await db.product.findMany({
    where: { shopId, productId: { in: ids.map(BigInt) }, deletedAt: null },
    include: { variants: { where: { deletedAt: null }, orderBy: { position: "asc" } } },
  });
  const place = new Map(ids.map((id, i) => [id, i]));
  const placeOf = ({ productId }: Product) => place.get(String(productId)) ?? 0;
  return products.toSorted((one, other) => placeOf(one) - placeOf(other));
}

/** Of products, those that are unknown, or were not confirmed for longer than the shop wants. One that
 * was asked for as recently and is gone is known to be. */
async function notFresh(
  db: Db,
  shopId: number,
  { ids, now }: { ids: readonly string[]; now: Date },
): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    select asked.id::text from unnest(${[...ids]}::bigint[]) as asked (id)
    left join products p on p.shop_id = ${shopId}::int and p.product_id = asked.id
    where p.product_id is null or ${isStale(shopId, now)}`;
  return rows.map(({ id }) => id);
}
