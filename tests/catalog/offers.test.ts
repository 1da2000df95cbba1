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
      "EUR",
    );

    expect(sum).toMatchObject({ minPriceMinor: 1_290, maxPriceMinor: 1_900 });
    expect(sum?.cheapest?.vendor).toBe("Ox");
    expect(sum?.offers.map(({ minPriceMinor }) => minPriceMinor)).toEqual([1_290, 1_500, 900]);
    expect(sum && fromPrice(sum, "en")).toBe("from €12.90");
    expect(sum && plain(priceRange(sum, "en"))).toBe("€12.90 – €19.00");
    expect(sum && plain(priceRange(sum, "de-DE"))).toBe("12,90–19,00 €");
  });

  test("are out of stock when none is in stock", () => {
    const [sum] = sumUp([offer({ isAvailable: false })], "EUR");

    expect(sum).toMatchObject({ minPriceMinor: null, maxPriceMinor: null, cheapest: null });
    expect(sum && [fromPrice(sum, "en"), priceRange(sum, "en")]).toEqual([null, null]);
  });

  test("of one price have no range", () => {
    const [sum] = sumUp([offer(), offer()], "EUR");

    expect(sum && [fromPrice(sum, "en"), priceRange(sum, "en")]).toEqual(["€12.90", "€12.90"]);
  });

  test("in a currency without decimal places have none", () => {
    const [sum] = sumUp([offer({ price: 1_200, currency: "JPY" })], "EUR");

    expect(sum && fromPrice(sum, "en")).toBe("¥1,200");
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
        const sums = sumUp(offers, "NZD");

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
        for (const { offers: own, minPriceMinor, maxPriceMinor } of sumUp(offers, "EUR")) {
          const inStock = own.filter(({ isAvailable }) => isAvailable);
          const prices = inStock.flatMap((offer) => [offer.minPriceMinor, offer.maxPriceMinor]);

          expect(minPriceMinor).toBe(inStock.length > 0 ? Math.min(...prices) : null);
          expect(maxPriceMinor).toBe(inStock.length > 0 ? Math.max(...prices) : null);
        }
      }),
    );
  });
});
