const MOST_BANDS = 10;
const ROUND = [1, 2, 2.5, 5, 10];

/** Where bands of values begin: at most ten of one round width, of which the last is open and lies above
 * nine values in ten.
 * @param p90 the value that nine in ten do not exceed, in minor units; null without any
 * @returns whole minor units, rising from 0 */
export function bandsTo(p90: number | null): number[] {
  if (p90 === null || p90 <= 0) return [0];
  const width = roundUp(p90 / (MOST_BANDS - 2));
  return Array.from({ length: Math.floor(p90 / width) + 2 }, (_, index) => index * width);
}

/** The next of 1, 2, 2.5 and 5 with zeros, in whole minor units. */
function roundUp(least: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, least)));
  return Math.ceil((ROUND.find((each) => each * power >= least) ?? 10) * power);
}
