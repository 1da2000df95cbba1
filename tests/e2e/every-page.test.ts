import { createRequire } from "node:module";
import { readFile } from "node:fs/promises";
import type { AxeResults } from "axe-core";
import type { Frame, Page } from "playwright-core";
import { expect } from "vitest";
import { openApp, picture, useBrowser } from "./admin-page";
import { givePast } from "./past";
import { firstShop, test } from "./stack";
import { use, vitalsOf, watchVitals, type Vitals } from "./vitals";

const newPage = useBrowser();
const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** By the name in the menu; where the page is called otherwise, by its own. */
const PAGES = [
  ...["Home", "Live", "Sessions", "Pages", "Heatmap", "Funnel", "Journeys", "Search"],
  ...["Products", "Carts", "Revenue", "Customers", "Cohorts", "Data quality"],
];
const TITLES: Record<string, string> = { Carts: "Carts and checkout" };

const NORTHWIND = { shop: "northwind-outdoor.myshopify.com", seed: 7 };

/** What nobody who needs a screen reader, a keyboard or contrast should meet. */
async function seriousFindings(frame: Frame, asked = "axe.run(document)"): Promise<string[]> {
  await frame.evaluate(axe);
  const { passes, violations } = await frame.evaluate<AxeResults>(asked);
  expect(passes, "nothing was looked at").not.toEqual([]);
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`));
}

async function open(page: Page, address: string, name: string): Promise<Frame> {
  if (name === "Home") await page.goto(address);
  const app = name === "Home" ? page.frameLocator("iframe") : await openApp(page, address, name);
  await app.getByRole("heading", { name: TITLES[name] ?? name, exact: true, level: 1 }).waitFor();
  await page.waitForLoadState("networkidle", { timeout: 5_000 }).catch(() => {}); // live pages never are
  const frame = page.frames().find((each) => each.parentFrame() === page.mainFrame());
  if (!frame) throw new Error("the admin has no frame");
  return frame;
}

/** Which findings there are by the colours alone. */
const CONTRAST = `axe.run(document, { runOnly: ["color-contrast"] })`;

test(
  "every page of analytics can be read by everybody, and stays where it is",
  { timeout: 900_000 },
  async ({ stack, db }) => {
    const { shop } = await firstShop(stack);
    await givePast(db, { ...NORTHWIND, days: 28, visitorsPerDay: 30 });
    const page = await newPage();
    await watchVitals(page);

    for (const name of PAGES) {
      await page.setViewportSize({ width: 1280, height: 1_800 });
      const frame = await open(page, shop.adminAddress, name);

      const { cls, moved } = await vitalsOf(frame);
      expect(cls, `${name} moves: ${moved.join("\n")}`).toBeLessThan(0.1);
      expect(await seriousFindings(frame), name).toEqual([]);
      await page.emulateMedia({ colorScheme: "dark" });
      expect(await seriousFindings(frame, CONTRAST), `${name}, where dark is preferred`).toEqual(
        [],
      );
      await page.emulateMedia({ colorScheme: "light" });
      await picture(page, `every-${name.toLowerCase().replace(" ", "-")}`);
      await use(page, frame);
      tell(name, { ...(await vitalsOf(frame)), cls });
    }
  },
);

/** Figures for a person: what a page takes depends on what else the machine does. */
function tell(name: string, { lcp, cls, inp, interactions }: Vitals): void {
  const slowest = inp === null ? "below 16" : Math.round(inp);
  process.stdout.write(
    `${name}: largest paint ${Math.round(lcp)} ms, shift ${cls.toFixed(3)}, ` +
      `slowest of ${interactions} interactions ${slowest} ms\n`,
  );
}
