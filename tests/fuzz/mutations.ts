import type { Chance } from "../../dev/chance";
import type { Json } from "./batch";

const DEPTH = 30_000;
const LONG = 15_000;
const HUGE = 10 * 2 ** 20;

/** Values that belong nowhere. */
const ODD: [Json, ...Json[]] = [
  null, true, false, 0, -1, -0, 0.1, 1e308, -1e308, 2 ** 53, 5e-324, 1_000_000_001, 2_147_483_648,
  "", " ", "\0", "a\0b", "\ud800", "\udfff\ud800", "é".repeat(200), "NaN", "Infinity", "-1", "0x10",
  "1e5", "null", "__proto__", "constructor", "toString", "'; drop table pixel_events; --", "${7*7}",
  "2026-02-30T00:00:00Z", "0000-00-00T00:00:00Z", "9999-12-31T23:59:59Z", "+275760-09-13T00:00:00Z",
  "-000001-01-01T00:00:00Z", "0000-01-01T00:00:00Z", "007", "0".repeat(18), "9".repeat(18), 1e9, 1e12, "2026-11-21T24:00:00Z", "2026-11-21T00:00:00+99:99", "1970-01-01T00:00:00Z",
  [], {}, [[]], [{}], [null], { length: 5 }, { toString: "x" }, { valueOf: null }, { toJSON: 1 },
]; // prettier-ignore

/** Beginnings, middles and ends on which a careless regular expression goes back and forth. */
const REPEATED: [[string, string, string], ...[string, string, string][]] = [
  ["", "1", "x"], ["", "0", ".0.0"], ["", "9", ""], ["1.", "1", "x"], ["", "a", "!"], ["pixelnova:", "a", "!"],
  ["pixelnova:a", "_", "-"], ["2026-11-20T09:00:00.", "1", "Z"], ["2026-11-20T09:00:00.", "1", "X"],
  ["2026-11-20T09:00:00+", "0", ""], ["", "2026-", ""], ["/", "/", ""], ["/", "a/", "\0"], ["/", "%2e", ""],
  ["a@", "a.", ""], ["", " ", "x"], ["", "\t", ""], ["", "\\", ""], ["", "\"", ""], ["", "ﬃ", ""], ["", "😀", "\ud83d"],
]; // prettier-ignore

type Holder = { [key: string]: Json } | Json[];
type Place = { holder: Holder; key: string };

/** Every place of a document that holds something. */
function placesIn(value: Json): Place[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [
    { holder: value, key },
    ...placesIn(inner),
  ]);
}

const put = ({ holder, key }: Place, value: Json) =>
  Object.defineProperty(holder, key, {
    value: structuredClone(value),
    ...{ writable: true, enumerable: true, configurable: true }, // whatever `__proto__` has put there
  });

type Mutation = (place: Place, luck: Chance) => void;

const oddValue: Mutation = (place, luck) => put(place, luck.pick(ODD));
const longText: Mutation = (place, luck) => {
  const [start, middle, end] = luck.pick(REPEATED);
  put(place, start + middle.repeat(luck.between(1, LONG / middle.length)) + end);
};
const withoutField: Mutation = ({ holder, key }) => void Reflect.deleteProperty(holder, key);
const manyItems: Mutation = (place, luck) =>
  put(
    place,
    Array.from({ length: luck.between(51, 3_000) }, () => luck.pick(ODD)),
  );
const manyFields: Mutation = (place, luck) =>
  put(
    place,
    Object.fromEntries(Array.from({ length: luck.between(21, 800) }, (_, n) => [`f${n}`, n])),
  );

/** Names that an object already answers to, as fields of its own. */
const takenName: Mutation = ({ holder }, luck) => {
  const name = luck.pick([
    "__proto__",
    "constructor",
    "prototype",
    "hasOwnProperty",
    "toJSON",
    "\0",
    "",
  ]);
  const value = luck.pick<Json>([{ analytics: true }, { isAdmin: true }, "x", null]);
  Object.defineProperty(holder, name, { value, enumerable: true, configurable: true });
};

/** Text that takes three or four bytes for each character and cannot be compressed. */
function weighty(luck: Chance): string {
  const [first, last] = luck.pick([
    [0x4e00, 0x9fff],
    [0x20000, 0x2a6df],
  ]);
  const length = luck.pick([30, 120, 250, 500, 1_000]);
  return String.fromCodePoint(...Array.from({ length }, () => luck.between(first, last)));
}
const NUMBERS: [number, ...number[]] = [0, 1, 100, 1_000, 100_000, 1_800_000, 1e9, 1e12, 0.5];
const MOMENTS: [string, ...string[]] = [
  new Date().toISOString(),
  ...["1970-01-01T00:00:00Z", "2000-01-01T00:00:00Z", "2099-12-31T23:59:59Z"],
];

/** What is as sound as what was there, or nearly: the least, the most, or written otherwise. */
const alike: Mutation = (place, luck) => {
  const value = Array.isArray(place.holder) ? null : place.holder[place.key];
  if (typeof value === "number") put(place, luck.pick(NUMBERS));
  else if (typeof value === "boolean") put(place, !value);
  else if (typeof value !== "string") put(place, null);
  else if (/^\d+$/.test(value)) put(place, luck.pick(["0", `0${value}`, "9".repeat(18)]));
  else if (/^\d{4}-/.test(value)) put(place, luck.pick(MOMENTS));
  else if (luck.happens(0.005)) put(place, "x".repeat(HUGE));
  else put(place, (value.startsWith("/") ? "/" : "") + weighty(luck));
};
/** The same thing said twice, which is sound wherever it may be said more than once. */
const saidTwice: Mutation = ({ holder, key }) => {
  const list = Array.isArray(holder) ? holder : holder[key];
  if (Array.isArray(list)) list.push(...structuredClone(Array.from(list).slice(0, 50)));
};
const neighboursValue: Mutation = (place) => put(place, Object.values(place.holder).at(-1) ?? null);

const MUTATIONS: [Mutation, ...Mutation[]] = [
  oddValue,
  oddValue,
  longText,
  withoutField,
  manyItems,
  manyFields,
  takenName,
  neighboursValue,
  alike,
  alike,
  alike,
  alike,
  saidTwice,
];

/** Spoils a document in one to three places and writes it down. */
export function spoilTree(batch: Json, luck: Chance): string {
  for (let times = luck.between(1, 3); times > 0; times--) {
    const places = placesIn(batch);
    const place = places[luck.between(0, places.length - 1)];
    if (place) luck.pick(MUTATIONS)(place, luck);
  }
  return JSON.stringify(batch);
}

type TextMutation = (text: string, luck: Chance) => string;

const insert = (text: string, at: number, what: string) =>
  text.slice(0, at) + what + text.slice(at);
const somewhere = (text: string, luck: Chance) => luck.between(0, text.length);

const truncated: TextMutation = (text, luck) => text.slice(0, somewhere(text, luck));
const twice: TextMutation = (text) => text + text;
const strewn: TextMutation = (text, luck) =>
  insert(
    text,
    somewhere(text, luck),
    luck.pick(["\0", "\ufeff", "\\ud800", "\\u0000", "}", "[", '"', ",", "\u2028", "//", "1e999"]),
  );
const hugeNumber: TextMutation = (text, luck) =>
  text.replace(
    /:\d+/,
    `:${luck.pick(["1e999", "-1e999", "9".repeat(5_000), "1e-999", "0".repeat(9)])}`,
  );
const doubledKey: TextMutation = (text) => text.replace('{"key"', '{"key":1,"events":[],"key"');
const nested: TextMutation = (text, luck) => {
  const deep = luck.pick([
    "[".repeat(DEPTH) + "]".repeat(DEPTH),
    "[".repeat(DEPTH),
    '{"a":'.repeat(DEPTH / 3) + "1" + "}".repeat(DEPTH / 3),
  ]);
  const place = luck.pick([/"data":\{/, /"events":\[/, /"key":"[^"]*"/, /^.*$/s]);
  return text.replace(place, (found) => {
    if (found.startsWith('"data"')) return `"data":{"deep":${deep},`;
    if (found.startsWith('"events"')) return `"events":[${deep},`;
    return found.startsWith('"key"') ? `"key":${deep}` : deep;
  });
};
const tooLong: TextMutation = (text, luck) => text + " ".repeat(luck.between(60_000, 140_000));

const TEXT_MUTATIONS: [TextMutation, ...TextMutation[]] = [
  truncated,
  twice,
  strewn,
  strewn,
  hugeNumber,
  doubledKey,
  nested,
  tooLong,
];

export const spoilText = (text: string, luck: Chance) => luck.pick(TEXT_MUTATIONS)(text, luck);

/** Spoils single bytes: the text may no longer be UTF-8. */
export function spoilBytes(bytes: Buffer, luck: Chance): Buffer {
  const spoiled = Buffer.from(bytes);
  for (let times = luck.between(1, 8); times > 0; times--)
    spoiled[luck.between(0, spoiled.length - 1)] = luck.between(0, 255);
  return spoiled;
}
