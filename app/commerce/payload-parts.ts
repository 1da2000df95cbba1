import { z } from "zod";

/** The parts that bodies of Shopify's webhooks are made of. */
export const id = z.number().int().positive().transform(String);

/** A time as Shopify writes it, with its offset from UTC: `2026-11-21T13:00:00+01:00`. */
export const moment = z.iso.datetime({ offset: true });

/** An amount in the shop's currency, and in the one that the shopper paid in; decimals as text. */
export const moneySet = z.object({
  shop_money: z.object({ amount: z.string(), currency_code: z.string() }),
  presentment_money: z.object({ amount: z.string() }).nullish(),
});
export type MoneySet = z.output<typeof moneySet>;

/** A text that the log can hold: cut, and without what PostgreSQL has no place for. A merchant's odd
 * title must not cost an order. */
export const words = (max: number) =>
  z
    .string()
    .transform((text) => text.slice(0, max).replace(/\0|\p{Surrogate}/gu, "\uFFFD"))
    .nullish();

export const shopAmount = ({ shop_money }: MoneySet): string => shop_money.amount;

/** The sum of decimals; it is rounded to whole minor units afterwards. */
export const sumOf = (amounts: readonly string[]): number =>
  amounts.reduce((sum, amount) => sum + Number(amount), 0);
