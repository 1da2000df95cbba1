import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { corpusOf } from "~/catalog/matching/corpus";
import { featuresOf } from "~/catalog/matching/features";
import { findPairs } from "~/catalog/matching/find-pairs";
import type { Listing } from "~/catalog/matching/listing";
import { score } from "~/catalog/matching/score";
import { runSteps } from "~/catalog/matching/steps";
import { listing, variant } from "./listings";

const word = fc.constantFrom(
  ..."alder birch cairn dune ember fjell steel glass 24 32 mug bottle".split(" "),
);
const anyListing = fc
  .record({
    title: fc.array(word, { minLength: 1, maxLength: 5 }).map((words) => words.join(" ")),
    vendor: fc.constantFrom("Alder", "Hearth", ""),
    sku: fc.constantFrom(null, "A-1001", "B-1002"),
    barcode: fc.constantFrom(null, "4006381333931", "96385074", "123"),
    color: fc.constantFrom("Red", "Blue"),
    price: fc.integer({ min: 0, max: 10_000 }),
    currency: fc.constantFrom("EUR", "NZD", null),
  })
  .map(({ sku, barcode, color, ...about }) =>
    listing({
      ...about,
      variants: [variant({ sku, barcode, options: [{ name: "Color", value: color }] })],
    }),
  );
const anyListings = fc
  .array(anyListing, { minLength: 2, maxLength: 30 })
  .map((found) => found.map((one, i): Listing => ({ ...one, key: `1/${i}` })));

const find = (listings: readonly Listing[]) => runSteps(findPairs(listings));

describe("the score", () => {
  test("is the same whichever listing comes first, and between 0 and 1", () => {
    fc.assert(
      fc.property(anyListings, (listings) => {
        const [one, other, ...rest] = listings.map(featuresOf);
        if (!one || !other) return;
        const corpus = corpusOf([one, other, ...rest]);

        const found = score(one, other, corpus);

        expect(score(other, one, corpus)).toEqual(found);
        expect(found.confidence).toBeGreaterThan(0);
        expect(found.confidence).toBeLessThan(1);
      }),
    );
  });
});

describe("the pairs that are found", () => {
  test("are the same in whatever order the listings come, and however often", () => {
    fc.assert(
      fc.property(anyListings, fc.infiniteStream(fc.nat()), (listings, chances) => {
        const shuffled = listings
          .map((one) => ({ one, at: chances.next().value }))
          .sort((a, b) => a.at - b.at)
          .map(({ one }) => one);

        expect(find(shuffled)).toEqual(find(listings));
      }),
    );
  });

  test("are those of all listings, blocks or not", () => {
    fc.assert(
      fc.property(anyListings, (listings) => {
        const all = listings.map(featuresOf);
        const corpus = corpusOf(all);
        const sure = all.flatMap((one, i) =>
          all
            .slice(i + 1)
            .filter((other) => score(one, other, corpus).confidence >= 0.9)
            .map((other) => [one.listing.key, other.listing.key].sort().join(" ")),
        );
        const perListing = new Map<string, number>();
        for (const key of sure.join(" ").split(" "))
          perListing.set(key, (perListing.get(key) ?? 0) + 1);
        fc.pre([...perListing.values()].every((count) => count <= 10));

        expect(find(listings).map(({ one, other }) => `${one} ${other}`)).toEqual(
          expect.arrayContaining(sure),
        );
      }),
    );
  });

  test("are few for each, however many listings have the same title", () => {
    const same = Array.from({ length: 60 }, (_, i) =>
      listing({ key: `1/${i}`, title: "Classic cotton T-shirt" }),
    );

    const pairs = find(same);

    expect(pairs.length).toBeLessThanOrEqual(60 * 10);
    expect(pairs.length).toBeGreaterThan(0);
  });

  test("do not rest on a barcode that was typed in to fill the field", () => {
    const filled = Array.from({ length: 25 }, (_, i) =>
      listing({
        ...{ key: `1/${i}`, title: `Thing${String.fromCharCode(97 + i)}` },
        variants: [variant({ barcode: "4006381333931" })],
      }),
    );

    expect(find(filled)).toEqual([]);
    expect(find(filled.slice(0, 2))).toHaveLength(1);
  });
});
