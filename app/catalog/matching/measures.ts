/** How each unit is told in the one that stands for its kind. */
const UNITS: readonly [name: string, base: string, factor: number][] = [
  ["ml", "ml", 1],
  ["cl", "ml", 10],
  ["dl", "ml", 100],
  ["l|litres?|liters?", "ml", 1_000],
  ["mg", "mg", 1],
  ["g|gr|grams?|gramm", "mg", 1_000],
  ["kg|kilos?", "mg", 1_000_000],
  ["oz|ounces?", "oz", 1],
  ["lbs?|pounds?", "oz", 16],
  ["mm", "mm", 1],
  ["cm", "mm", 10],
  ["m|metres?|meters?", "mm", 1_000],
  ['in|inch|inches|zoll|"|″', "in", 1],
  ["mb", "mb", 1],
  ["gb", "mb", 1_000],
  ["tb", "mb", 1_000_000],
  ["w|watts?", "w", 1],
  ["mah", "mah", 1],
];

const UNIT_NAMES = UNITS.map(([name]) => name).join("|");
const MEASURE = new RegExp(`(\\d+(?:[.,]\\d+)?)[\\s-]?(${UNIT_NAMES})(?![\\p{L}\\p{N}])`, "giu");
const PACK =
  /\b(?:pack|set|box|case) of (\d+)\b|\b(\d+)[\s-]?(?:pack|pk|pcs|pieces|count|ct|er-pack|x)\b/gi;

/** What a text measures, each in one unit of its kind: 0.5 l and 500 ml are `500ml`. How many are sold
 * together counts as a measure: `x4`. */
export function measuresOf(text: string): { measures: string[]; rest: string } {
  const measures: string[] = [];
  const rest = text
    .replace(PACK, (_, of: string | undefined, count: string | undefined) => {
      measures.push(`x${Number(of ?? count)}`);
      return " ";
    })
    .replace(MEASURE, (_, amount: string, unit: string) => {
      measures.push(inBase(Number(amount.replace(",", ".")), unit.toLowerCase()));
      return " ";
    });
  return { measures, rest };
}

function inBase(amount: number, unit: string): string {
  const [, base, factor] =
    UNITS.find(([names]) => names.split("|").some((name) => matches(name, unit))) ?? [];
  if (base === undefined || factor === undefined) return `${amount}${unit}`;
  return `${Number((amount * factor).toPrecision(9))}${base}`;
}

/** A name may end in an optional letter, as in `litres?`. */
const matches = (name: string, unit: string): boolean =>
  name.endsWith("?") ? unit === name.slice(0, -1) || unit === name.slice(0, -2) : unit === name;
