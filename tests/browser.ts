import chromium from "@sparticuz/chromium";
import { chromium as playwright, type Browser } from "playwright-core";

/** Headless Chromium calls itself a bot, and Shopify's library turns bots away. */
export const DESKTOP_USER_AGENT =
  "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/147.0.0.0 Safari/537.36";

/** A headless Chromium out of an npm package, or the one at CHROMIUM_PATH. It presents itself as a
 * desktop browser; the caller closes it. */
export async function openBrowser(): Promise<Browser> {
  const executablePath = process.env.CHROMIUM_PATH ?? (await chromium.executablePath());
  return playwright.launch({
    executablePath,
    headless: true,
    args: ["--no-sandbox", "--disable-gpu", `--user-agent=${DESKTOP_USER_AGENT}`],
  });
}
