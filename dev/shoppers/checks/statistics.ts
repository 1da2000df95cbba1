/** Plain sums, quotients and quantiles, so that nothing of the truth is worked out by the app. */
export const sum = (numbers: readonly number[]): number =>
  numbers.reduce((all, number) => all + number, 0);

/** @returns null where there is nothing to divide by */
export const ratio = (part: number, whole: number): number | null =>
  whole === 0 ? null : part / whole;

/** The number below which a share of all numbers lies, between two of them in proportion; null of none. */
export function quantile(numbers: readonly number[], share: number): number | null {
  const sorted = numbers.toSorted((one, other) => one - other);
  const place = (sorted.length - 1) * share;
  const [low, high] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
  if (low === undefined || high === undefined) return null;
  return low + (high - low) * (place - Math.floor(place));
}

/** Items by what they have in common. */
export function grouped<Item>(items: readonly Item[], keyOf: (item: Item) => string) {
  const groups = new Map<string, Item[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}
