import { toAmount } from "../catalog/money";

/** The scalar `Decimal` as it is written: `19.99`, `20.0`. */
export const toDecimal = (minor: number): string => {
  const amount = toAmount(minor);
  return Number.isInteger(amount) ? amount.toFixed(1) : String(amount);
};

/** The scalar `Money`, in the shop's currency. */
export const toMoney = (minor: number): string => toAmount(minor).toFixed(2);

export const moneyV2 = (minor: number, currencyCode: string) => ({
  amount: toDecimal(minor),
  currencyCode,
});

/** An amount for shop and shopper; the stand-in's shops sell in their own currency only. */
export const moneyBag = (minor: number, currency: string) => ({
  shopMoney: moneyV2(minor, currency),
  presentmentMoney: moneyV2(minor, currency),
});

/** Minor units of a decimal amount that came in. */
export const toMinor = (amount: string | number): number => Math.round(Number(amount) * 100);
