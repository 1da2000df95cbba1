import type { GraphQLResolveInfo } from "graphql";
import { badRequest } from "../errors";
import type { Node, ShopScope } from "../scope";
import { compileSearch, type Filters } from "./search";

/** The arguments of a paged list. */
export type Page = {
  first?: number | null;
  last?: number | null;
  after?: string | null;
  before?: string | null;
  reverse?: boolean | null;
  query?: string | null;
  sortKey?: string | null;
};
type SortValue = string | number | null;

/** What can be listed, and how. Without a sort key a list keeps the order it comes in. */
export type Listing<Item> = {
  node: (item: Item) => Node;
  id: (item: Item) => number;
  filters?: Filters<Item>;
  /** `as listed` is the order that the items come in. */
  sortKeys?: Record<string, ((item: Item) => SortValue) | "as listed">;
};

type Place = { last_id: number; last_value: SortValue };
type Placed<Item> = { item: Item; place: Place };

const LARGEST_PAGE = 250;

/** A field that pages through `items`, which may depend on the field's other arguments.
 * dev:api/usage/pagination-graphql */
export const paged =
  <Item, Arguments extends Page = Page>(
    items: (page: Arguments) => readonly Item[],
    listing: Listing<Item>,
  ) =>
  (page: Arguments, scope: ShopScope, info: GraphQLResolveInfo) => {
    if (!scope.wholeLists) check(page);
    const found = search(items(page), page.query, listing.filters, { scope, info });
    return connection(sort(found, listing, page), listing, scope.wholeLists ? {} : page);
  };

/** A field that counts `items`. Counting stops at `limit`, 10,000 when nothing else is said. */
export const counted =
  <Item>(items: () => readonly Item[], { filters }: Pick<Listing<Item>, "filters">) =>
  (
    { query, limit }: { query?: string | null; limit?: number | null },
    scope: ShopScope,
    info: GraphQLResolveInfo,
  ) => {
    const { length } = search(items(), query, filters, { scope, info });
    const isCut = typeof limit === "number" && length > limit;
    return isCut ? { count: limit, precision: "AT_LEAST" } : exactCount(length);
  };

export const exactCount = (count: number) => ({ count, precision: "EXACT" });

function check({ first, last }: Page): void {
  if (typeof first === "number" && typeof last === "number")
    throw badRequest("providing both first and last is not supported");
  const size = first ?? last;
  const name = typeof first === "number" ? "first" : "last";
  if (typeof size !== "number") throw badRequest("you must provide one of first or last");
  if (size > LARGEST_PAGE) throw badRequest(`${name} cannot exceed ${LARGEST_PAGE}`);
  if (size < 0) throw badRequest(`${name} must be a non-negative integer`);
}

function search<Item>(
  items: readonly Item[],
  query: string | null | undefined,
  filters: Filters<Item> = {},
  { scope, info }: { scope: ShopScope; info: GraphQLResolveInfo },
): readonly Item[] {
  if (!query?.trim()) return items;
  const { test, warnings } = compileSearch(query, filters, scope.platform.now());
  if (warnings.length > 0) scope.searchNotes.push({ path: pathOf(info), query, warnings });
  return items.filter(test);
}

function pathOf({ path }: GraphQLResolveInfo): (string | number)[] {
  const keys: (string | number)[] = [];
  for (let at: typeof path | undefined = path; at; at = at.prev) keys.unshift(at.key);
  return keys;
}

function sort<Item>(
  items: readonly Item[],
  { id, sortKeys }: Listing<Item>,
  { sortKey, reverse }: Page,
): Placed<Item>[] {
  const order = sortKeys ? (sortKey ? sortKeys[sortKey] : "as listed") : "as listed";
  if (!order) throw new Error(`the stand-in cannot sort by ${sortKey ?? ""} yet`);
  const valueOf = order === "as listed" ? undefined : order;
  const placed = items.map((item, i) => ({
    item,
    place: { last_id: id(item), last_value: valueOf ? valueOf(item) : i },
  }));
  if (valueOf) placed.sort((a, b) => compare(a.place, b.place));
  return reverse ? placed.reverse() : placed;
}

function compare(a: Place, b: Place): number {
  if (a.last_value === b.last_value) return a.last_id - b.last_id;
  if (a.last_value === null || b.last_value === null) return a.last_value === null ? -1 : 1;
  return a.last_value < b.last_value ? -1 : 1;
}

function connection<Item>(placed: Placed<Item>[], { node }: Listing<Item>, page: Page) {
  const from = page.after ? placed.findIndex(isBeyond(page.after, page)) : 0;
  const to = page.before ? placed.findIndex(isAtOrBeyond(page.before, page)) : placed.length;
  const window = { from: from < 0 ? placed.length : from, to: to < 0 ? placed.length : to };
  if (typeof page.first === "number") window.to = Math.min(window.to, window.from + page.first);
  if (typeof page.last === "number") window.from = Math.max(window.from, window.to - page.last);
  const edges = placed
    .slice(window.from, window.to)
    .map(({ item, place }) => ({ cursor: toCursor(place), node: node(item) }));
  return {
    edges,
    nodes: edges.map(({ node }) => node),
    pageInfo: {
      hasNextPage: window.to < placed.length,
      hasPreviousPage: window.from > 0,
      startCursor: edges.at(0)?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}

/** A cursor names a place in the order, so it survives that the item itself moves or goes. */
const toCursor = (place: Place) => Buffer.from(JSON.stringify(place)).toString("base64");

function placeOf(cursor: string): Place {
  try {
    return JSON.parse(Buffer.from(cursor, "base64").toString()) as Place;
  } catch {
    throw badRequest("Invalid cursor for current pagination sort.");
  }
}

function isBeyond<Item>(cursor: string, { reverse }: Page) {
  const place = placeOf(cursor);
  return (other: Placed<Item>) => compare(other.place, place) * (reverse ? -1 : 1) > 0;
}

function isAtOrBeyond<Item>(cursor: string, { reverse }: Page) {
  const place = placeOf(cursor);
  return (other: Placed<Item>) => compare(other.place, place) * (reverse ? -1 : 1) >= 0;
}
