import { expect, test } from "vitest";
import { parameterIn } from "~/analytics/report";
import { detailsOf, nameOf, orderInWords } from "~/analytics/sessions/timeline";
import { timelineEvent } from "../factories";

const eur = (amountMinor: number) => ({ amountMinor, currencyCode: "EUR" });
const merchandise = {
  ...{ id: "70", title: "Red", sku: null, price: eur(1_250) },
  product: { id: "7", title: "Mug", vendor: "Kiln", type: "Mugs" },
};
const element = "form>button";
const place = { element, relativeX: 0.5, relativeY: 0.5, viewportWidth: 400 };
const checkout = {
  token: "c1",
  totalPrice: eur(2_990),
  lineItems: [{ quantity: 2 }, { quantity: 1 }],
};

test.for([
  ["page_viewed", {}, "Page viewed", "Home"],
  ["product_viewed", { productVariant: merchandise }, "Product viewed", "Mug, Red; €12.50"],
  [
    "product_added_to_cart",
    { cartLine: { merchandise, quantity: 2, cost: { totalAmount: eur(2_500) } } },
    "Put into the cart",
    "Mug, Red; 2 pieces; €25.00",
  ],
  [
    "product_removed_from_cart",
    { cartLine: { merchandise, quantity: 1, cost: null } },
    "Taken out of the cart",
    "Mug, Red; 1 piece",
  ],
  ["product_removed_from_cart", { cartLine: null }, "Taken out of the cart", null],
  [
    "cart_viewed",
    { cart: { totalQuantity: 2, cost: { totalAmount: eur(2_500) }, lines: [] } },
    "Cart viewed",
    "2 pieces; €25.00",
  ],
  ["collection_viewed", { collection: { title: "Summer" } }, "Collection viewed", "Summer"],
  ["payment_info_submitted", { checkout }, "Payment given", "3 pieces; €29.90"],
  [
    "alert_displayed",
    { alert: { type: "PAYMENT_ERROR", target: "$.cart" } },
    "Warned by the checkout",
    "type: PAYMENT_ERROR; target: $.cart",
  ],
  ["pixelnova:element_clicked", place, "Clicked", "form>button"],
  [
    "pixelnova:rage_clicked",
    { ...place, clickCount: 4 },
    "Clicked in rage",
    "form>button; 4 clicks",
  ],
  [
    "pixelnova:dead_clicked",
    { ...place, clickCount: 1 },
    "Clicked in vain",
    "form>button; 1 click",
  ],
  [
    "pixelnova:page_engaged",
    { visibleMs: 12_340, scrollPercent: 60, firstInteractionMs: 900 },
    "Page looked at",
    "visible for 12.3 s; 60% of it seen; first touched after 0.9 s",
  ],
  [
    "pixelnova:sort_changed",
    { sortBy: "price-ascending" },
    "Sort changed",
    "sortBy: price-ascending",
  ],
  ["pixelnova:my_own", { size: 2, isOpen: false, none: null }, "My own", "size: 2; isOpen: false"],
] as const)("%s %j is told as: %s, %s", ([name, data, what, details]) => {
  const event = timelineEvent({ name, data });

  expect([nameOf(event), detailsOf(event)]).toEqual([what, details]);
});

test("an order says what came back, and whether it counts", () => {
  const told = { name: "#1001", currency: "JPY", total: 2_500, refunded: 0 };

  expect(orderInWords({ ...told, isTest: false, isCancelled: false })).toBe("#1001; ¥2,500");
  expect(orderInWords({ ...told, refunded: 500, isTest: true, isCancelled: true })).toBe(
    "#1001; ¥2,500; ¥500 paid back; cancelled; a test",
  );
});

test("the last part of a path is a parameter where the report's path has it in braces", () => {
  expect(parameterIn("sessions/{id}", "sessions/a b/c")).toEqual({ id: "a b/c" });
  expect(parameterIn("sessions/{id}", "sessions/")).toBeNull();
  expect(parameterIn("sessions/{id}", "session/1")).toBeNull();
  expect(parameterIn("sessions", "sessions")).toBeNull();
});
