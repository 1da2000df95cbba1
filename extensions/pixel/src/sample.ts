/** The share of visitors whose events are sent, as the merchant's setting has it; everybody's where it
 * says nothing that makes sense. */
export const rateOf = (setting: unknown): number => {
  const rate = Number(setting);
  return rate > 0 && rate < 1 ? rate : 1;
};

/** A visitor's fixed place from 0 up to 1: those below the rate are in the sample, so that journeys
 * stay whole, and whoever is in a small sample is in every larger one. */
export function placeOf(clientId: string): number {
  let hash = 0;
  for (let i = 0; i < clientId.length; i++) {
    hash = Math.imul(hash ^ clientId.charCodeAt(i), 0x5bd1e995);
    hash ^= hash >>> 15;
  }
  return (hash >>> 0) / 0x100000000;
}
