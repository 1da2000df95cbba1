import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { compile, UNFIT } from "~/events/compile";
import { CUSTOM_EVENT_NAMES } from "~/events/custom-events";
import { PixelBatch, schemaOf, STANDARD_EVENT_NAMES } from "~/events/vocabulary";
import { pageViewed } from "../factories";
import { CUSTOM_EXAMPLES } from "./custom-examples";

const money = { amount: 19.99, currencyCode: "EUR" };
const variant = { id: "1", title: "Mug", sku: null, price: money, product: { id: "2" } };
const line = { merchandise: variant, quantity: 2, cost: { totalAmount: money } };
const lineItem = { quantity: 1, variant, finalLinePrice: money };
const checkout = { token: "t", currencyCode: "EUR", totalPrice: money, lineItems: [lineItem] };
const error = { type: "RUNTIME", appId: "7" };

/** For every event a `data` that fits it. */
const DATA: Record<string, object> = {
  product_viewed: { productVariant: variant },
  collection_viewed: { collection: { id: "3", title: "All", productIds: ["1", "2"] } },
  search_submitted: { searchResult: { query: "mug", productIds: [] } },
  product_added_to_cart: { cartLine: line },
  product_removed_from_cart: { cartLine: null },
  cart_viewed: { cart: { id: "c", totalQuantity: 2, lines: [line] } },
  alert_displayed: { alert: { type: "INPUT_INVALID", target: "cart.x" } },
  ui_extension_errored: { error },
  ...CUSTOM_EXAMPLES,
  "pixelnova:size_guide_opened": { productId: 1, isOpen: true, size: "M", note: null },
};
const isCheckout = (name: string) => /^(checkout|payment)_/.test(name);
const NAMES = [...STANDARD_EVENT_NAMES, ...CUSTOM_EVENT_NAMES, "pixelnova:size_guide_opened"];

const valid = (name: string) =>
  pageViewed({
    name,
    ...{ seq: 3, customerId: "77", sampleRate: 0.5, extra: { dropped: true } },
    consent: { analytics: true, marketing: false, preferences: true, saleOfData: false },
    context: {
      ...{ path: "/", title: "Home", referrer: "https://example.com/", userAgent: "x" },
      ...{ campaign: { utm_source: "mail" }, screen: [1920, 1080], viewport: null },
    },
    data: DATA[name] ?? (isCheckout(name) ? { checkout } : {}),
  });

const nasty = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom(-1, 1.5, 1e300, "", "x".repeat(2_000), "\0", null, [], {}, true, "2026-02-30"),
);

/** Puts something else, or nothing, in one random place of a value. */
function spoil(value: unknown, path: number[], other: unknown, isGone: boolean): unknown {
  if (typeof value !== "object" || value === null || path.length === 0) return other;
  const entries = Object.entries(value);
  const at = (path[0] ?? 0) % Math.max(1, entries.length);
  const [key, inner] = entries[at] ?? [];
  if (key === undefined) return other;
  const spoilt = spoil(inner, path.slice(1), other, isGone);
  const replaced = isGone && path.length === 1 ? [] : [[key, spoilt] as const];
  const result = [...entries.slice(0, at), ...replaced, ...entries.slice(at + 1)];
  return Array.isArray(value)
    ? result.map(([, item]) => item as unknown)
    : Object.fromEntries(result);
}

describe("a compiled schema", () => {
  test.each(NAMES)("of %s reads what fits as the schema does", (name) => {
    const schema = schemaOf(name) ?? z.never();

    const raw = valid(name);

    expect(schema.safeParse(raw).error).toBeUndefined();
    expect(compile(schema)(raw)).toEqual(schema.parse(raw));
  });

  test.each(NAMES)("of %s agrees with the schema on everything else", (name) => {
    const schema = schemaOf(name) ?? z.never();
    const read = compile(schema);
    const path = fc.array(fc.nat(20), { minLength: 1, maxLength: 6 });

    fc.assert(
      fc.property(path, nasty, fc.boolean(), (where, other, isGone) => {
        const raw = spoil(valid(name), where, other, isGone);
        const { success, data } = schema.safeParse(raw);
        expect(read(raw)).toEqual(success ? data : UNFIT);
      }),
      { numRuns: 400 },
    );
  });

  test("of a batch leaves the events in it as they are", () => {
    const batch = { key: "k", sentAt: new Date().toISOString(), events: [1, { a: [] }], more: 1 };

    expect(compile(PixelBatch)(batch)).toEqual(PixelBatch.parse(batch));
    expect(compile(PixelBatch)({ ...batch, events: "none" })).toBe(UNFIT);
  });

  test("of a kind that it does not know is refused when it is compiled", () => {
    expect(() => compile(z.object({ when: z.date() }))).toThrow(/date/);
    expect(() => compile(z.array(z.string()).nonempty().length(3))).toThrow(/cannot be compiled/);
  });
});
