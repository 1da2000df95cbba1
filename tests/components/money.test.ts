import { expect, test } from "vitest";
import { showMoney } from "~/components/money";
import { visitorAddress, visitorName } from "~/components/visitor-name";

test.each([
  [123_450, "EUR", "€1,234.50"],
  [1_500, "JPY", "¥1,500"],
  [0, "CHF", "CHF 0.00"],
  [null, "EUR", "–"],
  [1_500, null, "1,500"],
])("%j of %s is %s", (amountMinor, currency, shown) =>
  expect(showMoney(amountMinor, currency).replace("\u00a0", " ")).toBe(shown),
);

test("a visitor is called by the customer's number, or by the beginning of the browser's id", () => {
  expect(visitorName("customer:123")).toBe("Customer 123");
  expect(visitorName("client:5f2b8c1e-93c4:x")).toBe("Browser 5f2b8c1e");
  expect(visitorAddress("client:a/b?c")).toBe("/app/visitors/client%3Aa%2Fb%3Fc");
});
