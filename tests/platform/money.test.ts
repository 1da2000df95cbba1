import { expect, test } from "vitest";
import { toMinor } from "~/platform/money";

test.for([
  [19.99, "EUR", 1999],
  [0.1 + 0.2, "EUR", 30],
  [1.005, "EUR", 101],
  [1200, "JPY", 1200],
  [1.234, "KWD", 1234],
  [0, "USD", 0],
  [1e-9, "EUR", 0],
  [1e21, "EUR", 1e23],
] as const)("%d %s is %d in minor units", ([amount, currencyCode, amountMinor]) => {
  expect(toMinor(amount, currencyCode)).toEqual({ amountMinor, currencyCode });
});
