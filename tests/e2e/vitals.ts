import type { Frame, Locator, Page } from "playwright-core";

/** Milliseconds; `cls` has no unit. `inp` is the slowest of the interactions, since fewer than fifty are
 * made; null where each was over within 16 ms. dev:web.dev/articles/vitals */
export type Vitals = {
  lcp: number;
  cls: number;
  inp: number | null;
  interactions: number;
  /** What made up most of `cls`: when, on which page, and the elements that moved, each with its top before and after. */
  moved: string[];
};

const WATCH = `(() => {
  const vitals = { lcp: 0, cls: 0, inp: null, moved: [] };
  const watch = (type, take, more = {}) =>
    new PerformanceObserver((list) => list.getEntries().forEach(take))
      .observe({ type, buffered: true, ...more });
  watch("largest-contentful-paint", (entry) => (vitals.lcp = entry.startTime));
  const nameOf = (node) => (node?.textContent || node?.nodeName || "gone").slice(0, 60);
  const told = ({ value, startTime, sources }) =>
    Math.round(startTime) + " ms, " + location.pathname + ", " + value.toFixed(3) + ": " +
    sources.map((each) => nameOf(each.node) + " " + Math.round(each.previousRect.top) + " > " +
                          Math.round(each.currentRect.top)).join("; ");
  watch("layout-shift", (entry) => {
    if (entry.hadRecentInput) return;
    vitals.cls += entry.value;
    if (entry.value > 0.01) vitals.moved.push(told(entry));
  });
  watch("event", (entry) => {
    if (entry.interactionId) vitals.inp = Math.max(vitals.inp ?? 0, entry.duration);
  }, { durationThreshold: 16 });
  window.readVitals = () => ({ ...vitals, interactions: performance.interactionCount });
})()`;

/** Has every page watch itself from its first moment on. */
export const watchVitals = (page: Page) => page.addInitScript(WATCH);

/** What the frame has shown so far; observers hear of an event after the frame in which it was painted. */
export const vitalsOf = (frame: Frame) =>
  frame.evaluate<Vitals>(
    "new Promise((done) => requestAnimationFrame(() => setTimeout(() => done(readVitals()), 300)))",
  );

/** How many of a page's buttons are pressed. */
const BUTTONS = 4;

/** Uses a page as people do, with real keys and clicks: other periods and comparisons, then its buttons,
 * such as those that sort, explain or narrow down. Nothing that it waits for is part of an interaction. */
export async function use(page: Page, frame: Frame): Promise<void> {
  await frame.locator("h1").first().click();
  for (const select of await visible(frame.locator("select"))) {
    await select.focus();
    await page.keyboard.press("ArrowDown");
    await page.waitForLoadState("networkidle", { timeout: 2_000 }).catch(() => {}); // live pages never are
    await page.keyboard.press("ArrowUp");
  }
  const buttons = await visible(frame.locator("main button, .Polaris-Page button"));
  for (const button of buttons.slice(0, BUTTONS))
    await button.click({ timeout: 2_000 }).catch(() => {}); // one may be gone by what another did
  await page.keyboard.press("Tab");
}

/** Those that can be pressed now; one may go while it is looked at. */
async function visible(all: Locator): Promise<Locator[]> {
  const found = await all.all();
  const states = await Promise.all(
    found.map(
      async (each) =>
        (await each.isVisible()) && each.isEnabled({ timeout: 2_000 }).catch(() => false),
    ),
  );
  return found.filter((_, index) => states[index]);
}
