import { describe, expect, test } from "vitest";
import { verdictOf } from "~/catalog/matching/score";
import { colors, compare, sizes, variant } from "./listings";

const verdict = (...args: Parameters<typeof compare>) => verdictOf(compare(...args).confidence);
const barcode = "4006381333931";

describe("two listings are one product", () => {
  test("when another vendor lists the same name in another order", () => {
    expect(
      verdict(
        { title: "Fjell two-person tunnel tent", vendor: "Halvard" },
        { title: "Halvard Fjell – tunnel tent, two person", vendor: "Basecamp Direct" },
      ),
    ).toBe("automatic");
  });

  test("when they have the same barcode and their titles are alike", () => {
    const { confidence, reasons } = compare(
      { title: "Kettle Ember", variants: [variant({ barcode })] },
      { title: "Ember enamel kettle", variants: [variant({ barcode })] },
    );

    expect(verdictOf(confidence)).toBe("automatic");
    expect(reasons[0]).toMatchObject({ words: "Both have the barcode 4006381333931", points: 8 });
  });

  test("when their titles name the same model, however it is written", () => {
    const { confidence, names } = compare(
      { title: "Sony WH-1000XM4 headphones", vendor: "Sony" },
      { title: "WH1000XM4 wireless headphones", vendor: "Sony" },
    );

    expect(names).toContain("model");
    expect(verdictOf(confidence)).toBe("automatic");
  });

  test("when a word is spelled in two ways", () => {
    expect(
      verdict(
        { title: "Willow stoneware teapots", vendor: "Kumo" },
        { title: "Willow stonware teapot", vendor: "Kumo" },
      ),
    ).toBe("automatic");
  });
});

test("the same barcode under titles that have nothing in common is shown to the merchant", () => {
  expect(
    verdict(
      { title: "Emailliert, Glut", variants: [variant({ barcode })] },
      { title: "Ember kettle", variants: [variant({ barcode })] },
    ),
  ).toBe("review");
});

describe("two listings are two products", () => {
  const kettle = { title: "Ember enamel kettle", vendor: "Hearth" };

  test.each([
    ["a word is another one", { title: "Ember copper kettle", vendor: "Hearth" }],
    ["they hold other amounts", { title: "Ember enamel kettle 2 l", variants: sizes("2 l") }],
    ["one is what belongs to the other", { title: "Replacement lid for Ember enamel kettle" }],
    ["one is another version", { title: "Ember enamel kettle 2" }],
    ["one costs six times as much", { title: "Ember enamel kettle", price: 29_400, vendor: "Ox" }],
    ["they have only what is common in common", { title: "Kettle", vendor: "Hearth" }],
  ])("when %s", (_, other) => {
    const own = { ...kettle, variants: sizes("1 l") };

    expect(verdict(own, { vendor: "Hearth", variants: sizes("1 l"), ...other })).not.toBe(
      "automatic",
    );
  });

  test("when their barcodes differ", () => {
    const other = [variant({ barcode: "4006381333948" })];

    const { names, confidence } = compare(
      { ...kettle, variants: [variant({ barcode })] },
      { ...kettle, variants: other },
    );

    expect(names).toContain("other barcode");
    expect(verdictOf(confidence)).not.toBe("automatic");
  });

  test("when each is a colour of its own", () => {
    expect(
      verdict(
        { ...kettle, variants: colors("Red") },
        { ...kettle, vendor: "Ox", variants: colors("Blue") },
      ),
    ).not.toBe("automatic");
  });
});

describe("a reason", () => {
  test("is that both hold the same amount, in whatever unit it is told", () => {
    const { reasons } = compare(
      { title: "Lake bottle", variants: sizes("0.5 l", "1 l") },
      { title: "Lake bottle", variants: sizes("500 ml") },
    );

    expect(reasons).toContainEqual({ name: "size", points: 0.5, words: "Both come in 500ml" });
  });

  test("is a price, unless the currencies differ", () => {
    const same = { title: "Lake bottle" };

    expect(compare(same, { ...same, price: 4_500 }).names).toContain("price");
    expect(compare(same, { ...same, price: 500 }).names).toContain("other price");
    expect(compare(same, { ...same, currency: "NZD" }).names).not.toContain("price");
    expect(compare(same, { ...same, currency: "NZD", price: 500 }).names).not.toContain(
      "other price",
    );
  });

  test("is a SKU, which tells less between two stores", () => {
    const own = { title: "Lake bottle", variants: [variant({ sku: "LAK-500" })] };
    const points = (store: string) =>
      compare(own, { ...own, store, variants: [variant({ sku: "lak 500" })] }).reasons.find(
        ({ words }) => words === "Both have the SKU LAK500",
      )?.points;

    expect(points("1")).toBe(4);
    expect(points("2")).toBe(2);
  });

  test("is said in the same words whichever listing comes first", () => {
    const [one, other] = [{ title: "Lake steel bottle" }, { title: "Lake glass bottle" }];

    expect(compare(one, other).reasons).toEqual(compare(other, one).reasons);
    expect(compare(one, other).reasons.map(({ words }) => words)).toContain(
      "One title says “glass”, the other “steel”",
    );
  });
});
