import type { Shop } from "@prisma/client";
import { acceptLinkCode, makeLinkCode } from "~/catalog/store-links.server";
import { decide } from "~/catalog/matching/decide.server";
import type { Action } from "~/catalog/matching/decide";
import { matchShop } from "~/catalog/matching/matching.server";
import type { Database } from "~/platform/db.server";
import { NOON, shop } from "../../factories";
import { adminVariant, listed, merge } from "../listed";

/** Two stores of a merchant, not linked yet. */
export async function twoStores(db: Database): Promise<[Shop, Shop]> {
  return [await shop(db), await shop(db, { currency: "NZD" })];
}

export async function link(db: Database, [one, other]: readonly [Shop, Shop]): Promise<void> {
  const code = await makeLinkCode(db, one.id, NOON);
  await acceptLinkCode(db.pool, { shopId: other.id, code }, NOON);
}

/** Lists products by id and title, from one maker, at the same price. */
export const list = (db: Database, { id }: Shop, titles: Record<string, string>, asOf = NOON) =>
  merge(
    db,
    id,
    Object.entries(titles).map(([productId, title]) =>
      listed({ id: productId, title, handle: productId, updatedAt: asOf }, [
        adminVariant({ id: `${productId}0`, sku: null }),
      ]),
    ),
    { asOf },
  );

export const search = (db: Database, { id }: Shop) => matchShop(db, id, NOON);

export const say = (db: Database, { id }: Shop, action: Action, now = NOON) =>
  decide(db.pool, { shopId: id, action }, now);

/** A shop's groups, each as the ids of its products. */
export async function groupsOf(db: Database, { id }: Shop): Promise<string[][]> {
  const rows = await db.matchMember.findMany({
    where: { shopId: id },
    orderBy: [{ productId: "asc" }],
  });
  const groups = new Map<string, string[]>();
  for (const { groupId, productId } of rows)
    groups.set(groupId, [...(groups.get(groupId) ?? []), String(productId)]);
  return [...groups.values()].sort();
}
