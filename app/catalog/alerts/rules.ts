import { DAY, HOUR } from "~/platform/time";

export const ALERT_KINDS = ["price_drop", "back_in_stock", "new_arrival", "low_stock"] as const;
export type AlertKind = (typeof ALERT_KINDS)[number];
/** The kinds that are about a variant; a new arrival is about a product. */
export type VariantKind = Exclude<AlertKind, "new_arrival">;

type Stock = "in" | "low" | "out";

/** A variant's newest change, beside what was before. Prices are in minor units. */
export type VariantMove = {
  changedAt: Date;
  priceMinor: number;
  stock: Stock;
  stockBefore: Stock;
  /** The price at which it could be bought the last time before; null when it never could. */
  lastOfferedMinor: number | null;
  /** When it was last told of, by kind, and of a price drop at what price. */
  told: { [Kind in VariantKind]?: Date };
  toldPriceMinor: number | null;
};

/** How long a variant is not told of again, so that a price or a stock that goes to and fro is one alert. */
export const QUIET: Record<VariantKind, number> = {
  price_drop: DAY,
  back_in_stock: HOUR,
  low_stock: DAY,
};

/** What a change is worth telling.
 * @returns no kind, or one, or two: what is back may also cost less than when it went */
export function kindsOf(move: VariantMove): VariantKind[] {
  const kinds: VariantKind[] = [];
  if (isPriceDrop(move)) kinds.push("price_drop");
  if (isBack(move) && isNews(move, "back_in_stock")) kinds.push("back_in_stock");
  if (isRunningLow(move) && isNews(move, "low_stock")) kinds.push("low_stock");
  return kinds;
}

/** It can be bought for less than the last time it could. A price that falls further is news at once. */
const isPriceDrop = (move: VariantMove): boolean =>
  move.stock !== "out" &&
  move.lastOfferedMinor !== null &&
  move.priceMinor < move.lastOfferedMinor &&
  (isNews(move, "price_drop") ||
    (move.toldPriceMinor !== null && move.priceMinor < move.toldPriceMinor));

const isBack = ({ stock, stockBefore }: VariantMove): boolean =>
  stock !== "out" && stockBefore === "out";

/** What comes back in small numbers is back; it is not running low. */
const isRunningLow = ({ stock, stockBefore }: VariantMove): boolean =>
  stock === "low" && stockBefore === "in";

function isNews({ told, changedAt }: VariantMove, kind: VariantKind): boolean {
  const last = told[kind];
  return !last || changedAt.getTime() - last.getTime() >= QUIET[kind];
}
