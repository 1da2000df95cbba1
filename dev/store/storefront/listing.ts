import { isAvailable, isListed, type Product } from "../catalog/model";

/** How a shopper wants a list of products: what Shopify's storefront filtering puts into the address.
 * dev:storefronts/themes/navigation-search/filtering */
export type ListingQuery = {
  availability: boolean | null;
  vendors: string[];
  types: string[];
  /** By an option's name in lower case, the values of which one is wanted. */
  options: Record<string, string[]>;
  /** In minor units. */
  priceFrom: number | null;
  priceTo: number | null;
  sortBy: SortBy;
};

export const SORTS = {
  manual: "Featured",
  "best-selling": "Best selling",
  "title-ascending": "A to Z",
  "price-ascending": "Price, low to high",
  "price-descending": "Price, high to low",
  "created-descending": "Newest",
} as const;
export type SortBy = keyof typeof SORTS;

const OPTION = "filter.v.option.";

/** Reads `filter.…` and `sort_by`; what nobody knows is left out, as at Shopify. */
export function readListingQuery(query: URLSearchParams): ListingQuery {
  const minor = (name: string) => {
    const value = Number.parseFloat(query.get(name) ?? "");
    return Number.isFinite(value) ? Math.round(value * 100) : null;
  };
  const options: Record<string, string[]> = {};
  for (const name of new Set([...query.keys()].filter((key) => key.startsWith(OPTION))))
    options[name.slice(OPTION.length).toLowerCase()] = query.getAll(name);
  const available = query.get("filter.v.availability");
  const sortBy = query.get("sort_by") ?? "";
  return {
    availability: available === null ? null : available === "1",
    vendors: query.getAll("filter.p.vendor"),
    types: query.getAll("filter.p.product_type"),
    options,
    priceFrom: minor("filter.v.price.gte"),
    priceTo: minor("filter.v.price.lte"),
    sortBy: isSort(sortBy) ? sortBy : "manual",
  };
}

const isSort = (name: string): name is SortBy => Object.hasOwn(SORTS, name);

/** The products of a list that a shopper wants to see, in their order.
 * @param sold how many pieces of a product were sold, for `best-selling` */
export function listProducts(
  products: readonly Product[],
  query: ListingQuery,
  sold: (productId: number) => number,
): Product[] {
  const wanted = products.filter((product) => isListed(product) && isWanted(product, query));
  const price = ({ variants }: Product) => Math.min(...variants.map((each) => each.priceMinor));
  const order: Record<SortBy, (one: Product, other: Product) => number> = {
    manual: () => 0,
    "best-selling": (one, other) => sold(other.id) - sold(one.id),
    "title-ascending": (one, other) => one.title.localeCompare(other.title),
    "price-ascending": (one, other) => price(one) - price(other),
    "price-descending": (one, other) => price(other) - price(one),
    "created-descending": (one, other) => Date.parse(other.createdAt) - Date.parse(one.createdAt),
  };
  return wanted.toSorted(order[query.sortBy]);
}

/** Within a filter one value is enough; every filter must let the product through. What is said of
 * variants must be true of one and the same variant. */
function isWanted(product: Product, query: ListingQuery): boolean {
  const { availability, vendors, types, options, priceFrom, priceTo } = query;
  if (vendors.length > 0 && !vendors.includes(product.vendor)) return false;
  if (types.length > 0 && !types.includes(product.type)) return false;
  return product.variants.some(
    (variant) =>
      (availability === null || isAvailable(variant) === availability) &&
      (priceFrom === null || variant.priceMinor >= priceFrom) &&
      (priceTo === null || variant.priceMinor <= priceTo) &&
      Object.entries(options).every(([name, values]) =>
        variant.options.some(
          (option) => option.name.toLowerCase() === name && values.includes(option.value),
        ),
      ),
  );
}

export type FilterValue = {
  label: string;
  count: number;
  param: string;
  value: string;
  on: boolean;
};
export type Filter = { label: string; values: FilterValue[] };

/** The filters that a list offers: every vendor, type and option that is in it, with its count. */
export function filtersOf(products: readonly Product[], query: ListingQuery): Filter[] {
  const listed = products.filter(isListed);
  const choose = (
    label: string,
    param: string,
    on: readonly string[],
    of: (p: Product) => string[],
  ) => {
    const counts = new Map<string, number>();
    for (const product of listed)
      for (const value of new Set(of(product))) counts.set(value, (counts.get(value) ?? 0) + 1);
    const values = [...counts].map(([value, count]) => {
      return { label: value, count, param, value, on: on.includes(value) };
    });
    return {
      label,
      values: values.toSorted((a, b) => a.label.localeCompare(b.label, "en", { numeric: true })),
    };
  };
  const names = [...new Set(listed.flatMap(({ options }) => options.map(({ name }) => name)))];
  const inStock = listed.filter(({ variants }) => variants.some(isAvailable)).length;
  const availability = {
    label: "In stock",
    count: inStock,
    param: "filter.v.availability",
    value: "1",
  };
  return [
    { label: "Availability", values: [{ ...availability, on: query.availability === true }] },
    choose("Vendor", "filter.p.vendor", query.vendors, ({ vendor }) => [vendor]),
    choose("Product type", "filter.p.product_type", query.types, ({ type }) => [type]),
    ...names.map((name) =>
      choose(
        name,
        `${OPTION}${name.toLowerCase()}`,
        query.options[name.toLowerCase()] ?? [],
        ({ options }) =>
          options.filter((option) => option.name === name).flatMap(({ values }) => values),
      ),
    ),
  ].filter(({ label, values }) => values.length > 1 || label === "Availability");
}

/** What a shop's search finds: every word in the title, type, vendor, tags or description, those with
 * the words in their title first. */
export function searchProducts(products: readonly Product[], text: string): Product[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  const isIn = (text: string) => words.every((word) => text.toLowerCase().includes(word));
  const found = products.filter(
    (product) =>
      isListed(product) &&
      isIn(
        [product.title, product.type, product.vendor, ...product.tags, product.description].join(
          " ",
        ),
      ),
  );
  return found.toSorted((one, other) => Number(isIn(other.title)) - Number(isIn(one.title)));
}

/** What goes with a product: of its type first, then what shares a tag; none twice, none hidden.
 * @param intent `complementary` is what other types have for the same tags */
export function recommend(
  products: readonly Product[],
  product: Product,
  { intent, limit }: { intent: "related" | "complementary"; limit: number },
): Product[] {
  const others = products.filter((other) => isListed(other) && other.id !== product.id);
  const shares = ({ tags }: Product) => tags.filter((tag) => product.tags.includes(tag)).length;
  const isSame = ({ type }: Product) => type === product.type;
  const fit = (other: Product) =>
    intent === "related"
      ? Number(isSame(other)) * 10 + shares(other)
      : isSame(other)
        ? 0
        : shares(other);
  return others
    .filter((other) => fit(other) > 0)
    .toSorted((one, other) => fit(other) - fit(one))
    .slice(0, limit);
}
