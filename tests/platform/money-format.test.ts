import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { minorUnits } from "~/platform/money";
import { writeMoney } from "~/platform/money-format";

const one = (amountMinor: number, moneyFormat: string | null, currency = "EUR") =>
  writeMoney({ from: amountMinor, to: amountMinor }, { currency, moneyFormat });
/** What `Intl` puts between figures is a space of one kind or another. */
const plain = (text: string) => text.replace(/\s/g, " ");

describe("an amount in a shop's format", () => {
  // the examples of Shopify's manual, for 1134.65
  test.each([
    ["{{ amount }}", "1,134.65"],
    ["{{ amount_no_decimals }}", "1,135"],
    ["{{ amount_with_comma_separator }}", "1.134,65"],
    ["{{ amount_no_decimals_with_comma_separator }}", "1.135"],
    ["{{ amount_with_apostrophe_separator }}", "1'134.65"],
    ["{{ amount_no_decimals_with_space_separator }}", "1 135"],
    ["{{ amount_with_space_separator }}", "1 134,65"],
    ["{{ amount_with_period_and_space_separator }}", "1 134.65"],
  ])("%s is %s", (format, shown) => expect(one(113_465, format)).toBe(shown));

  test.each([
    ["EUR", "€{{amount}}", 5, "€0.05"],
    ["EUR", "€{{amount}}", 100, "€1.00"],
    ["EUR", "€{{amount}}", 123_456_789, "€1,234,567.89"],
    ["USD", "US$1 {{amount}} $&", 100, "US$1 1.00 $&"],
    ["JPY", "¥{{amount}}", 1_500, "¥1,500"],
    ["JPY", "¥{{amount_no_decimals}}", 1_500, "¥1,500"],
    ["KWD", "{{amount_with_comma_separator}} KD", 1_500, "1,500 KD"],
    ["KWD", "{{amount_no_decimals}} KD", 1_500, "2 KD"],
  ])("of %s, %s, has its currency's decimals: %d is %s", (currency, format, minor, shown) =>
    expect(one(minor, format, currency)).toBe(shown),
  );

  test("is text: tags are left out, and entities are what they stand for", () => {
    expect(one(1_290, '<span class="money">&euro;{{amount}}</span>')).toBe("€12.90");
    expect(one(1_290, "&#8364;{{amount}}&nbsp;<b>EUR</b>")).toBe("€12.90\u00a0EUR");
  });

  test.each([
    null,
    "",
    "€",
    "€{{amount_in_words}}",
    "{{amount}} ({{constructor}})",
    "{{amount}} {{x}}",
    "{{ }}",
  ])("that we cannot read, %j, is written in English", (format) => {
    expect(one(1_290, format)).toBe("€12.90");
    expect(
      plain(writeMoney({ from: 1_290, to: 1_590 }, { currency: "NZD", moneyFormat: format })),
    ).toBe("NZ$12.90–15.90");
  });
});

test("a range is two amounts, unless they are written alike", () => {
  const range = (moneyFormat: string) =>
    writeMoney({ from: 1_260, to: 1_310 }, { currency: "EUR", moneyFormat });

  expect(range("{{amount_with_comma_separator}} €")).toBe("12,60 € – 13,10 €");
  expect(range("€{{amount_no_decimals}}")).toBe("€13");
});

const EXACT = [
  "amount",
  "amount_with_comma_separator",
  "amount_with_apostrophe_separator",
  "amount_with_space_separator",
  "amount_with_period_and_space_separator",
];
const ROUNDED = [
  "amount_no_decimals",
  "amount_no_decimals_with_comma_separator",
  "amount_no_decimals_with_space_separator",
];
const amount = fc.nat(10 ** 12);
const currency = fc.constantFrom("EUR", "JPY", "KWD");
const digitsOf = (text: string) => Number(text.replace(/\D/g, ""));

test("the number can be read back from what is written", () => {
  fc.assert(
    fc.property(amount, currency, fc.constantFrom(...EXACT), (minor, code, name) => {
      const written = one(minor, `€{{${name}}}`, code);

      expect(digitsOf(written)).toBe(minor);
      const places = minorUnits(code);
      if (places > 0) expect(written).toMatch(new RegExp(`\\d[.,]\\d{${places}}$`));
    }),
  );
});

test("without decimals it is read back to half a unit", () => {
  fc.assert(
    fc.property(amount, currency, fc.constantFrom(...ROUNDED), (minor, code, name) => {
      const unit = 10 ** minorUnits(code);

      const read = digitsOf(one(minor, `€{{${name}}}`, code)) * unit;
      expect(Math.abs(read - minor)).toBeLessThanOrEqual(unit / 2);
    }),
  );
});

test("a range goes from the lower amount to the higher one", () => {
  fc.assert(
    fc.property(amount, amount, fc.constantFrom(...EXACT, ...ROUNDED), (a, b, name) => {
      const money = { currency: "EUR", moneyFormat: `€{{${name}}}` };
      const written = writeMoney({ from: Math.min(a, b), to: Math.max(a, b) }, money);

      const [from = NaN, to = from] = written.split(" – ").map(digitsOf);
      expect(from).toBeLessThanOrEqual(to);
    }),
  );
});
