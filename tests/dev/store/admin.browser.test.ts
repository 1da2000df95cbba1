import type { Page } from "playwright-core";
import { expect } from "vitest";
import { test } from "./browsing";

const inApp = (page: Page) => page.frameLocator("#app");

/** Runs in the app's frame, once its page is there. */
async function evaluate<Result>(page: Page, code: () => Promise<Result>): Promise<Result> {
  await inApp(page).getByRole("heading").waitFor();
  const frame = page.frames().find((each) => each !== page.mainFrame());
  if (!frame) throw new Error("the page has no frame");
  return frame.evaluate(code);
}

test("a merchant installs the app, uses it, and uninstalls it", async ({
  page,
  store,
  app,
  outdoor,
}) => {
  await page.goto(store.address);
  await page.getByRole("link", { name: "Northwind Outdoor" }).click();
  await page.getByRole("button", { name: "Install" }).click();
  await inApp(page).getByRole("heading", { name: "/" }).waitFor();

  await page.getByRole("button", { name: "Uninstall app" }).click();

  await page.getByRole("heading", { name: "Install Pixelnova?" }).waitFor();
  expect(app.received.at(-1)?.headers.get("x-shopify-shop-domain")).toBe(outdoor.domain);
});

test("the frame's address is what the app's library expects", async ({ page, store, outdoor }) => {
  store.install(outdoor.domain);
  await page.goto(`${outdoor.adminAddress}/apps/app-key/app/privacy?days=7`);
  await inApp(page).getByRole("heading", { name: "/app/privacy" }).waitFor();

  const address = new URL((await page.locator("#app").getAttribute("src")) ?? "");

  expect(address.origin).toBe(store.tunnelAddress);
  expect(Object.fromEntries(address.searchParams)).toMatchObject({
    days: "7",
    embedded: "1",
    shop: outdoor.domain,
    host: btoa("admin.shopify.com/store/northwind-outdoor"),
  });
});

test("the admin's navigation, title and address follow the app", async ({
  page,
  store,
  outdoor,
}) => {
  store.install(outdoor.domain);
  await page.goto(`${outdoor.adminAddress}/apps/app-key/app`);
  await page.locator("#app-title", { hasText: "Overview" }).waitFor();

  await page.getByRole("link", { name: "Privacy" }).click();

  await inApp(page).getByRole("heading", { name: "/app/privacy" }).waitFor();
  await page.waitForURL(`${outdoor.adminAddress}/apps/app-key/app/privacy`);
  await page.goBack();
  await page.waitForURL(`${outdoor.adminAddress}/apps/app-key/app`);
});

test("a button in the title bar is the app's own, and its toast is the admin's", async ({
  page,
  store,
  outdoor,
}) => {
  store.install(outdoor.domain);
  await page.goto(`${outdoor.adminAddress}/apps/app-key/app`);

  await page.getByRole("button", { name: "Refresh" }).click();

  await page.getByRole("status").getByText("Refreshed").waitFor();
});

test("the app's requests carry an id token, and a stale one is tried again", async ({
  page,
  store,
  app,
  tea,
}) => {
  store.install(tea.domain);
  await page.goto(`${tea.adminAddress}/apps/app-key/app`);

  const data = await evaluate(page, () => fetch("/data").then((answer) => answer.text()));
  const stale = await evaluate(page, () => fetch("/stale").then((answer) => answer.text()));

  expect(data).toContain('"authorization":"Bearer ey');
  expect(stale).toBe('{"tries":2}');
  const [first, second] = app.received
    .filter(({ path }) => path === "/stale")
    .map(({ headers }) => headers.get("authorization"));
  expect(first).not.toBe(second);
});

test("App Bridge tells the app where it is", async ({ page, store, tea }) => {
  store.install(tea.domain);
  await page.goto(`${tea.adminAddress}/apps/app-key/app`);

  const config = await evaluate(page, () => Promise.resolve(shopify.config));

  expect(config).toMatchObject({ apiKey: "app-key", shop: tea.domain, locale: "en" });
});

test("the bounce page goes back with a fresh id token", async ({ page, store, tea, app }) => {
  store.install(tea.domain);
  const target = encodeURIComponent(`${store.tunnelAddress}/app/privacy?shop=${tea.domain}`);
  const bounce = `auth/session-token?shopify-reload=${target}`;

  await page.goto(`${tea.adminAddress}/apps/app-key/${bounce}`);

  await inApp(page).getByRole("heading", { name: "/app/privacy" }).waitFor();
  expect(app.received.map(({ path }) => path)).toContain("/auth/session-token");
  await page.waitForURL(`${tea.adminAddress}/apps/app-key/app/privacy`);
});

test("on a phone the navigation is behind a button", async ({ page, store, outdoor }) => {
  store.install(outdoor.domain);
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`${outdoor.adminAddress}/apps/app-key/app`);
  const link = page.getByRole("link", { name: "Privacy", includeHidden: true });
  await link.waitFor({ state: "attached" });
  expect(await link.isVisible()).toBe(false);

  await page.locator(".top-bar label").click();
  await link.click();

  await inApp(page).getByRole("heading", { name: "/app/privacy" }).waitFor();
  expect(await link.isVisible()).toBe(false);
});

test("other parts of the admin say that they are not here", async ({ page, outdoor }) => {
  await page.goto(`${outdoor.adminAddress}/discounts`);

  await page.getByText("Not part of this stand-in").waitFor();
});

test("the app chooses products from this store's catalogue, with the merchant", async ({
  page,
  outdoor,
  store,
}) => {
  store.install(outdoor.domain);
  await page.goto(outdoor.adminAddress);
  const frame = page.frameLocator("#app");
  await frame.getByRole("heading").waitFor();

  const picked = frame.locator("body").evaluate(async () => {
    const { shopify } = window as unknown as {
      shopify: {
        resourcePicker: (options: object) => Promise<{ id: string; title: string }[] | undefined>;
      };
    };
    return (await shopify.resourcePicker({ type: "product", multiple: true }))?.map(
      ({ title }) => title,
    );
  });
  await page.getByRole("searchbox", { name: "Search products" }).fill("cairn");
  await page.getByLabel("Cairn hiking boots").check();
  await page.getByRole("button", { name: "Select" }).click();

  expect(await picked).toEqual(["Cairn hiking boots"]);
});

test("scopes are granted by the merchant, and the app is told", async ({
  app,
  page,
  outdoor,
  store,
}) => {
  store.install(outdoor.domain);
  await page.goto(outdoor.adminAddress);
  const frame = page.frameLocator("#app");
  await frame.getByRole("heading").waitFor();

  const answer = frame.locator("body").evaluate(async () => {
    const { shopify } = window as unknown as {
      shopify: {
        scopes: { request: (scopes: string[]) => Promise<object> };
        app: { extensions: () => Promise<object[]> };
      };
    };
    return {
      scopes: await shopify.scopes.request(["read_orders"]),
      extensions: await shopify.app.extensions(),
    };
  });
  await page.getByRole("button", { name: "Grant" }).click();

  expect(await answer).toMatchObject({
    scopes: {
      result: "granted-all",
      detail: { granted: expect.arrayContaining(["read_orders"]) as string[] },
    },
    extensions: [{ handle: "storefront", type: "theme_app_extension" }],
  });
  await expect
    .poll(() =>
      app.received.some(({ headers }) => headers.get("x-shopify-topic") === "app/scopes_update"),
    )
    .toBe(true);
});

test("a modal shows the app's own content, and gives it back", async ({ page, outdoor, store }) => {
  store.install(outdoor.domain);
  await page.goto(outdoor.adminAddress);
  const frame = page.frameLocator("#app");
  await frame.getByRole("heading").waitFor();
  await frame.locator("body").evaluate((body) => {
    body.insertAdjacentHTML(
      "beforeend",
      '<ui-modal id="ask"><p>Really?</p><ui-title-bar title="Sure"></ui-title-bar></ui-modal>',
    );
    const { shopify } = window as unknown as {
      shopify: { modal: { show: (id: string) => Promise<void> } };
    };
    return shopify.modal.show("ask");
  });

  await frame.getByRole("dialog").getByText("Really?").waitFor();
  await page.keyboard.press("Escape");

  await expect.poll(() => frame.locator("ui-modal p").count()).toBe(1);
});
