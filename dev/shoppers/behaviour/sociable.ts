import { chance } from "../../chance";
import type { Product } from "../../store/catalog/model";
import { DAY } from "../calendar";
import { pause, publish } from "../walk";
import type { Walk } from "../walking";
import { press } from "./press";

const WEEK = 7 * DAY;
const IN_GROUPS = 0.1;

/** What a theme's own buttons publish on a product's page. */
export function share(walk: Walk, { id }: Product): void {
  pause(walk, 6);
  const method = walk.luck.weighted({ copy_link: 5, whatsapp: 4, email: 2 });
  publish(walk, "pixelnova:shared", { productId: id, method });
}

/** Puts a product on the list of wishes; a few think better of it. */
export function wish(walk: Walk, { id }: Product): void {
  pause(walk, 5);
  press(walk, "wish", { productId: id });
  publish(walk, "pixelnova:wishlist_added", { productId: id });
  if (!walk.luck.happens(0.1)) return;
  press(walk, "wish", { productId: id });
  publish(walk, "pixelnova:wishlist_removed", { productId: id });
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

/** Sees a group purchase, and may want to join it.
 * @returns the group of which they will be a member once they have bought */
export function seeGroup(walk: Walk, product: Product): string | null {
  const groupId = groupOf(product, walk.at);
  if (groupId === null) return null;
  const group = { groupId, productId: product.id };
  publish(walk, "pixelnova:group_viewed", group);
  if (!walk.luck.happens(0.08)) return null;
  pause(walk, 8);
  if (walk.luck.happens(0.3))
    publish(walk, "pixelnova:group_quantity_changed", { ...group, quantity: 2 });
  publish(walk, "pixelnova:group_join_clicked", group);
  return groupId;
}

/** On the thank-you page: now they are a member of the group. */
export function completeGroup(walk: Walk, groupId: string): void {
  pause(walk, 2);
  publish(walk, "pixelnova:group_joined", { groupId });
}
