import type { Catalog, Product, ProductStatus } from "../catalog/model";
import type { Shop } from "../catalog/shops";
import type { CancelReason, Customer, Discount, Happening, Order, Purchase, Refund } from "./model";

/** One shop's business as Shopify keeps it. Reads are of this moment; every change is told to
 * listeners as a happening, after it is done. */
export type Commerce = {
  shop: Shop;
  /** As it is now: price changes, restocks and new arrivals that are due have happened. */
  catalog: () => Catalog;
  customers: () => readonly Customer[];
  customer: (id: number) => Customer | undefined;
  /** Oldest first. */
  orders: () => readonly Order[];
  order: (id: number) => Order | undefined;
  discounts: () => readonly Discount[];
  /** @returns the order; the same one again for the same checkout
   * @throws {OutOfStock} nothing is sold and nothing changes */
  placeOrder: (purchase: Purchase) => Order;
  /** @param lines how many pieces of which order lines; none given refunds all that is left */
  refund: (
    orderId: number,
    about?: {
      lines?: { orderLineId: number; quantity: number }[];
      note?: string;
      restock?: boolean;
    },
  ) => Refund;
  cancel: (orderId: number, reason: CancelReason) => Order;
  saveCustomer: (
    customer: Omit<Customer, "id" | "createdAt" | "updatedAt"> & { id?: number },
  ) => Customer;
  /** @param compareAtMinor null when the price is no reduced one */
  setPrice: (variantId: number, priceMinor: number, compareAtMinor: number | null) => void;
  setInventory: (variantId: number, quantity: number) => void;
  setStatus: (productId: number, status: ProductStatus) => void;
  addProduct: (product: Product, collectionIds: number[]) => void;
  deleteProduct: (productId: number) => void;
  /** Lets everything happen that is due by the stand-in's clock. */
  catchUp: () => void;
  onHappening: (listener: (happening: Happening) => void) => void;
};

/** What happened in a shop before the stand-in was started: made by the simulated shoppers. */
export type History = { customers: Customer[]; orders: Order[] };
