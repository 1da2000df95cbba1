import { describe, expect } from "vitest";
import { test } from "./tracked-shop";

describe("a page object that is not Shopify's", () => {
  const throwing = `() => { throw new Error("broken"); }`;
  const OBJECTS = {
    missing: "undefined",
    "of another kind": "7",
    empty: "{}",
    "without consent": "{ customerPrivacy: {}, analytics: {} }",
    "that throws at consent": `{ customerPrivacy: { analyticsProcessingAllowed: ${throwing} } }`,
    "that throws when it loads": `{ loadFeatures: ${throwing} }`,
    "that throws when it publishes": `{ customerPrivacy: { analyticsProcessingAllowed: () => true },
      analytics: { publish: ${throwing} } }`,
  };

  test.for(Object.entries(OBJECTS))("%s: breaks nothing", async ([, object], { page }) => {
    const failures: Error[] = [];
    page.on("pageerror", (error) => failures.push(error));
    await page.setContent(`<script>window.Shopify = ${object};</script><button>Press</button>`);
    await page.addScriptTag({ path: "extensions/storefront/assets/tracker.js" });

    await page.getByRole("button").click();
    await page.evaluate(() => document.dispatchEvent(new Event("visitorConsentCollected")));

    expect(failures).toEqual([]);
  });
});
