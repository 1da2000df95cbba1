import { wilson } from "../interval";

/** A share of something, and where it lies with 95 % confidence; null of nothing. */
export type Rate = { share: number | null; low: number | null; high: number | null };

/** @param hits, cases weighted by how many each stands for
 * @param sampled how many unweighted ones prove as much: what was not seen proves nothing */
export function rateOf(hits: number, cases: number, sampled: number): Rate {
  if (cases <= 0) return { share: null, low: null, high: null };
  const share = Math.min(1, hits / cases);
  const interval = wilson(share * sampled, sampled);
  return { share, low: interval?.low ?? null, high: interval?.high ?? null };
}
