/** The standard normal's quantile that leaves 2.5 % on each side. */
const Z = 1.959963984540054;

/** Where a share lies with 95 % confidence: the Wilson score interval, which a few cases make wide, so
 * that 1 of 1 is not taken for certain. Null of no cases.
 * @param cases how often it could have happened; `hits` how often it did
 * @see Wilson, Journal of the American Statistical Association 22 (1927), page 209 */
export function wilson(hits: number, cases: number): { low: number; high: number } | null {
  if (cases <= 0) return null;
  const share = hits / cases;
  const spread = Z ** 2 / cases;
  const middle = (share + spread / 2) / (1 + spread);
  const half = (Math.sqrt((share * (1 - share)) / cases + spread / (4 * cases)) * Z) / (1 + spread);
  return { low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}
