import { InvalidInput } from "~/platform/errors";
import { PRODUCT_STATUSES, type ProductStatus } from "./statuses";

export const SORTS = ["updated", "title", "price", "-price", "stock"] as const;
export type Sort = (typeof SORTS)[number];
export const AVAILABILITIES = ["available", "unavailable"] as const;
export type Availability = (typeof AVAILABILITIES)[number];

/** What a page's address asks of the list of products; null and false for no wish. */
export type Wish = {
  /** Beginnings of words of title, vendor and handle, or the beginning of a SKU or barcode. */
  search: string | null;
  status: ProductStatus | null;
  vendor: string | null;
  productType: string | null;
  /** Shopify's id of a collection. */
  collection: string | null;
  availability: Availability | null;
  /** A variant of it stands below its compare-at price. */
  isReduced: boolean;
  /** It has not been confirmed for longer than the shop's limit. */
  isStale: boolean;
  sort: Sort;
  /** The place where the page before ended. */
  cursor: string | null;
};

const MOST_LETTERS = 200;

/** Reads a wish from an address: `q`, `status`, `vendor`, `type`, `collection`, `availability`, `reduced`,
 * `stale`, `sort`, `cursor`. An empty parameter counts as none.
 * @throws {InvalidInput} naming the parameter and what it may be */
export function parseWish(search: URLSearchParams): Wish {
  const text = (name: string) =>
    search.get(name)?.replaceAll("\0", "").trim().slice(0, MOST_LETTERS) || null;
  const oneOf = <Value extends string>(name: string, known: readonly Value[]): Value | null => {
    const asked = text(name)?.toUpperCase();
    if (asked === undefined) return null;
    const value = known.find((each) => each.toUpperCase() === asked);
    if (value) return value;
    const wanted = known.map((each) => each.toLowerCase()).join(", ");
    throw new InvalidInput(`${name} must be one of ${wanted}, got "${search.get(name)}"`);
  };
  return {
    ...{ search: text("q"), vendor: text("vendor"), productType: text("type") },
    ...{ status: oneOf("status", PRODUCT_STATUSES), collection: parseId(text("collection")) },
    availability: oneOf("availability", AVAILABILITIES),
    ...{ isReduced: isSet(text("reduced")), isStale: isSet(text("stale")) },
    ...{ sort: oneOf("sort", SORTS) ?? "updated", cursor: search.get("cursor") || null },
  };
}

const isSet = (value: string | null): boolean => value === "1" || value === "true";

function parseId(id: string | null): string | null {
  if (id === null || /^\d{1,18}$/.test(id)) return id;
  throw new InvalidInput(`collection must be an id, got ${JSON.stringify(id)}`);
}

/** The words of a search, each as the beginning of one; at most eight. */
export const wordsOf = (search: string): string[] =>
  (search.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? []).slice(0, 8);
