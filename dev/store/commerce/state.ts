import type { Product, ProductStatus } from "../catalog/model";
import type { Customer, Order } from "./model";

/** What has happened in a shop since the stand-in first ran: everything else follows from the
 * calendar and the shop's history. Plain JSON, kept over restarts. */
export type CommerceState = {
  /** Placed here, or placed before and changed here. */
  orders: Order[];
  customers: Customer[];
  prices: Record<number, { priceMinor: number; compareAtMinor: number | null }>;
  /** By variant, how many more there are than the calendar says; sales make it fall below 0. */
  inventory: Record<number, number>;
  statuses: Record<number, ProductStatus>;
  added: { product: Product; collectionIds: number[] }[];
  deleted: number[];
  /** When a product was last changed here. */
  touched: Record<number, string>;
  /** How many ids have been given out. */
  ids: number;
  /** Changes of the calendar up to here have been announced. */
  announcedTo: string | null;
};

export const newCommerceState = (): CommerceState => ({
  orders: [],
  customers: [],
  prices: {},
  inventory: {},
  statuses: {},
  added: [],
  deleted: [],
  touched: {},
  ids: 0,
  announcedTo: null,
});
