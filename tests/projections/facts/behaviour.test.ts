import { describe, expect, test } from "vitest";
import type { TimelineEvent } from "~/projections/visit";
import { minutes, timelineEvent } from "../../factories";
import { fold } from "../../fold";

const money = (amountMinor: number) => ({ amountMinor, currencyCode: "EUR" });
const variant = (product: string) => ({
  productVariant: { id: `${product}0`, price: money(1_990), product: { id: product } },
});

/** Events a minute apart, in the order given. */
const inTurn = (...events: Partial<TimelineEvent & { path: string }>[]): TimelineEvent[] =>
  events.map((event, minute) => timelineEvent({ occurredAt: minutes(minute), ...event }));

const viewed = (product: string) => ({
  ...{ name: "product_viewed", data: variant(product), path: `/products/${product}` },
});
const page = (path: string) => ({ path });

describe("product views", () => {
  test("know how long the product was looked at: until another page", () => {
    const { productViews } = fold(
      inTurn(page("/products/7"), viewed("7"), page("/products/7"), page("/cart"), viewed("8")),
    );

    expect(productViews).toMatchObject([
      { productId: "7", variantId: "70", priceMinor: 1_990, currency: "EUR", dwellMs: 120_000 },
      { productId: "8", dwellMs: null },
    ]);
  });

  test("know whether the product was seen before in the session, not in another", () => {
    const { productViews } = fold([
      ...inTurn(viewed("7"), viewed("8"), viewed("7")),
      timelineEvent({ ...viewed("8"), occurredAt: minutes(90) }),
    ]);

    expect(productViews.map(({ isRepeat }) => isRepeat)).toEqual([false, false, true, false]);
  });

  test("of a very long visit are folded in one walk", () => {
    const many = Array.from({ length: 100_000 }, (_, second) =>
      timelineEvent({ ...viewed("7"), occurredAt: minutes(second / 60) }),
    );

    expect(fold(many).productViews).toHaveLength(100_000);
  });
});

describe("searches", () => {
  const search = (query: string, ...productIds: string[]) => ({
    ...{ name: "search_submitted", data: { searchResult: { query, productIds } } },
  });

  test("know what they found, and which of it was looked at first", () => {
    const { searches } = fold(
      inTurn(search("  Green   TEA ", "5", "7", "8"), viewed("9"), viewed("8"), viewed("5")),
    );

    expect(searches).toMatchObject([
      { query: "green tea", resultCount: 3, clickedProductId: "8", clickedPosition: 3 },
    ]);
  });

  test("refine the one before, when it is for something else and soon after", () => {
    const { searches } = fold([
      ...inTurn(search("tee"), search("tea", "7"), search("Tea", "7"), viewed("7")),
      timelineEvent({ ...search("cups"), occurredAt: minutes(10) }),
    ]);

    const [first] = searches;
    expect(searches.map(({ refines }) => refines)).toEqual([null, first?.eventId, null, null]);
    expect(searches.map(({ clickedProductId }) => clickedProductId)).toEqual([
      ...[null, null, "7", null],
    ]);
    expect(searches[0]?.resultCount).toBe(0);
  });
});

test("cart actions tell what was put in, what was taken out and what it came to", () => {
  const line = (
    quantity: number,
    cost: object | null = { totalAmount: money(quantity * 500) },
  ) => ({
    data: { cartLine: { merchandise: { id: "70", product: { id: "7" } }, quantity, cost } },
  });

  const { cartActions } = fold(
    inTurn(
      { name: "product_added_to_cart", ...line(2) },
      { name: "product_removed_from_cart", ...line(1, null) },
      { name: "product_added_to_cart", data: { cartLine: null } },
    ),
  );

  expect(cartActions).toMatchObject([
    { kind: "added", productId: "7", variantId: "70", quantity: 2, valueMinor: 1_000 },
    { kind: "removed", quantity: 1, valueMinor: null, currency: null },
  ]);
});

describe("checkouts", () => {
  const step = (name: string, about: object = {}) => ({
    name,
    data: {
      checkout: {
        ...{ token: "t", currencyCode: "EUR", totalPrice: money(2_500) },
        ...{ lineItems: [{ quantity: 2 }, { quantity: 1 }], ...about },
      },
    },
  });

  test("have their steps, with what they came to", () => {
    const { checkoutSteps } = fold(
      inTurn(step("checkout_started"), step("checkout_completed", { order: { id: "99" } })),
    );

    expect(checkoutSteps).toMatchObject([
      { step: "started", checkoutToken: "t", itemCount: 3, totalMinor: 2_500, orderId: null },
      { step: "completed", orderId: "99", currency: "EUR" },
    ]);
  });

  test("tell a session its country", () => {
    const localization = { country: { isoCode: "CH" }, language: { isoCode: "de" } };

    const { sessions } = fold(
      inTurn(page("/"), step("checkout_started"), step("payment_info_submitted", { localization })),
    );

    expect(sessions).toMatchObject([{ country: "CH", interactionCount: 2 }]);
  });

  test("on one page skip steps, and that is no drop-off", () => {
    const { funnelSteps } = fold(
      inTurn(page("/"), viewed("7"), step("checkout_started"), step("checkout_completed")),
    );

    expect(
      funnelSteps.map(({ step, isSkipped, msSincePrevious }) => [step, isSkipped, msSincePrevious]),
    ).toEqual([
      ["browsed", false, null],
      ["viewed product", false, 60_000],
      ["added to cart", true, 60_000],
      ["started", false, 0],
      ["contact", true, 60_000],
      ["address", true, 0],
      ["shipping", true, 0],
      ["payment", true, 0],
      ["completed", false, 0],
    ]);
  });
});

test("whoever only looks has gone no further", () => {
  const { funnelSteps } = fold(inTurn(page("/"), page("/collections/tea")));

  expect(funnelSteps).toMatchObject([{ place: 1, step: "browsed", isSkipped: false }]);
});

test("the last page of a session is its exit", () => {
  const { pageViews } = fold(inTurn(page("/"), page("/products/7"), viewed("8")));

  expect(pageViews).toMatchObject([
    { pageType: "home", isExit: false },
    { pageType: "product", isExit: true },
  ]);
});

test("a page that its session saw before is a repeat, whatever came between", () => {
  const { pageViews } = fold(inTurn(page("/"), page("/products/7"), page("/")));

  expect(pageViews.map(({ isRepeat }) => isRepeat)).toEqual([false, false, true]);
});

test("a client's sessions are counted from its first", () => {
  const { sessions } = fold([timelineEvent(), timelineEvent({ occurredAt: minutes(60) })]);

  expect(sessions.map(({ number }) => number)).toEqual([1, 2]);
});

describe("the journey of a session", () => {
  const buys = { name: "checkout_completed", data: {} };
  const ways = (...events: Partial<TimelineEvent & { path: string }>[]) => {
    const [session] = fold(inTurn(...events)).sessions;
    return [session?.firstPaths, session?.pathsToPurchase];
  };

  test("is its pages in their order; the same twice in a row is one, other events are none", () => {
    const clicks = { name: "pixelnova:element_clicked", path: "/elsewhere" };

    expect(ways(page("/"), page("/"), clicks, page("/cart"), clicks, page("/"))).toEqual([
      "/ → /cart → /",
      null,
    ]);
  });

  test("has the first five, and the last five until the purchase, the page of that moment too", () => {
    const way = ["/1", "/2", "/3", "/4", "/5", "/6", "/7"].map(page);
    const atOnce = { ...page("/thanks"), occurredAt: minutes(7) };

    expect(ways(...way, buys, atOnce, page("/later"))).toEqual([
      "/1 → /2 → /3 → /4 → /5",
      "/4 → /5 → /6 → /7 → /thanks",
    ]);
  });

  test("ends with the first purchase", () => {
    expect(ways(page("/"), buys, page("/cart"), buys)[1]).toBe("/");
  });

  test("has no page that looks like two", () => {
    expect(ways(page("/a → /b"), page("/c →"), page("/d"))[0]).toBe("/a%20→%20/b → /c%20→ → /d");
  });

  test("is none without a page", () => {
    expect(ways(buys)).toEqual([null, null]);
  });
});
