import type { Browser, FrameLocator, Page } from "playwright-core";
import { fromCountry } from "../dev/store/browsing";
import { afterAll, afterEach, beforeAll, expect } from "vitest";
import type { Stack } from "../../dev/stack";
import { openBrowser } from "../browser";
import { eventually } from "../eventually";
import { doUntil } from "./admin-page";
import { test } from "./stack";

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());
// A page that is left open goes on looking after its shop.
afterEach(() => Promise.all(browser.contexts().map((context) => context.close())));

/** A shopper with a browser of their own. */
async function shopper(): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  await context.addCookies([fromCountry("US")]); // where nobody is asked before
  return context.newPage();
}

async function openAdmin({ store }: Stack): Promise<{ page: Page; app: FrameLocator }> {
  const page = await shopper();
  await page.goto(store.shops[0]?.adminAddress ?? "");
  return { page, app: page.frameLocator("iframe") };
}

/** The number under a metric's name. */
const figure = (app: FrameLocator, name: string) =>
  app
    .getByRole("heading", { name, exact: true })
    .locator("xpath=../following-sibling::p[1]")
    .innerText();

async function figures(app: FrameLocator) {
  const [visitors, sessions, pageViews] = await Promise.all(
    ["Visitors", "Sessions", "Page views"].map((name) => figure(app, name)),
  );
  return { visitors, sessions, pageViews };
}

test("what shoppers do in a browser becomes numbers in the merchant's admin", async ({ stack }) => {
  const { store } = stack;
  const [shop] = store.shops;
  if (!shop) throw new Error("no shop");
  store.install(shop.domain);

  // The merchant opens the app for the first time: tokens are exchanged and the pixel is connected.
  const { page: admin, app } = await openAdmin(stack);
  await app.getByText("Open your storefront").first().waitFor();
  expect(store.calls.filter((call) => call.kind === "token exchange")).toHaveLength(1);
  expect(store.webPixel(shop.domain)).toBeDefined();

  // Three pages, one of them a product's. A page that is left before the pixel runs cannot count.
  const first = await shopper();
  const seen = () => first.waitForResponse((response) => response.url().endsWith("/pixel/events"));
  await Promise.all([seen(), first.goto(shop.storefrontAddress)]);
  await Promise.all([seen(), first.goto(`${shop.storefrontAddress}/collections/all`)]);
  await Promise.all([seen(), first.locator('a[href*="/products/"]').first().click()]);
  expect(first.url()).toMatch(/\/products\//);

  await expect.poll(() => figures(app)).toEqual({ visitors: "1", sessions: "1", pageViews: "3" });
  expect(await app.getByRole("table", { name: "Top pages" }).innerText()).toContain(
    "/collections/all",
  );

  // A second browser is a second visitor, and shows without a reload.
  const loads = await admin.evaluate(() => performance.getEntriesByType("navigation").length);
  const second = await shopper();
  await second.goto(shop.storefrontAddress);
  await expect.poll(() => figures(app)).toEqual({ visitors: "2", sessions: "2", pageViews: "4" });
  expect(await admin.evaluate(() => performance.getEntriesByType("navigation").length)).toBe(loads);
});

test("the log holds what the browser did, and nothing that the shopper typed", async ({
  stack,
  db,
}) => {
  const [shop] = stack.store.shops;
  if (!shop) throw new Error("no shop");
  const page = await shopper();
  await page.goto(`${shop.storefrontAddress}/?utm_source=letter&email=ana@example.com`);

  const campaign = () =>
    db.$queryRaw<{ context: unknown }[]>`
      select payload->'context' as context from pixel_events
      where shop_id = (select id from shops where domain = ${shop.domain})
        and payload->'context'->'campaign'->>'utm_source' = 'letter'`;
  await expect.poll(campaign).toHaveLength(1);

  const everything = await db.$queryRaw<
    { text: string }[]
  >`select payload::text as text from pixel_events`;
  expect(everything.map(({ text }) => text).join()).not.toContain("ana@example.com");
});

test("a pixel that was deleted comes back on the next visit, and the page says so", async ({
  stack,
}) => {
  const [shop] = stack.store.shops;
  if (!shop) throw new Error("no shop");
  stack.store.deletePixel(shop.domain);
  expect(stack.store.webPixel(shop.domain)).toBeUndefined();

  const { app } = await openAdmin(stack);

  await app.getByText("Restored", { exact: true }).waitFor();
  expect(stack.store.webPixel(shop.domain)?.settings.key).toBeTruthy();
});

test("periods are chosen by keyboard, and what was chosen is in the address", async ({ stack }) => {
  const { page, app } = await openAdmin(stack);
  const today = app.getByRole("button", { name: "Today", exact: true });

  await doUntil(async () => {
    await today.focus({ timeout: 5_000 });
    await page.keyboard.press("Enter");
  }, app.getByText("Sessions by hour"));
  await page.waitForURL(/period=today/);
  await page.reload();
  await app.getByText("Sessions by hour").waitFor();
});

test("a customer's data request can be downloaded from the Privacy page", async ({ stack }) => {
  const { store } = stack;
  const [shop] = store.shops;
  if (!shop) throw new Error("no shop");
  const delivery = await store.sendCompliance(shop.domain, "customers/data_request", {
    id: 7001000001,
  });
  expect(delivery.status).toBe(200);

  const { page, app } = await openAdmin(stack);
  await page.getByRole("link", { name: "Privacy" }).click();
  // A click before the page is alive does nothing, as for a quick merchant: it is made again.
  const [download] = await eventually(() =>
    Promise.all([
      page.waitForEvent("download", { timeout: 5_000 }),
      app.getByRole("button", { name: /Download/ }).click(),
    ]),
  );

  const chunks: Buffer[] = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
  expect(JSON.parse(Buffer.concat(chunks).toString("utf8"))).toMatchObject({ events: [] });
});
