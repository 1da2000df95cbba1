import type { Sql } from "~/platform/sql.server";
import { holdForChange } from "./claims.server";
import { refold } from "./refold.server";

/** Whose tables are folded anew as a whole. */
export type People = {
  clientIds: readonly string[];
  orderIds?: readonly string[];
  customerIds?: readonly string[];
};

/** Folds browsers' whole timelines, and orders and customers, anew: after something that no entry of the
 * log tells of, such as an erasure. Holds the workers off the shop meanwhile. */
export async function refoldWholly(
  sql: Sql,
  shopId: number,
  { clientIds, orderIds = [], customerIds = [] }: People,
): Promise<void> {
  await holdForChange(sql, shopId);
  const since = new Date(0);
  const ofShop = (ids: readonly string[]) => ids.map((id) => ({ shopId, id }));
  await refold(sql, {
    clients: clientIds.map((clientId) => ({ shopId, clientId, since })),
    orders: ofShop(orderIds),
    customers: ofShop(customerIds),
  });
}
