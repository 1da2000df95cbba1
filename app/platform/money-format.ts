import { formatMoney, minorUnits } from "./money";

/** How a shop writes money: its currency (ISO 4217) and its format as Shopify has it, such as
 * `{{amount_with_comma_separator}} €`; null while that is not known. */
export type ShopMoney = { currency: string; moneyFormat: string | null };

/** An amount, or the range from one to another, as the shop's storefront writes it: "€12.90",
 * "12,90 € – 15,90 €". A format that we cannot read is passed over for English: "€12.90".
 * @param minor in minor units, not negative
 * @returns text, not HTML
 * @see https://help.shopify.com/en/manual/markets/pricing/currency-formatting */
export function writeMoney(
  minor: { from: number; to: number },
  { currency, moneyFormat }: ShopMoney,
): string {
  const format = textOf(moneyFormat ?? "");
  if (!isKnown(format)) return formatMoney(minor, currency, "en");
  const write = (amount: number) =>
    format.replace(PLACEHOLDER, (_, name: string) => writeNumber(amount, currency, name));
  return [...new Set([write(minor.from), write(minor.to)])].join(" – ");
}

const PLACEHOLDER = /\{\{\s*(\w+)\s*\}\}/g;

/** What stands in a format for the number. Without a `point` the number is rounded to whole units. */
const STYLES = new Map<string, { group: string; point?: string }>(
  Object.entries({
    amount: { group: ",", point: "." },
    amount_no_decimals: { group: "," },
    amount_with_comma_separator: { group: ".", point: "," },
    amount_no_decimals_with_comma_separator: { group: "." },
    amount_with_apostrophe_separator: { group: "'", point: "." },
    amount_no_decimals_with_space_separator: { group: " " },
    amount_with_space_separator: { group: " ", point: "," },
    amount_with_period_and_space_separator: { group: " ", point: "." },
  }),
);

const ENTITIES = new Map(
  Object.entries({ euro: "€", pound: "£", yen: "¥", cent: "¢", nbsp: "\u00a0", amp: "&" }),
);

/** A format is HTML: `<span class="money">&euro;{{amount}}</span>`. */
const textOf = (format: string): string =>
  format
    .replace(/<[^<>]*>/g, "")
    .replace(/&#(\d{1,6});/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replace(/&(\w+);/g, (entity, name: string) => ENTITIES.get(name) ?? entity)
    .trim();

function isKnown(format: string): boolean {
  const names = [...format.matchAll(PLACEHOLDER)].map(([, name = ""]) => name);
  return names.length > 0 && names.every((name) => STYLES.has(name));
}

function writeNumber(amountMinor: number, currency: string, name: string): string {
  const { group, point } = STYLES.get(name) ?? { group: "" };
  const places = minorUnits(currency);
  if (point === undefined) return grouped(String(Math.round(amountMinor / 10 ** places)), group);
  const digits = String(amountMinor).padStart(places + 1, "0");
  const whole = grouped(digits.slice(0, digits.length - places), group);
  return places === 0 ? whole : `${whole}${point}${digits.slice(-places)}`;
}

const grouped = (digits: string, group: string): string =>
  digits.replace(/\B(?=(\d{3})+$)/g, group);
