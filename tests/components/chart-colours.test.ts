import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { describe, expect, test } from "vitest";
import { contrast, difference, lightOf, seenBy, VISIONS } from "./colours";

const OWN = readFileSync("app/components/charts.css", "utf8");
const POLARIS = readFileSync(
  createRequire(import.meta.url).resolve("@shopify/polaris/build/esm/styles.css"),
  "utf8",
);

/** The value of a variable where a selector sets it. */
function valueIn(css: string, selector: string, name: string): string {
  const rules = css.replaceAll(/\/\*[^]*?\*\//g, "").match(/[^{}]+\{[^{}]*\}/g) ?? [];
  for (const rule of rules) {
    const [head = "", body = ""] = rule.split("{");
    const value = new RegExp(`${name}:\\s*([^;}]+)`).exec(body)?.[1];
    if (value && head.split(",").some((each) => each.trim() === selector)) return value;
  }
  throw new Error(`${selector} does not set ${name}`);
}

/** Where Polaris is light, and where it is dark. */
const THEMES = [
  [":root", ".p-theme-light"],
  [".p-theme-dark-experimental", ".p-theme-dark-experimental"],
] as const;

describe.for(THEMES)("charts within %s", ([own, polaris]) => {
  const colour = (name: string) => lightOf(valueIn(OWN, own, name));
  const card = lightOf(valueIn(POLARIS, polaris, "--p-color-bg-surface"));

  test("stand out from their card: 3 to 1, their numbers 4.5 to 1", () => {
    for (const name of ["--chart-1", "--chart-2"])
      expect(contrast(colour(name), card), name).toBeGreaterThanOrEqual(3);
    expect(contrast(colour("--chart-axis"), card)).toBeGreaterThanOrEqual(4.5);
  });

  test.for(Object.entries(VISIONS))("have two colours that differ with %s", ([, vision]) => {
    const [one, other] = [colour("--chart-1"), colour("--chart-2")];

    expect(difference(seenBy(vision, one), seenBy(vision, other))).toBeGreaterThan(40);
  });
});

test("colours that dichromats take for one are found out", () => {
  const [red, green] = [lightOf("#c0392b"), lightOf("#6b7a12")];

  expect(difference(red, green)).toBeGreaterThan(40);
  const { deuteranopia } = VISIONS;
  expect(deuteranopia).toBeDefined();
  if (deuteranopia)
    expect(difference(seenBy(deuteranopia, red), seenBy(deuteranopia, green))).toBeLessThan(40);
});

test("charts have no other colours than these", () => {
  const charts = readdirSync("app/components", { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".tsx"))
    .map((file) => [file, readFileSync(`app/components/${file}`, "utf8")] as const)
    .filter(([, source]) => source.includes('from "recharts"'));

  expect(charts.length).toBeGreaterThan(1);
  for (const [file, source] of charts) expect(source, file).not.toMatch(/#[\da-f]{3,8}\b|rgb\(/i);
});
