import { MINUTE } from "~/platform/time";
import { customOf, dataOf } from "../data";
import { EVENT_COLUMNS, eventRow, oncePerVisit, type EventRow, type Fact } from "../fact";
import { msBetween, type TimelineEvent } from "../visit";

export type SearchRow = EventRow & {
  searchedAt: Date;
  query: string;
  resultCount: number;
  refines: string | null;
  clickedProductId: string | null;
  clickedPosition: number | null;
};

/** Another search so soon after the last is a second attempt at the same thing. */
const REFINES_WITHIN = 5 * MINUTE;

/** One search with its results: Shopify tells of a hundred at most, the theme may tell how many more. */
export const searches: Fact<SearchRow> = {
  table: "searches",
  version: 3,
  at: "searchedAt",
  columns: {
    ...EVENT_COLUMNS,
    searchedAt: "timestamptz",
    query: "text",
    resultCount: "int",
    refines: "text",
    clickedProductId: "bigint",
    clickedPosition: "int",
  },
  fold: oncePerVisit((visit) => {
    const made = visit.events.flatMap((event, index) => {
      const result = dataOf(event, "search_submitted")?.searchResult;
      return result ? [{ event, index, ...result, query: normalized(result.query) }] : [];
    });
    return made.map(({ event, index, query, productIds }, place) => {
      const before = made[place - 1];
      const until = made[place + 1]?.index ?? Infinity;
      const after = visit.events.slice(index, until);
      const clicked = after
        .map(viewedProductOf)
        .find((productId) => productId !== null && productIds.includes(productId));
      return {
        ...eventRow(visit, event),
        searchedAt: event.occurredAt,
        query,
        resultCount: Math.max(productIds.length, shownCountOf(after)),
        refines:
          before && before.query !== query && msBetween(before.event, event) <= REFINES_WITHIN
            ? before.event.eventId
            : null,
        clickedProductId: clicked ?? null,
        clickedPosition: clicked ? productIds.indexOf(clicked) + 1 : null,
      };
    });
  }),
};

/** How many results the page itself says there are, where it does. */
const shownCountOf = (events: readonly TimelineEvent[]): number =>
  events
    .map((event) => customOf(event, "pixelnova:search_results_shown")?.resultCount)
    .find((count) => count !== undefined) ?? 0;

const viewedProductOf = (event: TimelineEvent): string | null =>
  dataOf(event, "product_viewed")?.productVariant.product.id ?? null;

/** As people mean it: without capitals, accents apart or doubled spaces. */
const normalized = (query: string): string =>
  query.normalize("NFKC").toLowerCase().trim().replace(/\s+/g, " ");
