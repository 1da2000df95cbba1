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

/** An amount, or the range from one to another, as a person reads it in a language: "€1,234.50",
 * "12,90–15,90 €".
 * @param minor in minor units of the currency
 * @param locale a BCP 47 tag, such as `de-DE` */
export function formatMoney(
  minor: { from: number; to: number },
  currencyCode: string,
  locale: string,
): string {
  const format = new Intl.NumberFormat(locale, { style: "currency", currency: currencyCode });
  const [from, to] = [minor.from, minor.to].map((at) => at / 10 ** minorUnits(currencyCode));
  if (from === undefined || to === undefined || from === to) return format.format(from ?? NaN);
  return format.formatRange(from, to);
}

/** Moves the decimal point of a number as it is written: 1.005 by 2 is 100.5, which a multiplication
 * in binary would miss. */
function shiftPoint(value: number, places: number): number {
  const [digits, exponent = "0"] = String(value).split("e");
  return Number(`${digits}e${Number(exponent) + places}`);
}
