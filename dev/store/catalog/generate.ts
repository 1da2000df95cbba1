import { chance, type Chance } from "../../chance";
import type { Kind, Option, Range } from "./kind";
import type { Listing } from "./listing";

/** Light backgrounds, and the two colours of what stands before them. */
const PALETTES: readonly [Listing["colors"], ...Listing["colors"][]] = [
  ["#e4ece2", "#d9713c", "#8c3f1c"],
  ["#e9e6f2", "#5a5f9c", "#f0c66b"],
  ["#f6ecd9", "#3f4a4f", "#f3b23e"],
  ["#e3edf0", "#2f6f7e", "#f0b44c"],
  ["#f1e6da", "#8a5a36", "#3b2a1e"],
  ["#e6eef6", "#e0b12f", "#9a7512"],
  ["#e2f0ec", "#2f8f7b", "#1d5a4e"],
  ["#f5e7e3", "#b5473c", "#ffe9d6"],
  ["#eceff1", "#49565e", "#ef7f3b"],
  ["#eef0e6", "#6f7f5a", "#39432d"],
  ["#f0e8ef", "#7b4f7a", "#e8c468"],
  ["#e7eaf4", "#34558b", "#f2d5a0"],
];

/** Makes listings of a range: as many as asked for, and for a number always the same one.
 * @param first number of the first listing */
export function generate(range: Range, count: number, first = 0): Listing[] {
  const taken = new Set<string>();
  return Array.from({ length: count }, (_, i) => listing(range, first + i, taken));
}

function listing(range: Range, number: number, taken: Set<string>): Listing {
  const luck = chance(`${range.firstId} listing ${number}`);
  const kind = kindOf(range, luck);
  const title = freshTitle(range, kind, luck, taken);
  const [low, high] = kind.price;
  const price = charm(low + (high - low) * luck.next() ** 1.6);
  const options = kind.options.map((option) => chooseValues(option, luck));
  return {
    ...{ title, type: kind.type, shape: kind.shape, vendor: luck.pick(kind.vendors) },
    colors: luck.pick(PALETTES),
    description: twoOf(kind.praise, luck).join(" "),
    tags: [...new Set([luck.pick(kind.tags), luck.pick(kind.tags)])].sort(),
    collections: kind.collections.filter((_, i) => i === 0 || luck.happens(0.6)),
    options: options.map(({ name, values }) => ({
      name,
      values: values.map(({ value }) => value),
    })),
    variants: combinations(options).map(({ values, surcharge }) => ({
      values,
      priceMinor: charm(price * (1 + surcharge)),
    })),
    barcode: luck.happens(0.85) ? barcodeOf(range, number) : null,
  };
}

function kindOf({ kinds }: Range, luck: Chance): Kind {
  const name = luck.weighted(Object.fromEntries(kinds.map(({ type, share }) => [type, share])));
  const kind = kinds.find(({ type }) => type === name);
  if (!kind) throw new Error(`no kind "${name}"`);
  return kind;
}

/** A name, a trait and a noun that no listing before has together; a Roman number where all have. */
function freshTitle(range: Range, kind: Kind, luck: Chance, taken: Set<string>): string {
  for (let tries = 0; ; tries++) {
    const name = range.names[luck.between(0, range.names.length - 1)] ?? "";
    const edition = tries < 20 ? "" : ` ${["II", "III", "IV", "V"][tries % 4] ?? ""}${tries}`;
    const [trait, noun] = [luck.pick(kind.traits), luck.pick(kind.nouns)];
    const title = `${name}${edition} ${trait} ${noun}`;
    if (taken.has(title) || noun.startsWith(trait)) continue;
    taken.add(title);
    return title;
  }
}

const twoOf = <Item>(items: readonly [Item, Item, ...Item[]], luck: Chance): [Item, Item] => {
  const first = luck.between(0, items.length - 1);
  const second = (first + luck.between(1, items.length - 1)) % items.length;
  return [items[first] ?? items[0], items[second] ?? items[1]];
};

type Choice = { value: string; surcharge: number };

/** Neighbours in the option's list, so that sizes have no gaps. */
function chooseValues({ name, values, atMost, surcharge = 0 }: Option, luck: Chance) {
  const count = luck.between(Math.min(2, atMost), Math.min(atMost, values.length));
  const from = luck.between(0, values.length - count);
  const chosen = values.slice(from, from + count);
  return { name, values: chosen.map((value, i): Choice => ({ value, surcharge: surcharge * i })) };
}

/** Every way to choose one value of each option: one empty way without options. */
function combinations(options: readonly { values: Choice[] }[]) {
  let ways: { values: string[]; surcharge: number }[] = [{ values: [], surcharge: 0 }];
  for (const { values } of options)
    ways = ways.flatMap((way) =>
      values.map(({ value, surcharge }) => ({
        values: [...way.values, value],
        surcharge: way.surcharge + surcharge,
      })),
    );
  return ways;
}

/** A price as shops write it: 34.90, from 100 on 349.00. */
export const charm = (minor: number): number =>
  minor < 10_000
    ? Math.max(1, Math.round(minor / 100)) * 100 - 10
    : Math.round(minor / 1_000) * 1_000 - 100;

const barcodeOf =
  ({ barcodes }: Range, number: number) =>
  (position: number) =>
    barcodes + String(number).padStart(6, "0") + String(position).padStart(2, "0");
