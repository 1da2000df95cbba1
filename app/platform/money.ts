export type Money = { amountMinor: number; currencyCode: string };

/** How many decimal places a currency has: 2 for EUR, 0 for JPY, 3 for KWD.
 * @param currencyCode an ISO 4217 code; one that Intl does not know counts as 2 */
export const minorUnits = (currencyCode: string): number =>
  new Intl.NumberFormat("en", { style: "currency", currency: currencyCode }).resolvedOptions()
    .maximumFractionDigits ?? 2;

/** Turns a decimal amount, as Shopify's pixel sends it, into whole minor units. */
export const toMinor = (amount: number, currencyCode: string): Money => ({
  amountMinor: Math.round(Number(`${amount}e${minorUnits(currencyCode)}`)),
  currencyCode,
});
