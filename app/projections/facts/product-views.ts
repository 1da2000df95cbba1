import { dataOf, type ProductVariant } from "../data";
import {
  withinInt,
  EVENT_COLUMNS,
  eventRow,
  oncePerVisit,
  type EventRow,
  type Fact,
} from "../fact";
import { isPageView, msBetween, pathOf, type TimelineEvent } from "../visit";

export type ProductViewRow = EventRow & {
  viewedAt: Date;
  productId: string | null;
  variantId: string | null;
  productType: string | null;
  vendor: string | null;
  priceMinor: number | null;
  currency: string | null;
  dwellMs: number | null;
  isRepeat: boolean;
};

/** One product looked at. */
export const productViews: Fact<ProductViewRow> = {
  table: "product_views",
  version: 3,
  at: "viewedAt",
  columns: {
    ...EVENT_COLUMNS,
    viewedAt: "timestamptz",
    productId: "bigint",
    variantId: "bigint",
    productType: "text",
    vendor: "text",
    priceMinor: "bigint",
    currency: "text",
    dwellMs: "int",
    isRepeat: "boolean",
  },
  fold: oncePerVisit((visit) => {
    const seen = new Set<string>();
    const nextPages = nextPagesOf(visit.events);
    return visit.events.flatMap((event, index) => {
      const variant = dataOf(event, "product_viewed")?.productVariant;
      if (!variant) return [];
      const productId = variant.product.id ?? null;
      const isRepeat = productId !== null && seen.has(productId);
      if (productId !== null) seen.add(productId);
      return {
        ...eventRow(visit, event),
        viewedAt: event.occurredAt,
        productId,
        ...describe(variant),
        dwellMs: dwellOf(event, nextPages[index]),
        isRepeat,
      };
    });
  }),
};

const describe = ({ id, price, product }: ProductVariant) => ({
  variantId: id ?? null,
  productType: product.type || null,
  vendor: product.vendor || null,
  priceMinor: price?.amountMinor ?? null,
  currency: price?.currencyCode ?? null,
});

/** The next page seen after an event, and the next one after that with another path. */
type NextPages = { next?: TimelineEvent; other?: TimelineEvent };

/** For each event the pages seen after it, found in one walk from the end. */
function nextPagesOf(events: readonly TimelineEvent[]): NextPages[] {
  let pages: NextPages = {};
  return events
    .toReversed()
    .map((event) => {
      const after = pages;
      if (isPageView(event)) pages = { next: event, other: otherThan(event, after) };
      return after;
    })
    .reverse();
}

const otherThan = (event: TimelineEvent, { next, other }: NextPages) =>
  next && pathOf(next) === pathOf(event) ? other : next;

/** Until the next page that is another one; null when there was none, since nobody knows then. */
function dwellOf(event: TimelineEvent, pages: NextPages = {}): number | null {
  const left = otherThan(event, pages);
  return left ? withinInt(msBetween(event, left)) : null;
}
