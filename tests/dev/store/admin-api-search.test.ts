import fc from "fast-check";
import { expect, test } from "vitest";
import {
  compileSearch,
  keyword,
  number,
  text,
  time,
  type Filters,
} from "../../../dev/store/admin-api/lists/search";
import { parseSearch } from "../../../dev/store/admin-api/lists/search-syntax";

type Item = { id: number; title: string; vendor: string; tags: string[]; updatedAt: string };

const ITEMS: Item[] = [
  {
    id: 1,
    title: "Green hoodie",
    vendor: "Acme",
    tags: ["warm"],
    updatedAt: "2026-09-01T10:00:00.900Z",
  },
  { id: 2, title: "Green tea", vendor: "Harbour Tea", tags: [], updatedAt: "2026-09-02T10:00:00Z" },
  {
    id: 3,
    title: "Red hoodie",
    vendor: "acme",
    tags: ["warm", "sale"],
    updatedAt: "2026-09-03T00:00:00Z",
  },
];
const FILTERS: Filters<Item> = {
  default: text(({ title, vendor }) => [title, vendor]),
  id: number(({ id }) => id),
  title: text(({ title }) => title),
  vendor: keyword(({ vendor }) => vendor),
  tag: keyword(({ tags }) => tags),
  updated_at: time(({ updatedAt }) => updatedAt),
};
const NOW = new Date("2026-09-02T12:00:00Z");

const idsFor = (query: string) => {
  const { test } = compileSearch(query, FILTERS, NOW);
  return ITEMS.filter(test).map(({ id }) => id);
};

test.each([
  ["hoodie", [1, 3]],
  ["green hoodie", [1]],
  ["green AND hoodie", [1]],
  ["tea OR red", [2, 3]],
  ["green hoodie OR red hoodie", [1, 3]],
  ["green (tea OR hoodie)", [1, 2]],
  ["-green", [3]],
  ["NOT green", [3]],
  ["-title:green", [3]],
  ["NOT (tea OR red)", [1]],
  ["vendor:acme", [1, 3]],
  ["vendor:'harbour tea'", [2]],
  ['vendor:"Harbour Tea"', [2]],
  ["vendor:harb*", [2]],
  ["vendor:acme,nobody", [1, 3]],
  ["id:1,3", [1, 3]],
  ["tag:sale", [3]],
  ["tag:*", [1, 3]],
  ["-tag:*", [2]],
  ["id:>1", [2, 3]],
  ["id:>=2 id:<3", [2]],
  ["id:'gid://shopify/Product/2'", [2]],
  ["updated_at:>'2026-09-01T10:00:00Z'", [2, 3]],
  ["updated_at:>='2026-09-01T10:00:00Z'", [1, 2, 3]],
  ["updated_at:>=2026-09-03", [3]],
  ["updated_at:>= '2026-09-03'", [3]],
  ["updated_at:<now", [1, 2]],
  ["", [1, 2, 3]],
])("%s finds %j", (query, ids) => {
  expect(idsFor(query)).toEqual(ids);
});

test("a filter that does not exist is left out, and warned of", () => {
  const { test, warnings } = compileSearch("colour:red vendor:acme", FILTERS, NOW);

  expect(ITEMS.filter(test).map(({ id }) => id)).toEqual([1, 3]);
  expect(warnings).toEqual([
    { field: "colour", message: "Invalid search field for this query.", code: "invalid_field" },
  ]);
});

test("a time without quotes breaks at its colons, as it does at Shopify", () => {
  const { warnings } = compileSearch("updated_at:>=2026-09-02T02:45:22.433Z", FILTERS, NOW);

  expect(warnings.map(({ field }) => field)).toEqual(["45"]);
  expect(idsFor("updated_at:>=2026-09-02T02:45:22.433Z")).toEqual([2, 3]);
});

test("a time that is none is refused", () => {
  expect(() => idsFor("updated_at:>soon")).toThrow(
    "Invalid timestamp for query filter `updated_at`.",
  );
});

test("whatever is typed, a search can be read", () => {
  const pieces = fc.constantFrom(
    "a",
    "title",
    ":",
    "(",
    ")",
    "'",
    '"',
    "-",
    "OR",
    "NOT",
    ">=",
    "*",
    " ",
    "\\",
  );

  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 12 }), (parts) => {
      expect(() => parseSearch(parts.join(""))).not.toThrow();
    }),
  );
});
