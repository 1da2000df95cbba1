import { mkdir } from "node:fs/promises";
import type { Browser, FrameLocator, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, vi } from "vitest";
import { openBrowser } from "../browser";

/** One browser for a file's tests; gives a page as wide as a desk. */
export function useBrowser(): () => Promise<Page> {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser.close());
  return () => browser.newPage({ viewport: { width: 1280, height: 1_800 } });
}

/** Opens a page of the app from the admin's navigation. */
export async function openApp(page: Page, address: string, link: string): Promise<FrameLocator> {
  await page.goto(address);
  await page.getByRole("link", { name: link, exact: true }).click();
  return page.frameLocator("iframe");
}

/** Does something until what it brings can be seen: before the page is alive it does nothing, as for a quick
 * merchant, who does it again. */
export const doUntil = (act: () => Promise<unknown>, brought: Locator): Promise<void> =>
  vi.waitFor(
    async () => {
      await act();
      await brought.first().waitFor({ timeout: 5_000 });
    },
    { timeout: 60_000 },
  );

/** Pictures of the page for a person, where SCREENSHOTS names a folder. */
export async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env.SCREENSHOTS;
  if (!folder) return;
  await mkdir(folder, { recursive: true });
  for (const width of [390, 1280]) {
    await page.setViewportSize({ width, height: 1_800 });
    await page.screenshot({ path: `${folder}/${name}-${width}.png` });
  }
}

/** What a table says, in one line. */
export const textOf = async (app: FrameLocator, name: string): Promise<string> =>
  (await app.getByRole("table", { name, exact: true }).innerText({ timeout: 10_000 })).replace(
    /\s+/g,
    " ",
  );
