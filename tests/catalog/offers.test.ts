import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fromPrice, priceRange, sumUp, type Offer } from "~/catalog/offers";

let next = 0;
const offer = (about: Partial<Offer> & { price?: number } = {}): Offer => {
  const { price = 1_290, ...rest } = about;
  return {
    ...{ domain: "shop.myshopify.com", store: "Shop", productId: String(++next), title: "Mug" },
    ...{ vendor: "Hearth", imageUrl: null, url: null, isAvailable: true, currency: "EUR" },
    ...{ minPriceMinor: price, maxPriceMinor: price },
    ...rest,
  };
};
const EUROS = { currency: "EUR", moneyFormat: null };
/** What `Intl` puts between figures is a space of one kind or another. */
const plain = (text: string | null) => text?.replace(/\s/g, " ") ?? null;

describe("offers", () => {
  test("are from the cheapest in stock to the dearest, and the cheapest is named", () => {
    const [sum] = sumUp(
      [
        offer({ price: 900, isAvailable: false }),
        offer({ minPriceMinor: 1_500, maxPriceMinor: 1_900 }),
        offer({ price: 1_290, vendor: "Ox" }),
      ],
      EUROS,
    );

    expect(sum).toMatchObject({ minPriceMinor: 1_290, maxPriceMinor: 1_900 });
    expect(sum?.cheapest?.vendor).toBe("Ox");
    expect(sum?.offers.map(({ minPriceMinor }) => minPriceMinor)).toEqual([1_290, 1_500, 900]);
    expect(sum && fromPrice(sum)).toBe("from €12.90");
    expect(sum && plain(priceRange(sum))).toBe("€12.90 – €19.00");
  });

  test("are out of stock when none is in stock", () => {
    const [sum] = sumUp([offer({ isAvailable: false })], EUROS);

    expect(sum).toMatchObject({ minPriceMinor: null, maxPriceMinor: null, cheapest: null });
    expect(sum && [fromPrice(sum), priceRange(sum)]).toEqual([null, null]);
  });

  test("of one price have no range", () => {
    const [sum] = sumUp([offer(), offer()], EUROS);

    expect(sum && [fromPrice(sum), priceRange(sum)]).toEqual(["€12.90", "€12.90"]);
  });

  test("in a currency without decimal places have none", () => {
    const [sum] = sumUp([offer({ price: 1_200, currency: "JPY" })], EUROS);

    expect(sum && fromPrice(sum)).toBe("¥1,200");
  });

  test("are written in the shop's own format, but for those in another currency", () => {
    const own = { currency: "EUR", moneyFormat: "{{amount_with_comma_separator}} €" };
    const sums = sumUp([offer(), offer({ price: 1_590 }), offer({ currency: "NZD" })], own);

    expect(sums.map(priceRange)).toEqual(["12,90 € – 15,90 €", "NZ$12.90"]);
    expect(sums.map(fromPrice)).toEqual(["from 12,90 €", "NZ$12.90"]);
  });

  const anyOffers = fc.array(
    fc
      .record({
        currency: fc.constantFrom("EUR", "NZD", null),
        prices: fc.tuple(fc.nat(9_999), fc.nat(9_999)),
        isAvailable: fc.boolean(),
      })
      .map(({ prices, ...about }) =>
        offer({ ...about, minPriceMinor: Math.min(...prices), maxPriceMinor: Math.max(...prices) }),
      ),
  );

  test("of two currencies are never mixed, and none is lost; the shop's own come first", () => {
    fc.assert(
      fc.property(anyOffers, (offers) => {
        const sums = sumUp(offers, { ...EUROS, currency: "NZD" });

        for (const { currency, offers } of sums)
          expect(new Set(offers.map((offer) => offer.currency))).toEqual(new Set([currency]));
        expect(sums.flatMap(({ offers }) => offers)).toHaveLength(offers.length);
        if (offers.some(({ currency }) => currency === "NZD"))
          expect(sums[0]?.currency).toBe("NZD");
      }),
    );
  });

  test("have a range that holds every price in stock, and touches the lowest and the highest", () => {
    fc.assert(
      fc.property(anyOffers, (offers) => {
        for (const { offers: own, minPriceMinor, maxPriceMinor } of sumUp(offers, EUROS)) {
          const inStock = own.filter(({ isAvailable }) => isAvailable);
          const prices = inStock.flatMap((offer) => [offer.minPriceMinor, offer.maxPriceMinor]);

          expect(minPriceMinor).toBe(inStock.length > 0 ? Math.min(...prices) : null);
          expect(maxPriceMinor).toBe(inStock.length > 0 ? Math.max(...prices) : null);
        }
      }),
    );
  });
});
