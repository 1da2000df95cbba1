import type { ShopperKind } from "../alerts/subscription";

const WISHES: Record<ShopperKind, string> = {
  price_drop: "costs less",
  back_in_stock: "is back in stock",
  low_stock: "is about to sell out",
};

/** "Mug costs less": what a shopper waits for. */
export const wishOf = (kind: ShopperKind, productTitle: string): string =>
  `${productTitle} ${WISHES[kind]}`;
