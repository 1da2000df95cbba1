import { chance } from "../../chance";
import type { Product } from "../../store/catalog/model";
import { DAY } from "../calendar";
import { pause, publish } from "../walk";
import type { Walk } from "../walking";

const WEEK = 7 * DAY;
const IN_GROUPS = 0.1;

/** What a theme's own buttons publish on a product's page. */
export function share(walk: Walk, { id }: Product): void {
  pause(walk, 6);
  const method = walk.luck.weighted({ copy_link: 5, whatsapp: 4, mail: 2 });
  publish(walk, "pixelnova:product_shared", { productId: id, method });
}

export function wish(walk: Walk, { id }: Product): void {
  pause(walk, 5);
  publish(walk, "pixelnova:wishlist_added", { productId: id });
}

/** Comes by a code on a shop window, a catalogue or a parcel. */
export function scan(walk: Walk, { id }: Product): void {
  const code = walk.luck.weighted({ window: 4, catalogue: 3, parcel: 3 });
  publish(walk, "pixelnova:qr_scanned", { productId: id, code });
}

/** The group purchase that runs for a product this week; null for most products. */
export function groupOf({ id }: Product, at: number): string | null {
  const week = Math.floor(at / WEEK);
  return chance(`group ${id} ${week}`).happens(IN_GROUPS) ? `group-${id}-${week}` : null;
}

/** Sees a group purchase, and may join it.
 * @returns the group that was joined */
export function seeGroup(walk: Walk, product: Product): string | null {
  const groupId = groupOf(product, walk.at);
  if (groupId === null) return null;
  publish(walk, "pixelnova:group_purchase_viewed", { groupId, productId: product.id });
  if (!walk.luck.happens(0.08)) return null;
  pause(walk, 8);
  publish(walk, "pixelnova:group_purchase_joined", { groupId, productId: product.id });
  return groupId;
}

/** On the thank-you page: the group's purchase is done for this member. */
export function completeGroup(walk: Walk, groupId: string, orderId: number): void {
  pause(walk, 2);
  publish(walk, "pixelnova:group_purchase_completed", { groupId, orderId });
}
