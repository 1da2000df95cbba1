export type Money = { amountMinor: number; currencyCode: string };

/** How many decimal places a currency has: 2 for EUR, 0 for JPY, 3 for KWD.
 * @param currencyCode an ISO 4217 code; one that Intl does not know counts as 2 */
export const minorUnits = (currencyCode: string): number =>
  new Intl.NumberFormat("en", { style: "currency", currency: currencyCode }).resolvedOptions()
    .maximumFractionDigits ?? 2;

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
