/** A line put into a cart, or taken out. */
export type LineChange = {
  kind: "added" | "removed";
  variantId: string | null;
  productId: string | null;
  quantity: number;
  /** What the pieces cost together, in minor units of the currency. */
  valueMinor: number | null;
  currency: string | null;
};

/** What a cart holds, by variant. */
export type Lines = Map<string, Line>;
type Line = Omit<LineChange, "kind">;

/** What a line is of. */
export type LineOf = Pick<Line, "productId" | "variantId">;

/** What lies in a cart, in one order. */
export const linesOf = (lines: Lines): LineOf[] =>
  [...lines]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([, { productId, variantId }]) => ({ productId, variantId }));

/** Puts pieces in or takes them out. What is taken out lowers a line's value by its share; more than
 * there is takes the line out, and what was never seen added changes nothing. */
export function change(lines: Lines, { kind, ...by }: LineChange): void {
  const key = by.variantId ?? `product ${by.productId}`;
  const line = lines.get(key);
  if (kind === "added") {
    if (by.quantity > 0) lines.set(key, line ? together(line, by) : { ...by });
  } else if (line) {
    const left = line.quantity - by.quantity;
    if (left > 0) lines.set(key, { ...line, quantity: left, valueMinor: shareOf(line, left) });
    else lines.delete(key);
  }
}

const together = (line: Line, more: Line): Line => ({
  ...{ productId: more.productId ?? line.productId, variantId: line.variantId },
  quantity: line.quantity + more.quantity,
  valueMinor:
    line.valueMinor === null || more.valueMinor === null || line.currency !== more.currency
      ? null
      : bounded(line.valueMinor + more.valueMinor),
  currency: more.currency,
});

const shareOf = ({ quantity, valueMinor }: Line, left: number): number | null =>
  valueMinor === null ? null : Math.round((valueMinor / quantity) * left);

/** Pieces in all lines. */
export const pieces = (lines: Lines): number =>
  [...lines.values()].reduce((sum, { quantity }) => sum + quantity, 0);

/** What all lines cost, in minor units; null where one has no known price, or currencies differ. */
export function valueOf(lines: Lines): number | null {
  let sum = 0;
  let currency: string | null = null;
  for (const line of lines.values()) {
    if (line.valueMinor === null) return null;
    if (currency !== null && currency !== line.currency) return null;
    currency = line.currency;
    sum += line.valueMinor;
  }
  return bounded(sum);
}

/** Whoever knows the pixel's key can name any price; sums of them still have to fit. */
const bounded = (minor: number): number => Math.min(minor, Number.MAX_SAFE_INTEGER);
