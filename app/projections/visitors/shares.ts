/** A name and its share of the whole, from 0 to 1. */
export type Share = { name: string; share: number };

const NAMED_AT_MOST = 10;

/** The heaviest names by their share of all that has a name; equal ones by name. */
export function topShares(parts: readonly { name: string | null; weight: number }[]): Share[] {
  const weights = new Map<string, number>();
  let total = 0;
  // What is added in another order may come to another sum.
  for (const { name, weight } of parts.toSorted((one, other) => one.weight - other.weight))
    if (name) {
      weights.set(name, (weights.get(name) ?? 0) + weight);
      total += weight;
    }
  return [...weights]
    .flatMap(([name, weight]) => (weight > 0 ? { name, share: rounded(weight / total) } : []))
    .sort((one, other) => other.share - one.share || (one.name < other.name ? -1 : 1))
    .slice(0, NAMED_AT_MOST);
}

/** How the values, whole numbers from 0 to below a size, are spread: a share for each number; none of
 * them when there is no value. */
export function sharesOf(values: readonly number[], size: number): number[] {
  if (values.length === 0) return [];
  const counts = new Array<number>(size).fill(0);
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
  return counts.map((count) => rounded(count / values.length));
}

/** The value that a share of the others does not exceed: always one of them; null of none. */
export function quantile(values: readonly number[], share: number): number | null {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? null;
}

/** The middle value, or the mean of the two; null of none. */
export function median(values: readonly number[]): number | null {
  const sorted = values.toSorted((one, other) => one - other);
  const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  return low === undefined || high === undefined ? null : (low + high) / 2;
}

const rounded = (share: number): number => Math.round(share * 10_000) / 10_000;
