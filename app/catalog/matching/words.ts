/** Titles as words that can be compared, whoever wrote them. */

/** Words that say nothing of what a thing is, in the languages that shops write titles in most. */
const EMPTY = new Set(
  `a an and as at by from in into of on or the this to with your
   der die das den dem des ein eine einer einem und mit von vom zur zum im am aus
   le la les un une des du de et avec par pour el los las y con por
   new neu nouveau nuevo sale original genuine official authentic brand shipping`.split(/\s+/),
);

/** Words that make another thing of what they stand beside: a case is not the phone that it is for. */
const TURNING = new Set(
  `accessory adapter battery bundle case charger compatible cover for für fuer insert kit lid part
   lite max mini plus pro protector refill refurbished replacement sample set sleeve spare strap
   ultra used demo`.split(/\s+/),
);

const COLORS = new Set(
  `beige black blue bronze brown burgundy charcoal coral cream cyan gold gray green grey indigo ivory
   khaki lavender lilac magenta maroon mint navy ochre olive orange pink plum purple red rose rust
   sand silver tan taupe teal turquoise violet white yellow
   schwarz blau braun grün gruen grau rot weiß weiss gelb rosa lila silber türkis
   noir bleu marron vert gris rouge blanc jaune negro azul verde rojo blanco amarillo`.split(/\s+/),
);

const NUMBERS: Readonly<Record<string, string>> = {
  ...{ one: "1", two: "2", three: "3", four: "4", five: "5", six: "6", seven: "7", eight: "8" },
  ...{ nine: "9", ten: "10", twelve: "12", single: "1", double: "2", twin: "2", triple: "3" },
};

/** A single I, V or X more often stands for itself. */
const ROMAN = new Map(
  "ii iii iv vi vii viii ix".split(" ").map((word, i) => [word, `${[2, 3, 4, 6, 7, 8, 9][i]}`]),
);

const SIZE = /^(?:xxs|xs|s|m|l|xl|xxl|xxxl|[2-5]xl)$/;

/** The words of a text: without case, accents and plurals. A number keeps its fraction. */
export function wordsOf(text: string): string[] {
  const plain = text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/['’]/g, "");
  return (plain.match(/\d+[.,]\d+|[\p{L}\p{N}]+/gu) ?? []).map(singular);
}

const singular = (word: string): string => {
  if (word.length < 4 || !word.endsWith("s") || word.endsWith("ss")) return word;
  return word.slice(0, -1);
};

const comparable = (words: ReadonlySet<string>) => new Set([...words].flatMap(wordsOf));
const [EMPTY_WORDS, TURNING_WORDS, COLOR_WORDS] = [EMPTY, TURNING, COLORS].map(comparable);

export const isEmptyWord = (word: string): boolean => EMPTY_WORDS?.has(word) ?? false;
export const isTurningWord = (word: string): boolean => TURNING_WORDS?.has(word) ?? false;
export const isColorWord = (word: string): boolean => COLOR_WORDS?.has(word) ?? false;
export const isSizeWord = (word: string): boolean => SIZE.test(word);

/** The number that a word says, as digits; null when it says none. A version such as `mk2` counts. */
export function numberOf(word: string): string | null {
  if (/\d/.test(word)) return word.replace(",", ".");
  return NUMBERS[word] ?? ROMAN.get(word) ?? null;
}
