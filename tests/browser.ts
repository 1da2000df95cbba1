import chromium from "@sparticuz/chromium";
import { chromium as playwright, type Browser } from "playwright-core";

/** Headless Chromium calls itself a bot, and Shopify's library turns bots away. */
export const DESKTOP_USER_AGENT =
  "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/147.0.0.0 Safari/537.36";

/** Where the Chromium at CHROMIUM_PATH is, or else the one of an npm package, which is unpacked if it was not.
 * Unpacking it twice at once breaks both: a run of tests does so before the first one. */
export const browserPath = async (): Promise<string> =>
  process.env.CHROMIUM_PATH ?? (await chromium.executablePath());

/** A headless Chromium that presents itself as a desktop browser; the caller closes it. */
export async function openBrowser(): Promise<Browser> {
  return playwright.launch({
    executablePath: await browserPath(),
    headless: true,
    args: ["--no-sandbox", "--disable-gpu", `--user-agent=${DESKTOP_USER_AGENT}`],
  });
}
