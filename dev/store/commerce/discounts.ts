import type { Discount } from "./model";

/** Discount codes of the shops; one of them has ended, as there is in every shop. */
const DISCOUNTS: Record<string, Discount[]> = {
  "northwind-outdoor.myshopify.com": [
    code("WELCOME10", "10 % off the first order", { percent: 10 }),
    code("TRAIL15", "15 % off for newsletter readers", { percent: 15 }),
    code("TENEURO", "10 € off", { amountMinor: 1_000 }),
    code(
      "SUMMER25",
      "Summer's end",
      { percent: 25 },
      "2025-06-01T00:00:00Z",
      "2025-09-01T00:00:00Z",
    ),
  ],
  "harbour-tea.myshopify.com": [
    code("FIRSTPOT", "10 % off the first order", { percent: 10 }),
    code("STEEP5", "$5 off", { amountMinor: 500 }),
    code("MATARIKI", "Matariki", { percent: 20 }, "2025-06-15T00:00:00Z", "2025-07-15T00:00:00Z"),
  ],
};

export const discountsOf = (domain: string): readonly Discount[] => DISCOUNTS[domain] ?? [];

/** The discount of a code, whatever its case, while it is valid. */
export function validDiscount(
  discounts: readonly Discount[],
  code: string | null,
  at: string,
): Discount | undefined {
  const wanted = code?.trim().toUpperCase();
  return discounts.find(
    ({ code, startsAt, endsAt }) =>
      code === wanted &&
      Date.parse(startsAt) <= Date.parse(at) &&
      (endsAt === null || Date.parse(at) < Date.parse(endsAt)),
  );
}

/** What a discount takes off an amount, in minor units; never more than there is. */
export const discountOn = ({ value }: Discount, minor: number): number =>
  "percent" in value
    ? Math.round((minor * value.percent) / 100)
    : Math.min(value.amountMinor, minor);

function code(
  code: string,
  title: string,
  value: Discount["value"],
  startsAt = "2025-01-01T00:00:00Z",
  endsAt: string | null = null,
): Discount {
  return { code, title, value, startsAt, endsAt };
}
