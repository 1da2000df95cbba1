import { formatMoney } from "~/platform/money";

/** An amount as a person reads it, such as "€1,234.50"; a dash for one that is not known.
 * @param amountMinor in minor units of the currency
 * @param currencyCode an ISO 4217 code; null while the shop's is not known */
export function showMoney(amountMinor: number | null, currencyCode: string | null): string {
  if (amountMinor === null) return "–";
  if (currencyCode === null) return amountMinor.toLocaleString("en");
  return formatMoney({ from: amountMinor, to: amountMinor }, currencyCode, "en");
}
