import { expect, test } from "vitest";
import { chance } from "../../../dev/chance";
import { planAftermath } from "../../../dev/shoppers/aftermath";
import { DAY } from "../../../dev/shoppers/calendar";
import { openIds } from "../../../dev/shoppers/ids";
import { catalogAt } from "../../../dev/store/catalog/timeline";
import { shopOf } from "../../../dev/store/catalog/shops";
import { buildOrder } from "../../../dev/store/commerce/orders";
import { BERLIN_SHOP } from "./worlds";

const PLACED = Date.parse("2026-10-01T10:00:00Z");
const ORDERS = 4_000;

test("of a hundred orders two are cancelled and six come back, in part or whole", () => {
  const after = ordersAfter(PLACED + 60 * DAY);
  const share = (of: typeof after) => of.length / ORDERS;
  const cancelled = after.filter(({ cancelledAt }) => cancelledAt !== null);
  const returned = after.filter((o) => o.cancelledAt === null && o.refunds.length > 0);

  expect(share(cancelled)).toBeGreaterThan(0.014);
  expect(share(cancelled)).toBeLessThan(0.027);
  expect(share(returned)).toBeGreaterThan(0.05);
  expect(share(returned)).toBeLessThan(0.075);
  const whole = returned.filter(({ financialStatus }) => financialStatus === "REFUNDED");
  expect(whole.length).toBeGreaterThan(20);
  expect(returned.length - whole.length).toBeGreaterThan(whole.length);
  expect(returned.some(({ refunds }) => refunds.length === 2)).toBe(true);
});

test("what goes back is never more than what was paid, and all of it when everything comes back", () => {
  for (const { refunds, totalMinor, financialStatus } of ordersAfter(PLACED + 60 * DAY)) {
    const back = refunds.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
    if (financialStatus === "REFUNDED") expect(back).toBe(totalMinor);
    else expect(back).toBeLessThan(totalMinor);
  }
});

test("nothing happens to an order after the world's end", () => {
  const end = PLACED + 4 * DAY;

  const after = ordersAfter(end);

  expect(after.some(({ refunds }) => refunds.length > 0)).toBe(true);
  expect(after.every(({ updatedAt }) => Date.parse(updatedAt) < end)).toBe(true);
});

/** Orders of three pieces, and what becomes of them until a moment. */
function ordersAfter(until: number) {
  const ids = openIds("aftermath");
  const shop = shopOf(BERLIN_SHOP);
  const catalog = catalogAt(BERLIN_SHOP, new Date(PLACED));
  const lines = catalog.products.slice(0, 2).map(({ id, variants: [variant] }, i) => ({
    ...{ productId: id, variantId: variant.id, quantity: i + 1 },
  }));
  return Array.from({ length: ORDERS }, (_, i) => {
    const luck = chance(`aftermath ${i}`);
    const order = buildOrder({
      ...{ shop, catalog, discounts: [], at: new Date(PLACED).toISOString() },
      ids: { order: i, number: i, token: `${i}`, line: () => ids.number("orderLine") },
      purchase: {
        ...{ checkoutToken: `c${i}`, cartToken: `t${i}`, customerId: null, lines },
        ...{ discountCode: null, shippingMinor: 590 },
      },
    });
    return planAftermath(order, until, luck, ids).reduce((o, { apply }) => apply(o), order);
  });
}
