import type { Corpus } from "./corpus";
import type { Features } from "./features";

/** Something that speaks for two listings being one product, or against it. */
export type Evidence = {
  name: EvidenceName;
  /** Above zero for, below zero against; each is a factor e of the odds. */
  points: number;
  /** In a merchant's words. */
  words: string;
};

export type EvidenceName =
  keyof typeof POINTS | "title" | "more words" | "other words" | "other price";

const POINTS = {
  ...{ barcode: 8, "other barcode": -4, SKU: 4, "SKU elsewhere": 2, model: 3 },
  ...{ "other numbers": -4, accessory: -3, vendor: 1, "other vendor": -1 },
  ...{ size: 0.5, "other size": -4, color: 0.5, "other color": -4, price: 0.5 },
} as const;

const said = (name: keyof typeof POINTS, words: string): Evidence[] => [
  { name, points: POINTS[name], words },
];

/** What the numbers tell that makers and merchants give to products. */
export function numberEvidence(one: Features, other: Features, corpus: Corpus): Evidence[] {
  const common = (field: "gtins" | "skus" | "models") =>
    shared(one[field], other[field]).filter(corpus.isNaming);
  const [gtin] = common("gtins");
  const [sku] = common("skus");
  const [model] = common("models");
  const isOneStore = one.listing.store === other.listing.store;
  const haveGtins = [one, other].every(({ gtins }) => gtins.some(corpus.isNaming));
  return [
    ...(gtin ? said("barcode", `Both have the barcode ${gtin.replace(/^0+/, "")}`) : []),
    ...(!gtin && haveGtins ? said("other barcode", "Their barcodes differ") : []),
    ...(sku ? said(isOneStore ? "SKU" : "SKU elsewhere", `Both have the SKU ${sku}`) : []),
    ...(model ? said("model", `Both titles name the model ${model.toUpperCase()}`) : []),
  ];
}

/** What titles tell besides their words: a 24 is no 32, a refill not what it refills. Where they share a
 * maker's number, what other models they name does not count. */
export function kindEvidence(one: Features, other: Features): Evidence[] {
  const sharesModel = shared(one.models, other.models).length > 0;
  const countedIn = ({ numbers, models }: Features) =>
    sharesModel ? numbers.filter((number) => !models.includes(number)) : numbers;
  const numbers = differing(countedIn(one), countedIn(other));
  const turns = differing(one.turns, other.turns);
  return [
    ...(numbers ? said("other numbers", `Their titles have other numbers: ${numbers}`) : []),
    ...(turns ? said("accessory", `Only one is called ${turns}`) : []),
  ];
}

/** Who sells it: the same vendor, or the one whom the other's title names. */
export function vendorEvidence(one: Features, other: Features): Evidence[] {
  const names = (title: Features, { vendor }: Features) =>
    vendor.length > 0 && vendor.every((word) => title.words.includes(word));
  if (one.vendor.length === 0 || other.vendor.length === 0) return [];
  if (one.vendor.join(" ") === other.vendor.join(" "))
    return said("vendor", `Both are of ${one.listing.vendor}`);
  if (names(one, other)) return said("vendor", `A title names ${other.listing.vendor}`);
  if (names(other, one)) return said("vendor", `A title names ${one.listing.vendor}`);
  return said("other vendor", "Their vendors differ");
}

/** What they come in. A title that names a colour or size is of that one alone. */
export function optionEvidence(one: Features, other: Features): Evidence[] {
  return [
    ...optionsOf("color", { mine: one.colors, theirs: other.colors }, [one, other]),
    ...optionsOf("size", { mine: one.sizes, theirs: other.sizes }, [one, other]),
  ];
}

type Values = { mine: readonly string[]; theirs: readonly string[] };

function optionsOf(
  name: "color" | "size",
  { mine, theirs }: Values,
  [one, other]: [Features, Features],
): Evidence[] {
  const field = name === "color" ? "titleColors" : "titleSizes";
  if (conflict([one[field], mine], [other[field], theirs]))
    return said(`other ${name}`, `They come in other ${name}s`);
  const common = shared(mine, theirs);
  return common.length > 0 ? said(name, `Both come in ${common.slice(0, 4).join(", ")}`) : [];
}

/** Whether what each is said to come in, by its title or else by its options, has nothing in common. */
function conflict(
  [title, options]: [readonly string[], readonly string[]],
  [otherTitle, otherOptions]: [readonly string[], readonly string[]],
): boolean {
  const [mine, theirs] = [
    title.length > 0 ? title : options,
    otherTitle.length > 0 ? otherTitle : otherOptions,
  ];
  if (mine.length === 0 || theirs.length === 0) return false;
  return shared(mine, theirs).length === 0;
}

/** How near their prices are. Nothing is said of prices in two currencies. */
export function priceEvidence(one: Features, other: Features): Evidence[] {
  const [mine, theirs] = [one.listing, other.listing];
  if (mine.currency === null || mine.currency !== theirs.currency) return [];
  const ratio = priceRatio(mine, theirs);
  if (ratio === null) return [];
  if (ratio >= 0.8) return said("price", "They cost about the same");
  if (ratio >= 0.5) return [];
  const words = `One costs ${(1 / ratio).toFixed(1)} times as much`;
  return [{ name: "other price", points: Math.max(-5, 2 * Math.log2(2 * ratio) - 1), words }];
}

type Prices = Pick<Features["listing"], "minPriceMinor" | "maxPriceMinor">;

/** The cheaper's price by the dearer's, of what is nearest in their ranges: 1 where these meet; null
 * where one is for nothing. */
export function priceRatio(one: Prices, other: Prices): number | null {
  const [cheap, dear] =
    one.minPriceMinor <= other.minPriceMinor ? ([one, other] as const) : ([other, one] as const);
  if (cheap.maxPriceMinor <= 0) return null;
  return Math.min(1, cheap.maxPriceMinor / dear.minPriceMinor);
}

const shared = (mine: readonly string[], theirs: readonly string[]): string[] =>
  mine.filter((value) => theirs.includes(value));

/** What only one of two has, in words; null when they have the same. */
function differing(mine: readonly string[], theirs: readonly string[]): string | null {
  const only = [
    ...mine.filter((word) => !theirs.includes(word)),
    ...theirs.filter((word) => !mine.includes(word)),
  ];
  return only.length > 0 ? only.sort().join(", ") : null;
}
