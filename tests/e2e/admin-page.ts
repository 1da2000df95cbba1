import { mkdir } from "node:fs/promises";
import type { Browser, FrameLocator, Locator, Page } from "playwright-core";
import { afterAll, beforeAll } from "vitest";
import { openBrowser } from "../browser";
import { eventually } from "../eventually";

/** How long an answer may take before it is asked for again, in milliseconds. */
const ATTEMPT = { timeout: 10_000 };

/** One browser for a file's tests; gives a page as wide as a desk. */
export function useBrowser(): () => Promise<Page> {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser.close());
  return async () => {
    const page = await browser.newPage({ viewport: { width: 1280, height: 1_800 } });
    page.setDefaultTimeout(60_000);
    return page;
  };
}

/** Opens a page of the app from the admin's navigation. */
export async function openApp(page: Page, address: string, link: string): Promise<FrameLocator> {
  await page.goto(address);
  await page.getByRole("link", { name: link, exact: true }).click();
  return page.frameLocator("iframe");
}

/** The same, until something of the page can be seen: what it shows may have to happen first. */
export const openUntil = (
  page: Page,
  [address, link]: [address: string, link: string],
  shown: (app: FrameLocator) => Locator,
): Promise<FrameLocator> =>
  eventually(async () => {
    const app = await openApp(page, address, link);
    await shown(app).first().waitFor(ATTEMPT);
    return app;
  });

/** Does something until what it brings can be seen: before the page is alive it does nothing, as for a quick
 * merchant, who does it again. */
export async function doUntil(act: () => Promise<unknown>, brought: Locator): Promise<void> {
  let isDone = false;
  await eventually(async () => {
    if (!isDone || !(await brought.first().isVisible())) await act();
    isDone = true;
    await brought.first().waitFor(ATTEMPT);
  });
}

/** Clicks a link or a button until what it leads to can be read. */
export function clickUntil(app: FrameLocator, name: string | RegExp, leadsTo: string | RegExp) {
  const [link, button] = (["link", "button"] as const).map((role) =>
    app.getByRole(role, { name, exact: true }),
  ) as [Locator, Locator];
  return doUntil(
    () => link.or(button).first().click(ATTEMPT),
    app.getByText(leadsTo, { exact: true }),
  );
}

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
  (await app.getByRole("table", { name, exact: true }).innerText(ATTEMPT)).replace(/\s+/g, " ");
