import { badRequest } from "../errors";
import { parseGid } from "../gid";
import { parseSearch, type Comparator, type Query, type Term } from "./search-syntax";

type Value = string | number | boolean | null;

/** How a filter reads an item, and how it compares.
 * `text` finds words within; `keyword` is the whole value, or its beginning by `*`; both ignore case. */
export type Filter<Item> = {
  kind: "text" | "keyword" | "number" | "time";
  of: (item: Item) => Value | readonly Value[];
};
/** The filters of one list. `default` is what words without a filter are looked for in. */
export type Filters<Item> = Record<string, Filter<Item>>;

export const text = <Item>(of: Filter<Item>["of"]): Filter<Item> => ({ kind: "text", of });
export const keyword = <Item>(of: Filter<Item>["of"]): Filter<Item> => ({ kind: "keyword", of });
export const number = <Item>(of: Filter<Item>["of"]): Filter<Item> => ({ kind: "number", of });
export const time = <Item>(of: Filter<Item>["of"]): Filter<Item> => ({ kind: "time", of });

export type SearchWarning = { field: string; message: string; code: string };
/** An entry of an answer's `extensions.search`. */
export type SearchNote = {
  path: (string | number)[];
  query: string;
  warnings: SearchWarning[];
};

type Test<Item> = (item: Item) => boolean;
type Search<Item> = { test: Test<Item>; warnings: SearchWarning[] };

/** Makes a test of a search. A filter that the list does not have is left out and warned of; it is no
 * error, so the list comes back longer than was meant. dev:api/usage/search-syntax
 * @param now for filters like `created_at:<now`
 * @throws {GraphQLError} BAD_REQUEST for a time that is none */
export function compileSearch<Item>(
  query: string,
  filters: Filters<Item>,
  now: Date,
): Search<Item> {
  const warnings: SearchWarning[] = [];
  const test = compile(parseSearch(query), (term) => {
    const name = term.field ?? "default";
    const filter = filters[name];
    if (filter) return testOf(term, filter, now);
    warnings.push({ field: name, message: INVALID_FIELD, code: "invalid_field" });
    return undefined;
  });
  return { test: test ?? (() => true), warnings };
}

const INVALID_FIELD = "Invalid search field for this query.";

/** Undefined where nothing is left to test. */
function compile<Item>(
  query: Query,
  testOfTerm: (term: Term) => Test<Item> | undefined,
): Test<Item> | undefined {
  if (query.kind === "term") return testOfTerm(query);
  if (query.kind === "not") {
    const inner = compile(query.part, testOfTerm);
    return inner && ((item) => !inner(item));
  }
  const tests = query.parts
    .map((part) => compile(part, testOfTerm))
    .filter((test) => test !== undefined);
  if (tests.length === 0) return undefined;
  return query.kind === "and"
    ? (item) => tests.every((test) => test(item))
    : (item) => tests.some((test) => test(item));
}

function testOf<Item>(term: Term, filter: Filter<Item>, now: Date): Test<Item> {
  const wanted = term.quoted ? [term.value] : term.value.split(",");
  const tests = wanted.map((value) => valueTest({ ...term, value }, filter.kind, now));
  return (item) => {
    const found = filter.of(item);
    const values = Array.isArray(found) ? (found as readonly Value[]) : [found as Value];
    return values.some((value) => value !== null && tests.some((test) => test(value)));
  };
}

function valueTest(term: Term, kind: Filter<unknown>["kind"], now: Date): Test<Value> {
  if (term.value === "*" && !term.quoted) return () => true;
  if (kind === "number") return orderTest(term.comparator, numberOf(term.value), Number);
  if (kind === "time") return orderTest(term.comparator, timeOf(term, now), toSecondsOf);
  const wanted = term.value.toLowerCase();
  if (kind === "text") return (value) => String(value).toLowerCase().includes(wanted);
  if (wanted.endsWith("*") && !term.quoted)
    return (value) => String(value).toLowerCase().startsWith(wanted.slice(0, -1));
  return (value) => String(value).toLowerCase() === wanted;
}

const ORDERS: Record<Comparator, (a: number, b: number) => boolean> = {
  "=": (a, b) => a === b,
  "<": (a, b) => a < b,
  "<=": (a, b) => a <= b,
  ">": (a, b) => a > b,
  ">=": (a, b) => a >= b,
};

const orderTest =
  (comparator: Comparator, wanted: number, read: (value: Value) => number): Test<Value> =>
  (value) =>
    ORDERS[comparator](read(value), wanted);

const numberOf = (value: string) => parseGid(value)?.id ?? Number(value);

/** Times are kept to the second. */
const toSecondsOf = (value: Value) => Math.floor(Date.parse(String(value)) / 1000);

/** A day, or a time in UTC when it names no zone; what lacks minutes starts the hour. */
function timeOf({ field, value }: Term, now: Date): number {
  const [, hour, minutes = ":00", zone = "Z"] = LOCAL_TIME.exec(value) ?? [];
  const time = value === "now" ? now.getTime() : Date.parse(hour ? hour + minutes + zone : value);
  if (Number.isNaN(time))
    throw badRequest(`Invalid timestamp for query filter \`${field ?? "default"}\`.`);
  return Math.floor(time / 1000);
}

const LOCAL_TIME = /^(\d{4}-\d\d-\d\dT\d\d)(:\d\d(?::\d\d(?:\.\d+)?)?)?(Z|[+-]\d\d:?\d\d)?$/;
