import { createRequire } from "node:module";
import { readFile } from "node:fs/promises";
import type { AxeResults } from "axe-core";
import type { Frame, Page } from "playwright-core";
import { expect } from "vitest";
import { MINUTE } from "~/platform/time";
import { openApp, picture, useBrowser } from "./admin-page";
import { firstShop, test } from "./stack";

const newPage = useBrowser();
const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** By the name in the menu; where the page is called otherwise, by its own. */
const PAGES = [
  ...["Home", "Live", "Sessions", "Pages", "Heatmap", "Funnel", "Journeys", "Search"],
  ...["Products", "Carts", "Revenue", "Customers", "Cohorts", "Data quality"],
];
const TITLES: Record<string, string> = { Carts: "Carts and checkout" };

/** What nobody who needs a screen reader, a keyboard or contrast should meet. */
async function seriousFindings(frame: Frame): Promise<string[]> {
  await frame.evaluate(axe);
  const { passes, violations } = await frame.evaluate<AxeResults>("axe.run(document)");
  expect(passes, "nothing was looked at").not.toEqual([]);
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`));
}

type Vitals = { lcp: number; cls: number };

/** The frame's largest contentful paint, in milliseconds, and how far its layout has shifted. */
const vitalsOf = (frame: Frame) =>
  frame.evaluate<Vitals>(`new Promise((resolve) => {
    const vitals = { lcp: 0, cls: 0 };
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) vitals.lcp = entry.startTime;
    }).observe({ type: "largest-contentful-paint", buffered: true });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) if (!entry.hadRecentInput) vitals.cls += entry.value;
    }).observe({ type: "layout-shift", buffered: true });
    setTimeout(() => resolve(vitals), 500);
  })`);

async function open(page: Page, address: string, name: string): Promise<Frame> {
  if (name === "Home") await page.goto(address);
  const app = name === "Home" ? page.frameLocator("iframe") : await openApp(page, address, name);
  await app.getByRole("heading", { name: TITLES[name] ?? name, exact: true, level: 1 }).waitFor();
  await page.waitForLoadState("networkidle", { timeout: 5_000 }).catch(() => {}); // live pages never are
  const frame = page.frames().find((each) => each.parentFrame() === page.mainFrame());
  if (!frame) throw new Error("the admin has no frame");
  return frame;
}

test(
  "every page of analytics can be read by everybody, and stays where it is",
  { timeout: 420_000 },
  async ({ stack, db }) => {
    const { shop } = await firstShop(stack);
    const { id: shopId } = await db.shop.findFirstOrThrow({ where: { uninstalledAt: null } });
    const startedAt = new Date(Date.now() - 10 * MINUTE);
    const session = { shopId, sessionId: "one", clientId: "ana" };
    await db.session.create({
      data: { ...session, startedAt, endedAt: new Date(), eventCount: 1, pageViewCount: 1 },
    });
    await db.pageView.create({
      data: { ...session, eventId: "one", path: "/", viewedAt: startedAt },
    });
    const page = await newPage();

    for (const name of PAGES) {
      await page.setViewportSize({ width: 1280, height: 1_800 });
      const frame = await open(page, shop.adminAddress, name);

      const { lcp, cls } = await vitalsOf(frame);
      process.stdout.write(
        `${name}: largest paint ${Math.round(lcp)} ms, shift ${cls.toFixed(3)}\n`,
      );
      expect(cls, `${name} moves`).toBeLessThan(0.1);
      expect(await seriousFindings(frame), name).toEqual([]);
      await picture(page, `every-${name.toLowerCase().replace(" ", "-")}`);
    }
  },
);
