/** Shopify's search syntax, as far as filters of the Admin API use it. dev:api/usage/search-syntax */
export type Comparator = "=" | "<" | "<=" | ">" | ">=";
export type Term = {
  kind: "term";
  /** Null for words that are looked for everywhere. */
  field: string | null;
  comparator: Comparator;
  value: string;
  /** A phrase: no wildcard, no list of alternatives. */
  quoted: boolean;
};
export type Query = Term | { kind: "and" | "or"; parts: Query[] } | { kind: "not"; part: Query };

type Token = { text: string; quoted: boolean };

const TOKEN = /"((?:\\.|[^"\\])*)"|'((?:\\.|[^'\\])*)'|([():])|((?:\\.|[^\s:()"'\\])+)/g;
const COMPARATOR = /^(<=|>=|<|>|=)?(.*)$/s;
const PUNCTUATION = new Set([":", "(", ")"]);

/** Reads a search. Nothing is refused: what makes no sense becomes terms that match nothing, or that
 * name a field that does not exist (a time without quotes does, by its colons). */
export function parseSearch(text: string): Query {
  const tokens = [...text.matchAll(TOKEN)].map(toToken);
  const parts: Query[] = [];
  while (tokens.length > 0) {
    parts.push(readAlternatives(tokens));
    if (isMark(tokens[0], ")")) tokens.shift(); // closes nothing
  }
  return together("and", parts);
}

function toToken([, double, single, mark, word]: RegExpMatchArray): Token {
  const phrase = double ?? single;
  const text = phrase ?? mark ?? word ?? "";
  return { text: text.replaceAll(/\\(.)/g, "$1"), quoted: phrase !== undefined };
}

const isMark = (token: Token | undefined, mark: string) => token?.text === mark && !token.quoted;

const together = (kind: "and" | "or", parts: Query[]): Query =>
  parts.length === 1 && parts[0] ? parts[0] : { kind, parts };

/** `a b OR c`: AND, spoken or not, binds tighter than OR. */
function readAlternatives(tokens: Token[]): Query {
  const alternatives: Query[][] = [[]];
  while (tokens[0] && !isMark(tokens[0], ")")) {
    if (isMark(tokens[0], "OR")) alternatives.push([]);
    if (isMark(tokens[0], "OR") || isMark(tokens[0], "AND")) tokens.shift();
    else alternatives.at(-1)?.push(...readPart(tokens));
  }
  return together(
    "or",
    alternatives.map((parts) => together("and", parts)),
  );
}

function readPart(tokens: Token[]): Query[] {
  const token = tokens.shift();
  if (!token || isMark(token, ":")) return []; // a colon after no name
  if (isMark(token, "(")) {
    const inner = readAlternatives(tokens);
    tokens.shift();
    return [inner];
  }
  const isMinus = /^-./.test(token.text) && !token.quoted;
  if (isMinus) tokens.unshift({ ...token, text: token.text.slice(1) });
  if (isMinus || isMark(token, "NOT"))
    return readPart(tokens).map((part) => ({ kind: "not", part }));
  if (!isMark(tokens[0], ":")) return [word(null, token)];
  tokens.shift();
  return [readValue(token.text, tokens)];
}

function readValue(field: string, tokens: Token[]): Term {
  const first = tokens[0];
  if (!first || (PUNCTUATION.has(first.text) && !first.quoted))
    return { ...word(field, { text: "", quoted: true }) };
  tokens.shift();
  const isBareComparator = !first.quoted && /^(<=|>=|<|>|=)$/.test(first.text);
  const next = isBareComparator ? tokens.shift() : undefined;
  if (!next) return word(field, first);
  return { ...word(field, next), comparator: first.text as Comparator };
}

function word(field: string | null, { text, quoted }: Token): Term {
  if (quoted) return { kind: "term", field, comparator: "=", value: text, quoted };
  const [, comparator, value = ""] = COMPARATOR.exec(text) ?? [];
  const spoken = (comparator ?? "=") as Comparator;
  return { kind: "term", field, comparator: spoken, value, quoted };
}
