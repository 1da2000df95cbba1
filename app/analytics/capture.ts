/** What became of a verified order: the pixel saw its checkout completed; else, what told of it first.
 * `before` were placed before the first visit that is known, out of the pixel's reach. */
export const FATES = ["seen", "webhook", "backfill", "import", "before"] as const;
export type Fate = (typeof FATES)[number];

/** Orders of one fate that have everything else in common. */
export type OrderCount = {
  /** The day that they were placed on: its place in the period, from 0. */
  day: number;
  fate: Fate;
  /** Of the session that they came of; null where the pixel saw no step of the checkout. */
  browser: string | null;
  device: string | null;
  /** Whether the shopper allowed marketing when that session began. */
  marketing: boolean | null;
  orders: number;
};

/** Counts are of orders; `all` is their sum. */
export type Capture = Record<Fate, number> & {
  all: number;
  /** Of the orders within the pixel's reach, those that it saw: 0 to 1; null where there are none. */
  rate: number | null;
};
export type CaptureBy = Capture & { key: string };

/** How many verified orders there were, what became of them, and how many the pixel saw. */
export function toCapture(counts: readonly Pick<OrderCount, "fate" | "orders">[]): Capture {
  const fates = { seen: 0, webhook: 0, backfill: 0, import: 0, before: 0 };
  for (const { fate, orders } of counts) fates[fate] += orders;
  const all = FATES.reduce((sum, fate) => sum + fates[fate], 0);
  const reachable = all - fates.before;
  return { ...fates, all, rate: reachable === 0 ? null : fates.seen / reachable };
}

/** The same for each day, also for those without orders.
 * @param days YYYY-MM-DD */
export const captureByDay = (counts: readonly OrderCount[], days: readonly string[]): CaptureBy[] =>
  days.map((key, place) => ({ key, ...toCapture(counts.filter(({ day }) => day === place)) }));

/** The same for each browser, device or consent, most orders first. Where the pixel saw nothing of an
 * order's checkout, nothing is known of it: `unknown`. */
export function captureBy(
  counts: readonly OrderCount[],
  by: "browser" | "device" | "marketing",
): CaptureBy[] {
  const keyOf = (count: OrderCount) => String(count[by] ?? "unknown");
  return [...new Set(counts.map(keyOf))]
    .map((key) => ({ key, ...toCapture(counts.filter((count) => keyOf(count) === key)) }))
    .sort((one, other) => other.all - one.all || (one.key < other.key ? -1 : 1));
}
