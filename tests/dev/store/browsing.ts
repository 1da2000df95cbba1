import type { Browser, Page } from "playwright-core";
import { openBrowser } from "../../browser";
import { test as base } from "./running-store";

/** Where the shop takes a browser to be: it decides whether its shopper is asked before anything is
 * measured. */
export const fromCountry = (value: string) => ({
  ...{ name: "country", value, domain: "127.0.0.1", path: "/" },
});

/** `test` with a page of a browser that nobody has used before; the app has received nothing yet. */
export const test = base
  .extend<{ $file: { browser: Browser } }>({
    browser: [
      async ({}, provide) => {
        const browser = await openBrowser();
        await provide(browser);
        await browser.close();
      },
      { scope: "file" },
    ],
  })
  .extend<{ page: Page }>({
    page: async ({ browser, app }, provide) => {
      app.received.length = 0;
      const context = await browser.newContext();
      await context.addCookies([fromCountry("US")]);
      await provide(await context.newPage());
      await context.close();
    },
  });
