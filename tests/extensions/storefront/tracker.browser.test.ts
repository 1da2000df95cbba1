import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Page } from "playwright-core";
import { describe, expect } from "vitest";
import { buildTracker } from "../../../dev/build-tracker";
import { fromCountry } from "../../dev/store/browsing";
import { heard, openFor, openTracked, test, told } from "./tracked-shop";

const MUG = "/products/hearth-enamel-mug";

describe("the asset", () => {
  test("has at most 3 KB gzipped, and is what its sources build to", async () => {
    const built = await buildTracker(path.join(tmpdir(), `tracker-${process.pid}.js`));

    process.stdout.write(`the tracker has ${built.bytes} bytes, ${built.gzipped} gzipped\n`);
    expect(built.gzipped).toBeLessThanOrEqual(3_072);
    expect(await readFile("extensions/storefront/assets/tracker.js", "utf8")).toBe(
      await readFile(built.file, "utf8"),
    );
  });
});

describe("a page", () => {
  test("is told of when it is left: how long it was seen, how far down, when it was touched", async ({
    app,
    page,
    tracked,
  }) => {
    await page.goto(tracked + MUG, { waitUntil: "load" });
    await openFor(page, 1_500);
    await page.mouse.wheel(0, 100_000);
    await page.waitForFunction(() => scrollY + innerHeight >= document.body.scrollHeight - 1);
    await openFor(page, 3_000);
    const left = await page.evaluate(() => performance.now());
    await page.goto(`${tracked}/cart`);

    const { path, fields } = await heard(app, "page_engaged");

    expect(path).toBe(MUG);
    expect(fields.visibleMs).toBeGreaterThan(1_000);
    expect(fields.visibleMs).toBeLessThan(left + 2_000);
    expect(fields.scrollPercent).toBe(100);
    expect(fields.firstInteractionMs).toBeLessThan(left);
  });

  test("that nobody scrolls or touches says so", async ({ app, page, tracked }) => {
    await page.goto(tracked, { waitUntil: "load" });
    await openFor(page, 2_500);
    await page.goto(`${tracked}/cart`);

    const { fields } = await heard(app, "page_engaged");

    expect(fields.scrollPercent).toBeLessThan(100);
    expect(fields.firstInteractionMs).toBeUndefined();
  });

  test("is not moved by a pixel, and nothing on it fails", async ({ app, page, tracked }) => {
    const failures: Error[] = [];
    page.on("pageerror", (error) => failures.push(error));
    await openTracked(page, app, tracked + MUG);

    const shift = await page.evaluate(
      () =>
        new Promise<number>((resolve) => {
          let sum = 0;
          new PerformanceObserver((list) => {
            for (const entry of list.getEntries() as (PerformanceEntry & { value: number })[])
              sum += entry.value;
          }).observe({ type: "layout-shift", buffered: true });
          requestIdleCallback(() => resolve(sum), { timeout: 5_000 });
        }),
    );

    expect(shift).toBe(0);
    expect(failures).toEqual([]);
  });
});

describe("a click", () => {
  test("has its place in its element, and the product that it is about", async ({
    app,
    page,
    tracked,
  }) => {
    await openTracked(page, app, tracked + MUG);
    const button = page.getByRole("button", { name: "Add to cart" });
    const { width = 0, height = 0 } = (await button.boundingBox()) ?? {};

    await button.click({ position: { x: width / 4, y: height / 2 } });

    const { fields } = await heard(app, "element_clicked");
    expect(fields.relativeX).toBeCloseTo(0.25, 1);
    expect(fields.relativeY).toBeCloseTo(0.5, 1);
    expect(fields.element).toBe("form#add-to-cart>button");
    expect(fields.productHandle).toBe("hearth-enamel-mug");
    expect(fields.viewportWidth).toBe(await page.evaluate(() => innerWidth));
    expect(fields.productId).toBeGreaterThan(0);
  });

  test("by the keyboard is in the middle", async ({ app, page, tracked }) => {
    await openTracked(page, app, tracked + MUG);
    await page.getByRole("button", { name: "Add to wishlist" }).focus();

    await page.keyboard.press("Enter");

    await heard(app, "element_clicked", { relativeX: 0.5, relativeY: 0.5 });
    await heard(app, "wishlist_added");
  });

  test("on a label is one on its field", async ({ app, page, tracked }) => {
    await openTracked(page, app, `${tracked}/collections/all`);
    await page.getByText("In stock").click();

    await heard(app, "filter_applied", { filter: "filter.v.availability", value: "1" });
    const clicks = told(app).filter(({ name }) => name === "element_clicked");
    expect(clicks.map(({ fields }) => String(fields.element))).toEqual([
      expect.stringMatching(/input$/),
    ]);
  });
});

/** Puts buttons on the page: an idle one, one that answers, one in a carousel. */
const addButtons = (page: Page) =>
  page.evaluate(() => {
    document.body.insertAdjacentHTML(
      "beforeend",
      `<button id="idle">idle</button><button id="answers">answers</button>
       <div class="carousel"><button id="next">next</button></div><p id="text">text</p>`,
    );
    document.getElementById("answers")?.addEventListener("click", ({ currentTarget }) => {
      if (currentTarget instanceof HTMLElement) currentTarget.textContent += "!";
    });
  });
const press = (page: Page, id: string, clickCount: number) =>
  page.locator(`#${id}`).click({ clickCount, delay: 20 });

describe("rage and dead clicks", () => {
  test("are on what does not answer, not on steppers, carousels and what changes each time", async ({
    app,
    page,
    tracked,
  }) => {
    await openTracked(page, app, tracked + MUG);
    await addButtons(page);

    await page.getByRole("button", { name: "One more" }).click({ clickCount: 5, delay: 20 });
    await press(page, "next", 4);
    await press(page, "answers", 4);
    await press(page, "idle", 4);

    await heard(app, "rage_clicked", { element: "button#idle", clickCount: 4 });
    expect(await page.getByLabel("Quantity").inputValue()).toBe("6");
    expect(told(app).filter(({ name }) => /^(rage|dead)_/.test(name))).toHaveLength(1);
  });

  test("are dead where nothing came of one, not on text, fields, links and what answers", async ({
    app,
    page,
    tracked,
  }) => {
    await openTracked(page, app, tracked + MUG);
    await addButtons(page);

    await press(page, "text", 1);
    await press(page, "answers", 1);
    await page.getByLabel("Quantity").click();
    await press(page, "idle", 1);
    await heard(app, "dead_clicked", { element: "button#idle", clickCount: 1 });
    await page.getByRole("link", { name: "Account" }).click();
    await page.waitForURL(/account/);

    expect(told(app).filter(({ name }) => /^(rage|dead)_/.test(name))).toHaveLength(1);
  });
});

describe("consent", () => {
  test("is waited for: what happened before it is told of never", async ({
    app,
    page,
    tracked,
  }) => {
    await page.context().addCookies([fromCountry("DE")]);
    await page.goto(tracked + MUG, { waitUntil: "load" });
    await page.getByRole("button", { name: "One more" }).click();
    expect(told(app)).toEqual([]);

    await page.getByRole("button", { name: "Accept" }).click();
    await page.getByRole("button", { name: "Add to wishlist" }).click();

    await heard(app, "wishlist_added");
    const clicks = told(app).filter(({ name }) => name === "element_clicked");
    expect(clicks).toHaveLength(1);
  });

  test("ends measuring when it is withdrawn", async ({ app, page, tracked }) => {
    await openTracked(page, app, tracked + MUG);
    await page.getByRole("button", { name: "Privacy choices" }).click();
    await page.getByRole("button", { name: "Decline" }).click();
    app.received.length = 0;

    await page.getByRole("button", { name: "One more" }).click();
    await page.getByRole("button", { name: "Privacy choices" }).click();
    await page.getByRole("button", { name: "Accept" }).click();
    await page.getByRole("button", { name: "One less" }).click();

    const stepper = "form#add-to-cart>p>button";
    await heard(app, "element_clicked", { element: stepper });
    expect(told(app).filter(({ fields }) => fields.element === stepper)).toHaveLength(1);
  });
});

describe("what is looked for and looked at", () => {
  test("filters, orders and search results are told of", async ({ app, page, tracked }) => {
    await openTracked(page, app, `${tracked}/collections/all`);
    await page.getByLabel("Sort by").focus();
    await page.keyboard.press("ArrowDown");
    await heard(app, "sort_changed", { sortBy: "best-selling" });
    await page.waitForURL(/sort_by=best-selling/); // the theme goes there by itself
    await page.goto(`${tracked}/search?q=mug`);

    const heading = await page.getByRole("heading", { level: 1 }).textContent();
    const resultCount = Number.parseInt(heading ?? "", 10);

    expect(resultCount).toBeGreaterThan(0);
    await heard(app, "search_results_shown", { resultCount });
  });

  test("so is a mouse that rests on a product, not one that passes", async ({
    app,
    page,
    tracked,
  }) => {
    await openTracked(page, app, `${tracked}/collections/all`);
    const links = page.locator(".grid a");
    await links.nth(1).hover();
    await links.nth(0).hover();
    const since = await page.evaluate(() => performance.now());
    await openFor(page, since + 1_300);
    await page.mouse.move(1, 1);

    const { fields } = await heard(app, "product_hovered");

    expect(fields.dwellMs).toBeGreaterThanOrEqual(1_000);
    expect(await links.nth(0).getAttribute("href")).toBe(
      `/products/${String(fields.productHandle)}`,
    );
    expect(told(app).filter(({ name }) => name === "product_hovered")).toHaveLength(1);
  });

  test("so are a product's pictures", async ({ app, page, tracked }) => {
    await openTracked(page, app, tracked + MUG);
    await page.getByRole("button", { name: "Picture 2" }).click();
    await page.locator(".gallery > button").click();

    await heard(app, "image_viewed", { position: 2, productHandle: "hearth-enamel-mug" });
    await heard(app, "image_zoomed", { position: 1 });
  });

  test("a scanned code counts when the page is come to, not when it is loaded again", async ({
    app,
    page,
    tracked,
  }) => {
    await openTracked(page, app, `${tracked}${MUG}?pixelnova_qr=window-7`);
    await page.reload();
    await page.goto(`${tracked}/?utm_medium=qr`);

    await heard(app, "qr_scanned");
    const scans = told(app).filter(({ name }) => name === "qr_scanned");
    expect(scans.map(({ path, fields }) => [path, fields.code])).toEqual([["/", undefined]]);
  });

  test("so is what a theme's markup names", async ({ app, page, tracked }) => {
    await page.route(`${tracked}${MUG}`, async (route) => {
      const response = await route.fetch();
      const marked = `<div data-pixelnova-view="group_viewed" data-pixelnova-group-id="spring">
        <button data-pixelnova-event="group_join_clicked" data-pixelnova-group-id="spring">Join</button>
        <input aria-label="Pieces" type="number" data-pixelnova-event="group_quantity_changed" data-pixelnova-group-id="42"></div>`;
      const body = (await response.text()).replace('<main id="main">', `$&${marked}`);
      await route.fulfill({ response, body });
    });
    await page.goto(tracked + MUG);

    await heard(app, "group_viewed", { groupId: "spring" });
    await page.getByRole("button", { name: "Join" }).click();
    await heard(app, "group_join_clicked", { groupId: "spring" });
    await page.getByLabel("Pieces").fill("3");
    await page.keyboard.press("Tab");
    await heard(app, "group_quantity_changed", { groupId: 42, quantity: 3 });
  });
});
