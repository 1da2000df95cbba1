export type Money = { amountMinor: number; currencyCode: string };

/** How many decimal places a currency has: 2 for EUR, 0 for JPY, 3 for KWD.
 * @param currencyCode an ISO 4217 code; one that Intl does not know counts as 2 */
export function minorUnits(currencyCode: string): number {
  const known = places.get(currencyCode);
  if (known !== undefined) return known;
  const format = new Intl.NumberFormat("en", { style: "currency", currency: currencyCode });
  const { maximumFractionDigits = 2 } = format.resolvedOptions();
  places.set(currencyCode, maximumFractionDigits);
  return maximumFractionDigits;
}

/** Asking Intl takes 20 microseconds, longer than all else that is done with an event; there are at
 * most 26³ codes. */
const places = new Map<string, number>();

/** Turns a decimal amount, as Shopify's pixel sends it, into whole minor units. */
export const toMinor = (amount: number, currencyCode: string): Money => ({
  amountMinor: Math.round(shiftPoint(amount, minorUnits(currencyCode))),
  currencyCode,
});

/** Moves the decimal point of a number as it is written: 1.005 by 2 is 100.5, which a multiplication
 * in binary would miss. */
function shiftPoint(value: number, places: number): number {
  const [digits, exponent = "0"] = String(value).split("e");
  return Number(`${digits}e${Number(exponent) + places}`);
}
