import { describe, expect } from "vitest";
import { checkoutSteps } from "~/analytics/checkout/checkout.server";
import { products, type ProductRow } from "~/analytics/products/products.server";
import { questionOf } from "~/analytics/question";
import { importLines } from "~/events/import.server";
import { MINUTE } from "~/platform/time";
import {
  counts,
  tokenOf,
  trueCheckouts,
  trueSessions,
  type TrueSession,
} from "../../dev/shoppers/checks/journeys";
import { eventLine, orderLine } from "../../dev/shoppers/history";
import { simulate } from "../../dev/shoppers/simulate";
import type { Order } from "../../dev/store/commerce/model";
import { test } from "../database";
import { catchUp } from "../folding";
import { BERLIN, openShop } from "./shop";

type Truth = Pick<
  ProductRow,
  | ("viewedSessions" | "views" | "addedSessions" | "viewedAndAdded" | "viewedAndBought")
  | ("orders" | "units" | "grossMinor" | "discountMinor" | "refundedUnits" | "refundedMinor")
>;
type Span = { from: number; to: number };
const within = ({ from, to }: Span, at: number) => at >= from && at < to;

const NOTHING: Truth = {
  ...{ viewedSessions: 0, views: 0, addedSessions: 0, viewedAndAdded: 0, viewedAndBought: 0 },
  ...{ orders: 0, units: 0, grossMinor: 0, discountMinor: 0, refundedUnits: 0, refundedMinor: 0 },
};

/** What happened to each product in a span, by its id. */
class Books {
  readonly products = new Map<string, Truth>();

  add(product: string, amounts: Partial<Truth>): void {
    const row = { ...NOTHING, ...this.products.get(product) };
    for (const name of Object.keys(NOTHING) as (keyof Truth)[]) row[name] += amounts[name] ?? 0;
    this.products.set(product, row);
  }
}

function trueProducts(sessions: readonly TrueSession[], orders: readonly Order[], span: Span) {
  const books = new Books();
  const buyers = buyersOf(sessions, orders);
  for (const session of sessions) {
    if (!within(span, startOf(session))) continue;
    const [viewed, added] = [viewsIn(session), additionsIn(session)];
    const bought = new Set(buyers.get(session.id) ?? []);
    for (const [product, views] of viewed) {
      const isAdded = Number(added.has(product));
      const isBought = Number(bought.has(product));
      books.add(product, { viewedSessions: 1, views });
      books.add(product, { viewedAndAdded: isAdded, viewedAndBought: isBought });
    }
    for (const product of added) books.add(product, { addedSessions: 1 });
  }
  for (const order of orders.filter(counts)) bookOrder(books, order, span);
  return books.products;
}

const startOf = ({ events }: TrueSession) => Date.parse(events[0]?.at ?? "");

type Data = {
  productVariant?: { product: { id?: string | null } };
  cartLine?: { merchandise: { product: { id?: string | null } } } | null;
};
const productsOf = ({ events }: TrueSession, name: string): string[] =>
  events
    .filter(({ event }) => event.name === name)
    .flatMap(({ event }) => {
      const { productVariant, cartLine } = event.data as Data;
      return productVariant?.product.id ?? cartLine?.merchandise.product.id ?? [];
    });

function viewsIn(session: TrueSession): Map<string, number> {
  const views = new Map<string, number>();
  for (const id of productsOf(session, "product_viewed")) views.set(id, (views.get(id) ?? 0) + 1);
  return views;
}

const additionsIn = (session: TrueSession) => new Set(productsOf(session, "product_added_to_cart"));

/** An order is of the session in which its checkout was completed, else of that with its last step. */
function buyersOf(sessions: readonly TrueSession[], orders: readonly Order[]) {
  const steps = sessions.flatMap(({ id, events }) =>
    events.map((event) => ({ id, event, token: tokenOf(event), at: Date.parse(event.at) })),
  );
  const bought = new Map<string, string[]>();
  for (const order of orders.filter(counts)) {
    const own = steps
      .filter(({ token }) => token === order.checkoutToken)
      .toSorted((one, other) => one.at - other.at);
    const last =
      own.findLast(({ event }) => event.event.name === "checkout_completed") ?? own.at(-1);
    if (!last) continue;
    const lines = order.lines.map(({ productId }) => String(productId));
    bought.set(last.id, [...(bought.get(last.id) ?? []), ...lines]);
  }
  return bought;
}

function bookOrder(books: Books, order: Order, span: Span): void {
  const productOf = new Map(order.lines.map(({ id, productId }) => [id, String(productId)]));
  if (within(span, Date.parse(order.createdAt))) {
    for (const product of new Set(productOf.values())) books.add(product, { orders: 1 });
    for (const { productId, quantity, priceMinor, discountMinor } of order.lines)
      books.add(String(productId), {
        ...{ units: quantity, grossMinor: priceMinor * quantity, discountMinor },
      });
  }
  for (const { createdAt, lines } of order.refunds)
    if (within(span, Date.parse(createdAt)))
      for (const { orderLineId, quantity, subtotalMinor } of lines)
        books.add(productOf.get(orderLineId) ?? "", {
          ...{ refundedUnits: quantity, refundedMinor: subtotalMinor },
        });
}

const PLACES = ["started", "contact", "address", "shipping", "payment", "completed"];

async function* numbered(lines: readonly string[]) {
  for (const [index, text] of lines.entries())
    yield await Promise.resolve({ number: index + 1, text });
}

describe("of two weeks, as far as the pixel could see,", () => {
  test.for([41, 42, 43])(
    "seed %i: products and checkouts are what happened",
    async (seed, { db }) => {
      const until = new Date(Date.now() - 60 * MINUTE);
      const days = [...simulate({ shop: BERLIN, days: 14, until, seed, visitorsPerDay: 30 })];
      const visits = days.flatMap((day) => day.visits);
      const orders = days
        .flatMap(({ settled }) => settled)
        .map((order, index) => ({ ...order, test: index % 10 === 0 }));
      const isTold = ({ fate }: { fate: string }) => fate === "sent";
      const shop = await openShop(db, BERLIN);
      const lines = [
        ...visits.flatMap(({ events }) => events.filter(isTold).map(eventLine)),
        ...orders.map(orderLine),
      ];
      const options = { shopId: shop.id, receivedAt: new Date(), retentionDays: 400 };
      await importLines(db, numbered(lines), options);
      await catchUp(db, shop.id, 20_000);
      const sessions = trueSessions({ visits, orders, isTold });
      const now = new Date();
      for (const period of ["7d", "30d"]) {
        const question = questionOf(shop, new URLSearchParams({ period }), now);
        const span = {
          from: question.view.period.from.getTime(),
          to: question.view.period.to.getTime(),
        };

        const asked = { by: "product", sort: "viewed", limit: 10_000 } as const;
        const { rows } = await products(db, question, asked);
        const steps = await checkoutSteps(db, question);

        const truth = trueProducts(sessions, orders, span);
        expect(truth.size).toBeGreaterThan(20);
        for (const name of ["viewedAndAdded", "viewedAndBought", "units"] as const)
          expect(Math.max(...[...truth.values()].map((row) => row[name])), name).toBeGreaterThan(0);
        for (const [product, expected] of truth)
          expect(
            rows.find(({ of }) => of === product),
            product,
          ).toMatchObject(expected);
        const seen = rows.filter(({ viewedSessions, addedSessions, orders, refundedUnits }) =>
          [viewedSessions, addedSessions, orders, refundedUnits].some((count) => count > 0),
        );
        expect(seen).toHaveLength(truth.size);
        expect(steps.rows.map(({ reached }) => reached)).toEqual(
          reachedIn([...trueCheckouts(sessions, orders).values()], span),
        );
      }
    },
  );
});

/** Checkouts that came to each step, or past it. */
function reachedIn(checkouts: readonly { reached: Map<string, number> }[], span: Span): number[] {
  const begun = checkouts.filter(({ reached }) => within(span, Math.min(...[...reached.values()])));
  const furthest = begun.map(({ reached }) =>
    Math.max(...[...reached.keys()].map((step) => PLACES.indexOf(step))),
  );
  return PLACES.map((_, place) => furthest.filter((last) => last >= place).length);
}
