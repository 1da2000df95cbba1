import { describe, expect, test } from "vitest";
import { HARBOUR, measure, NORTHWIND } from "./labels";

describe.each([
  ["within a shop", [NORTHWIND]],
  ["across two stores", [NORTHWIND, HARBOUR]],
])("%s, what the stand-in's shops list twice", (name, shops) => {
  const [tuned, heldOut] = measure(shops);

  test.each([
    ["on the half that the rules were tuned on", tuned],
    ["on the half that was held out", heldOut],
  ])("is found, and little else, %s", (half, quality) => {
    process.stdout.write(`${name}, ${half}: ${JSON.stringify(quality)}\n`);

    expect(quality.pairs).toBeGreaterThan(25);
    expect(quality.precision).toBeGreaterThanOrEqual(0.98);
    expect(quality.recall).toBeGreaterThanOrEqual(0.9);
    expect(quality.automaticRecall).toBeGreaterThanOrEqual(0.9);
  });
});

test("a shop that lists nothing twice has hardly a group", () => {
  const automatic = measure([HARBOUR]).map(({ automatic }) => automatic);

  expect(automatic).toEqual([0, 0]);
});
