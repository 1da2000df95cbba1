/** Buckets per doubling: a reading is at most 3.2 % too high. */
const STEPS = 22;
const SMALLEST_MS = 0.001;
const BUCKETS = STEPS * 30; // up to 18 minutes

/** How long things took, in little room and at little cost: counts in buckets that widen as they rise. */
export class Histogram {
  readonly counts: Float64Array;
  max: number;

  constructor(from: { counts: Float64Array; max: number } = empty()) {
    this.counts = from.counts;
    this.max = from.max;
  }

  record(ms: number): void {
    const bucket = Math.ceil(Math.log2(Math.max(ms, SMALLEST_MS) / SMALLEST_MS) * STEPS);
    const kept = Math.min(bucket, BUCKETS - 1);
    this.counts[kept] = (this.counts[kept] ?? 0) + 1;
    if (ms > this.max) this.max = ms;
  }

  get total(): number {
    return this.counts.reduce((sum, count) => sum + count, 0);
  }

  /** The time within which a share of all stayed, in milliseconds; null when there were none. */
  quantile(share: number): number | null {
    const wanted = this.total * share;
    if (wanted === 0) return null;
    let seen = 0;
    for (const [bucket, count] of this.counts.entries()) {
      seen += count;
      if (seen >= wanted) return Math.min(SMALLEST_MS * 2 ** (bucket / STEPS), this.max);
    }
    return this.max;
  }
}

const empty = () => ({ counts: new Float64Array(BUCKETS), max: 0 });
