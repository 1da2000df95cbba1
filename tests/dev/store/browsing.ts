import type { Browser, Page } from "playwright-core";
import { openBrowser } from "../../browser";
import { test as base } from "./running-store";

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
      await provide(await context.newPage());
      await context.close();
    },
  });
