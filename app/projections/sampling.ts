/** A lower rate counts as this one: the browser names the rate, and no single event, forged or not,
 * may stand for more than a thousand visitors. */
const LEAST_RATE = 0.001;

type Sampled = { sampleRate: number | null };

/** The share of visitors whose events were sent when this one was. */
export const rateOf = ({ sampleRate }: Sampled): number => Math.max(sampleRate ?? 1, LEAST_RATE);

/** The smallest rate in a visit: where the merchant changed it meanwhile, the one that let fewer in. */
export const lowestRate = (visit: readonly Sampled[]): number =>
  visit.reduce((lowest, event) => Math.min(lowest, rateOf(event)), 1);
