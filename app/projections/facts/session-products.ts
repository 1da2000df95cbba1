import { EVENT_COLUMNS, type EventRow, type Fact } from "../fact";
import type { Visit } from "../visit";
import { cartActions, type CartActionRow } from "./cart-actions";
import { productViews, type ProductViewRow } from "./product-views";
import { searches } from "./searches";

export type SessionProductRow = Omit<EventRow, "eventId"> & {
  productId: string;
  firstAt: Date;
  lastAt: Date;
  viewCount: number;
  dwellMs: number;
  searchClicks: number;
  addedQuantity: number;
  removedQuantity: number;
};

const { sessionId, clientId, isBot, sampleRate } = EVENT_COLUMNS;

/** What a session had to do with one product: by looking at it, and by changing the cart. */
export const sessionProducts: Fact<SessionProductRow> = {
  table: "session_products",
  version: 1,
  at: "lastAt",
  columns: {
    ...{ sessionId, clientId, isBot, sampleRate },
    productId: "bigint",
    firstAt: "timestamptz",
    lastAt: "timestamptz",
    viewCount: "int",
    dwellMs: "bigint",
    searchClicks: "int",
    addedQuantity: "bigint",
    removedQuantity: "bigint",
  },
  fold(visit) {
    const rows = new Map<string, SessionProductRow>();
    for (const contact of contactsIn(visit)) {
      const known = rows.get(contact.productId);
      rows.set(contact.productId, known ? together(known, contact) : contact);
    }
    for (const { clickedProductId } of searches.fold(visit)) {
      const clicked = clickedProductId !== null && rows.get(clickedProductId);
      if (clicked) clicked.searchClicks += 1;
    }
    return [...rows.values()];
  },
};

/** The log may be older than the rule that one number is written one way. */
const ZEROS = /^0+(?=\d)/;

/** A row for each single contact. */
function contactsIn(visit: Visit): SessionProductRow[] {
  const views = productViews.fold(visit).map((view) => ({
    ...contact(view, view.viewedAt),
    viewCount: 1,
    dwellMs: view.dwellMs ?? 0,
  }));
  const actions = cartActions.fold(visit).map((action) => ({
    ...contact(action, action.actedAt),
    [action.kind === "added" ? "addedQuantity" : "removedQuantity"]: action.quantity,
  }));
  return [...views, ...actions].flatMap(({ productId, ...row }) =>
    productId === null ? [] : { ...row, productId: productId.replace(ZEROS, "") },
  );
}

const contact = (
  { sessionId, clientId, isBot, sampleRate, productId }: ProductViewRow | CartActionRow,
  at: Date,
) => ({
  ...{ sessionId, clientId, isBot, sampleRate, productId, firstAt: at, lastAt: at },
  ...{ viewCount: 0, dwellMs: 0, searchClicks: 0, addedQuantity: 0, removedQuantity: 0 },
});

const together = (one: SessionProductRow, other: SessionProductRow): SessionProductRow => ({
  ...one,
  sampleRate: Math.min(one.sampleRate, other.sampleRate),
  firstAt: one.firstAt <= other.firstAt ? one.firstAt : other.firstAt,
  lastAt: one.lastAt >= other.lastAt ? one.lastAt : other.lastAt,
  viewCount: one.viewCount + other.viewCount,
  dwellMs: one.dwellMs + other.dwellMs,
  addedQuantity: one.addedQuantity + other.addedQuantity,
  removedQuantity: one.removedQuantity + other.removedQuantity,
});
