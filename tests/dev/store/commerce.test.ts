import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isAvailable } from "../../../dev/store/catalog/model";
import { SHOPS } from "../../../dev/store/catalog/shops";
import type { Happening, Purchase } from "../../../dev/store/commerce/model";
import { openCommerce } from "../../../dev/store/commerce/open";
import { refundedMinor } from "../../../dev/store/commerce/orders";
import { OutOfStock } from "../../../dev/store/commerce/out-of-stock";
import { newCommerceState } from "../../../dev/store/commerce/state";

const [SHOP] = SHOPS;
if (!SHOP) throw new Error("the stand-in has shops");
const NOVEMBER = new Date("2026-11-21T12:00:00Z");
const HOUR = 3_600_000;

function open(state = newCommerceState(), clock = { at: NOVEMBER.getTime() }) {
  const heard: Happening[] = [];
  const shop = openCommerce({
    shop: SHOP as typeof SHOP & object,
    now: () => new Date(clock.at),
    state,
    save: () => {},
  });
  shop.onHappening((happening) => heard.push(happening));
  return { shop, heard, state, clock };
}
type Open = ReturnType<typeof open>["shop"];

let checkouts = 0;
const purchase = (shop: Open, quantities: number[], about: Partial<Purchase> = {}): Purchase => {
  const products = shop
    .catalog()
    .products.filter(({ variants: [first] }) => first.inventoryQuantity > 20);
  return {
    ...{ checkoutToken: `checkout-${++checkouts}`, cartToken: `cart-${checkouts}` },
    ...{ customerId: null, discountCode: null, shippingMinor: 490 },
    lines: quantities.map((quantity, i) => {
      const product = products[i];
      if (!product) throw new Error("the shop has more than that");
      return { productId: product.id, variantId: product.variants[0].id, quantity };
    }),
    ...about,
  };
};

describe("an order", () => {
  test("is told of, takes its pieces off the shelf, and is placed once", () => {
    const { shop, heard } = open();
    const bought = purchase(shop, [2]);
    const [line] = bought.lines;
    const left = () =>
      shop
        .catalog()
        .products.flatMap(({ variants }) => variants)
        .find(({ id }) => id === line?.variantId)?.inventoryQuantity ?? 0;
    const before = left();

    const order = shop.placeOrder(bought);
    const again = shop.placeOrder(bought);

    expect(again).toBe(order);
    expect(left()).toBe(before - 2);
    expect(heard.map(({ topic }) => topic)).toEqual([
      "orders/create",
      "orders/paid",
      "inventory_levels/update",
      "products/update",
    ]);
  });

  test("of more than there is fails and changes nothing", () => {
    const { shop, heard } = open();

    expect(() => shop.placeOrder(purchase(shop, [500]))).toThrow(OutOfStock);
    expect(shop.orders()).toEqual([]);
    expect(heard).toEqual([]);
  });

  test("adds up, whatever was bought, discounted and given back", () => {
    const { shop } = open();
    const quantities = fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 4 });
    const code = fc.constantFrom(null, "WELCOME10", "TENEURO", "SUMMER25", "nonsense");
    fc.assert(
      fc.property(
        quantities,
        code,
        fc.infiniteStream(fc.boolean()),
        (wanted, discountCode, coins) => {
          const order = shop.placeOrder(purchase(shop, wanted, { discountCode }));
          const gross = order.lines.reduce((sum, line) => sum + line.priceMinor * line.quantity, 0);
          const off = order.lines.reduce((sum, line) => sum + line.discountMinor, 0);
          expect(off).toBe(order.totalDiscountMinor);
          expect(order.subtotalMinor).toBe(gross - off);
          expect(order.totalMinor).toBe(order.subtotalMinor + 490);

          for (const line of order.lines)
            if (coins.next().value)
              shop.refund(order.id, { lines: [{ orderLineId: line.id, quantity: 1 }] });
          const partly = shop.order(order.id);
          expect(refundedMinor(partly ?? order)).toBeLessThanOrEqual(order.totalMinor);
          const cancelled = shop.cancel(order.id, "CUSTOMER");
          expect(refundedMinor(cancelled)).toBe(order.totalMinor);
          expect(cancelled.financialStatus).toBe("REFUNDED");
          expect(shop.cancel(order.id, "OTHER")).toBe(cancelled);
        },
      ),
      { numRuns: 60 },
    );
    for (const { tracked, inventoryPolicy, inventoryQuantity } of shop
      .catalog()
      .products.flatMap(({ variants }) => variants))
      if (tracked && inventoryPolicy === "DENY")
        expect(inventoryQuantity).toBeGreaterThanOrEqual(0);
  });

  test("cannot give back more than it has", () => {
    const { shop } = open();
    const order = shop.placeOrder(purchase(shop, [1]));
    const lines = [{ orderLineId: order.lines[0]?.id ?? 0, quantity: 2 }];

    expect(() => shop.refund(order.id, { lines })).toThrow("want 1 to 1 pieces");
  });
});

test("a price, a status and a deletion by the merchant hold over a restart", () => {
  const { shop, state, heard } = open();
  const [one, two, three] = shop.catalog().products;
  if (!one || !two || !three) throw new Error("the shop has products");
  shop.setPrice(one.variants[0].id, 123, 200);
  shop.setInventory(one.variants[0].id, 0);
  shop.setStatus(two.id, "DRAFT");
  shop.deleteProduct(three.id);

  const again = open(structuredClone(state)).shop;

  const [first, second, next] = again.catalog().products;
  expect(first?.variants[0]).toMatchObject({
    priceMinor: 123,
    compareAtMinor: 200,
    inventoryQuantity: 0,
  });
  expect(first && isAvailable(first.variants[0])).toBe(
    first?.variants[0].inventoryPolicy === "CONTINUE",
  );
  expect(second).toMatchObject({ status: "DRAFT", publishedAt: null });
  expect(next?.id).not.toBe(three.id);
  expect(heard.map(({ topic }) => topic)).toContain("products/delete");
});

test("what the calendar brings is announced once, and the past is not", () => {
  const { shop, heard, clock } = open();
  shop.catchUp();
  expect(heard).toEqual([]);

  clock.at += 48 * HOUR;
  shop.catchUp();
  const told = heard.length;
  shop.catchUp();

  expect(told).toBeGreaterThan(5);
  expect(heard.length).toBe(told);
});
