import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { schemaOf, STANDARD_EVENT_NAMES } from "~/events/vocabulary";
import { keepCustom, keepStandard } from "../../../extensions/pixel/src/keep";
import { contextAt, customEvent, INIT, standardEvent } from "./shopper";

const VISIT = { init: INIT, customerPrivacy: INIT.customerPrivacy, rate: 1 };
const keep = (event: unknown) => keepStandard(event, VISIT);
const dataOf = (event: unknown) => keep(event)?.data;

describe("a standard event", () => {
  test.each(STANDARD_EVENT_NAMES)("%s is kept as the vocabulary wants it", (name) => {
    const kept = keep(standardEvent(name));

    expect(schemaOf(name)?.strict().safeParse(kept)).toMatchObject({ success: true });
  });

  test("says who, when, where and with what consent", () => {
    const context = contextAt(
      "https://anas-linen.example/products/linen-shirt?utm_source=letter&variant=1#reviews",
      "https://www.example.org/blog?q=1",
    );
    const event = standardEvent("page_viewed", { context, timestamp: "2026-11-20T10:00:00+01:00" });

    expect(keep(event)).toEqual({
      id: event.id,
      name: "page_viewed",
      clientId: event.clientId,
      timestamp: "2026-11-20T09:00:00.000Z",
      seq: event.seq,
      customerId: "6100000000001",
      consent: { analytics: true, marketing: false, preferences: true, saleOfData: false },
      context: {
        path: "/products/linen-shirt",
        campaign: { utm_source: "letter" },
        title: "Linen shirt – Ana's Linen",
        referrer: "https://www.example.org/blog",
        userAgent: context.navigator.userAgent,
        language: "de-DE",
        screen: [1920, 1080],
        viewport: [1440, 900],
      },
      data: {},
    });
  });

  test("keeps of a checkout its token, its amounts and its lines", () => {
    const eur = (amount: number) => ({ amount, currencyCode: "EUR" });

    expect(dataOf(standardEvent("checkout_completed"))).toEqual({
      checkout: {
        token: "c1a2b3c4d5e6f708192a3b4c5d6e7f80",
        currencyCode: "EUR",
        order: { id: "5100000000001" },
        subtotalPrice: eur(143.82),
        totalPrice: eur(148.72),
        totalTax: eur(23.75),
        discountsAmount: eur(15.98),
        shippingLine: { price: eur(4.9) },
        lineItems: [
          {
            quantity: 2,
            variant: {
              id: "41000000000001",
              title: "M / White",
              sku: "SHIRT-M-WHITE",
              price: eur(79.9),
              product: {
                id: "7100000000001",
                title: "Linen shirt",
                vendor: "Ana's Linen",
                type: "Shirts",
              },
            },
            finalLinePrice: eur(143.82),
          },
        ],
        localization: { country: { isoCode: "DE" }, language: { isoCode: "de" } },
      },
    });
  });

  test("keeps a cart's token without the key to its buyer", () => {
    expect(dataOf(standardEvent("cart_viewed"))).toHaveProperty("cart.id", "Z2NwLWV1cm9wZS13ZXN0");
  });

  test("names each product of a list once, in the order they were shown", () => {
    const productVariants = ["2", "1", "2"].map((id) => ({ product: { id } }));
    const event = {
      ...standardEvent("search_submitted"),
      data: { searchResult: { productVariants } },
    };

    expect(dataOf(event)).toHaveProperty("searchResult.productIds", ["2", "1"]);
  });

  test.each([
    ["white linen shirt", "white linen shirt"],
    ["order of ana@example.com", "order of *"],
    ["call +49 30 1234567 now", "call * now"],
    ["4111-1111-1111-1111", "*"],
    ["size 38 to 40", "size 38 to 40"],
    ["x".repeat(300), "x".repeat(256)],
  ])("masks what a search should not have held: %s", (query, kept) => {
    const searchResult = { query, productVariants: [] };
    const event = standardEvent("search_submitted", { data: { searchResult } });

    expect(dataOf(event)).toHaveProperty("searchResult.query", kept);
  });

  test("loses lines rather than its totals when it is too large", () => {
    const { data } = standardEvent("checkout_completed");
    const lineItems = Array.from({ length: 100 }, () => data.checkout.lineItems).flat();
    const checkout = { ...data.checkout, lineItems };

    const kept = keep(standardEvent("checkout_completed", { data: { checkout } }));

    expect(kept).toHaveProperty("data.checkout.lineItems.length", 50);
    expect(kept).toHaveProperty("data.checkout.totalPrice.amount", 148.72);
    expect(Buffer.byteLength(JSON.stringify(kept))).toBeLessThanOrEqual(16 * 1024);
  });

  test.each([
    ["an unknown name", { name: "clicked" }],
    ["a name of every object", { name: "constructor" }],
    ["no id", { id: "" }],
    ["no client", { clientId: null }],
    ["no time", { timestamp: "yesterday" }],
  ])("is not kept with %s", (_, fault) => {
    expect(keep({ ...standardEvent("page_viewed"), ...fault })).toBeNull();
  });

  test("takes the page from the pixel's start when it brings none", () => {
    expect(keep({ ...standardEvent("page_viewed"), context: undefined })).toHaveProperty(
      "context.path",
      "/",
    );
  });
});

describe("a custom event", () => {
  const fieldsOf = (customData: Record<string, unknown> | null) =>
    keepCustom(customEvent("pixelnova:size_guide_opened", customData), VISIT)?.data;

  test("is kept under our prefix only", () => {
    expect(keepCustom(customEvent("pixelnova:quiz_done", null), VISIT)).toMatchObject({ data: {} });
    expect(keepCustom(customEvent("other:quiz_done", null), VISIT)).toBeNull();
    expect(keepCustom(customEvent("page_viewed", null), VISIT)).toBeNull();
  });

  test("keeps numbers, booleans, nulls and short texts", () => {
    const plain = { step: 2, done: false, answer: "linen", coupon: null, empty: "" };

    expect(fieldsOf(plain)).toEqual(plain);
  });

  test("drops what could be long, nested or an e-mail address", () => {
    const given = {
      long: "x".repeat(201),
      mail: "ana@example.com",
      nested: { a: 1 },
      list: [1],
      nan: NaN,
      "bad name": 1,
      __proto__: 1,
      good: 1,
    };

    expect(fieldsOf(given)).toEqual({ good: 1 });
  });

  test("keeps twenty fields at most", () => {
    const given = Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`field${i}`, i]));

    expect(Object.keys(fieldsOf(given) ?? {})).toHaveLength(20);
  });
});

describe("whatever the host sends", () => {
  const junk = fc.anything({ withNullPrototype: true, withBigInt: true, withSparseArray: true });
  const partly = (value: fc.Arbitrary<unknown>) => fc.option(value, { nil: undefined, freq: 9 });
  const odd = fc.oneof(junk, fc.string({ unit: "binary" }), fc.constant("2026-11-20T10:00:00Z"));
  const event = fc.record({
    id: partly(fc.string({ unit: "binary" })),
    clientId: partly(fc.string({ unit: "binary" })),
    name: fc.oneof(fc.constantFrom(...STANDARD_EVENT_NAMES, "pixelnova:x"), junk),
    timestamp: fc.oneof(
      fc.date().map((date) => (isNaN(+date) ? "" : date.toISOString())),
      odd,
    ),
    seq: odd,
    data: fc.oneof(
      junk,
      fc.constantFrom(...STANDARD_EVENT_NAMES.map((n) => standardEvent(n).data)),
    ),
    customData: junk,
    context: junk,
  });

  /** Puts junk in place of one value somewhere inside. */
  const spoil = (value: unknown, path: number[], by: unknown): unknown => {
    const [turn, ...rest] = path;
    if (turn === undefined || typeof value !== "object" || value === null) return by;
    const keys = Object.keys(value);
    const key = keys[turn % Math.max(keys.length, 1)];
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]) => [
        name,
        name === key ? spoil(inner, rest, by) : inner,
      ]),
    );
  };

  const isNullOrValid = (kept: ReturnType<typeof keepStandard>) =>
    kept === null || schemaOf(kept.name)?.strict().safeParse(kept).success;

  test("what is kept is what the vocabulary takes", () => {
    fc.assert(
      fc.property(event, junk, (given, privacy) => {
        const visit = { init: given, customerPrivacy: privacy, rate: 1 };

        expect(isNullOrValid(keepStandard(given, visit))).toBe(true);
        expect(isNullOrValid(keepCustom(given, visit))).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test("one field that is not as promised spoils no other", () => {
    const name = fc.constantFrom(...STANDARD_EVENT_NAMES);
    const path = fc.array(fc.nat(20), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(name, path, odd, (named, turns, by) => {
        const { data, context, ...about } = standardEvent(named);
        const given = Object.assign(about, spoil({ data, context }, turns, by));

        const kept = keep(given);

        expect(kept).not.toBeNull();
        expect(isNullOrValid(kept)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});
