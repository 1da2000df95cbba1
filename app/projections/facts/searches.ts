import { MINUTE } from "~/platform/time";
import { dataOf } from "../data";
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

/** One search with its results, up to the hundred that Shopify tells of. */
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
      const clicked = visit.events
        .slice(index, until)
        .map(viewedProductOf)
        .find((productId) => productId !== null && productIds.includes(productId));
      return {
        ...eventRow(visit, event),
        searchedAt: event.occurredAt,
        query,
        resultCount: productIds.length,
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

const viewedProductOf = (event: TimelineEvent): string | null =>
  dataOf(event, "product_viewed")?.productVariant.product.id ?? null;

/** As people mean it: without capitals, accents apart or doubled spaces. */
const normalized = (query: string): string =>
  query.normalize("NFKC").toLowerCase().trim().replace(/\s+/g, " ");
