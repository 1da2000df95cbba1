/** A seeded source of chance: the same key gives the same sequence, everywhere and always. */
export type Chance = {
  /** At least 0, below 1. */
  next: () => number;
  happens: (probability: number) => boolean;
  /** Whole, from `min` to `max`, both included. */
  between: (min: number, max: number) => number;
  pick: <Item>(items: readonly [Item, ...Item[]]) => Item;
  /** One of the weights' names, as often as its weight says. */
  weighted: <Name extends string>(weights: Readonly<Record<Name, number>>) => Name;
  uuid: () => string;
};

export function chance(key: string): Chance {
  let state = hash(key);
  const next = () => {
    state = (state + 0x9e3779b9) >>> 0;
    return mix(state) / 2 ** 32;
  };
  const between = (min: number, max: number) => min + Math.floor(next() * (max - min + 1));
  return {
    next,
    between,
    happens: (probability) => next() < probability,
    pick: (items) => items[between(0, items.length - 1)] ?? items[0],
    weighted: (weights) => weightedName(weights, next()),
    uuid: () => {
      const digits = Array.from({ length: 4 }, () => hex(next())).join("");
      return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-4${digits.slice(13, 16)}-a${digits.slice(17, 20)}-${digits.slice(20)}`;
    },
  };
}

function weightedName<Name extends string>(weights: Readonly<Record<Name, number>>, at: number) {
  const names = Object.keys(weights) as Name[];
  const total = names.reduce((sum, name) => sum + weights[name], 0);
  let left = at * total;
  for (const name of names) if ((left -= weights[name]) < 0) return name;
  throw new RangeError("want at least one weight above zero");
}

const hex = (fraction: number) =>
  Math.floor(fraction * 2 ** 32)
    .toString(16)
    .padStart(8, "0");

/** FNV-1a over the key's UTF-16 units. */
function hash(key: string): number {
  let value = 0x811c9dc5;
  for (const unit of key) value = Math.imul(value ^ (unit.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return value;
}

/** The finalizer of MurmurHash3: every bit of the input moves every bit of the output. */
function mix(value: number): number {
  let mixed = value;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
