import type { Page } from "playwright-core";
import { describe, expect } from "vitest";
import { catalogAt } from "../../../dev/store/catalog/timeline";
import { eventually } from "../../eventually";
import { arrival, events, sent, test } from "./pixel-shop";

describe("the sandbox", () => {
  test("starts the pixel with its settings, the visitor and the page", async ({
    app,
    page,
    shop,
    store,
  }) => {
    await page.goto(shop);

    const started = await eventually(() => {
      expect(sent(app, "started")).not.toEqual([]);
      return sent(app, "started")[0];
    });
    expect(started).toMatchObject({
      settings: { endpoint: `${store.tunnelAddress}/pixel/events`, key: "k1" },
      init: {
        data: {
          customer: null,
          cart: { totalQuantity: 0, lines: [] },
          shop: { countryCode: "DE", paymentSettings: { currencyCode: "EUR" } },
        },
        customerPrivacy: { analyticsProcessingAllowed: true },
      },
    });
  });

  test("has what Shopify promises and nothing else, and reaches the page's storage", async ({
    app,
    page,
    shop,
  }) => {
    await page.goto(shop);

    const started = await eventually(() => {
      expect(sent(app, "started")).not.toEqual([]);
      return sent(app, "started")[0];
    });
    expect(started).toMatchObject({
      globals: {
        crypto: "undefined",
        URL: "undefined",
        navigator: "undefined",
        indexedDB: "undefined",
        postMessage: "undefined",
        self: "function",
      },
      seen: "yes",
      cookie: "here",
    });
    expect(await page.evaluate(() => localStorage.getItem("seen"))).toBe("yes");
  });

  test("waits for consent, then gets what happened before", async ({ app, page, shop }) => {
    await page.goto(shop);
    await arrival(app, "page_viewed");
    await consent(page, { analytics: false });
    app.received.length = 0;
    await page.goto(`${shop}/products/cairn-hiking-boots`);
    await page.evaluate(() => new Promise((resolve) => requestIdleCallback(resolve)));
    expect(events(app)).toEqual([]);

    await consent(page, { analytics: true });

    const { context } = await arrival(app, "product_viewed");
    expect(context.document.location.pathname).toBe("/products/cairn-hiking-boots");
  });
});

const consent = (page: Page, decision: object) =>
  page.evaluate((given) => {
    const { Shopify } = window as Window & {
      Shopify?: { customerPrivacy: { setTrackingConsent: (decision: object) => void } };
    };
    Shopify?.customerPrivacy.setTrackingConsent(given);
  }, decision);

describe("events", () => {
  test("carry the visitor, the page and a rising number", async ({ app, page, shop }) => {
    await page.goto(`${shop}/products/ridgeway-32-backpack`);

    const viewed = await arrival(app, "page_viewed");
    const product = await arrival(app, "product_viewed");

    expect(viewed.id).toMatch(/^[\da-f]{8}-[\da-f]{4}-4/);
    expect(viewed.type).toBe("standard");
    expect(viewed.context.document.title).toBe("Ridgeway 32 backpack – Northwind Outdoor");
    expect(product.clientId).toBe(viewed.clientId);
    expect(product.seq).toBeGreaterThan(viewed.seq);
    expect(product.data.productVariant).toMatchObject({
      id: "810000000301",
      title: "S/M",
      price: { currencyCode: "EUR" },
      product: { id: "810000000300", vendor: "Northwind", type: "Backpacks" },
    });
  });

  test("keep the visitor over pages", async ({ app, page, shop }) => {
    await page.goto(shop);
    const first = await arrival(app, "page_viewed");

    await page.goto(`${shop}/search?q=mug`);

    const search = await arrival(app, "search_submitted");
    expect(search.clientId).toBe(first.clientId);
    expect(search.data.searchResult).toMatchObject({
      query: "mug",
    });
    const { productVariants } = search.data.searchResult as {
      productVariants: { product: { title: string } }[];
    };
    expect(productVariants.map(({ product }) => product.title)).toContain("Hearth enamel mug");
  });

  test("name the customer who is logged in by number alone", async ({ app, page, shop }) => {
    await page.goto(`${shop}/account`);
    await page.getByRole("button", { name: "Ana Lindqvist" }).click();
    await page.getByText("Hello, Ana").waitFor();

    await expect
      .poll(() => sent(app, "started").at(-1))
      .toMatchObject({
        init: { data: { customer: { id: "7001000001", email: null, firstName: null } } },
      });
  });

  test("can be the theme's own", async ({ app, page, shop }) => {
    await page.goto(shop);
    await arrival(app, "page_viewed");

    await page.evaluate(() => {
      const { Shopify } = window as Window & {
        Shopify?: { analytics: { publish: (name: string, data: object) => void } };
      };
      Shopify?.analytics.publish("pixelnova:quiz_taken", { score: 3 });
    });

    expect(await arrival(app, "pixelnova:quiz_taken")).toMatchObject({
      type: "custom",
      customData: { score: 3 },
    });
  });

  test("follow a purchase from the cart to the thanks, which are told once", async ({
    app,
    page,
    shop,
    store,
  }) => {
    await page.goto(`${shop}/products/hearth-enamel-mug`);
    await page.getByRole("button", { name: "Add to cart" }).click();
    const added = await arrival(app, "product_added_to_cart");
    await page.getByRole("link", { name: "View cart" }).click();
    const cart = await arrival(app, "cart_viewed");
    await page.getByRole("link", { name: "Check out" }).click();
    const started = await arrival(app, "checkout_started");
    await page.getByRole("button", { name: "Continue" }).click();
    await page.getByText("Enter an email").waitFor();
    expect((await arrival(app, "alert_displayed")).data.alert).toMatchObject({
      type: "INPUT_REQUIRED",
      target: "$.email",
    });
    await page.getByLabel("Email").fill("ana@example.com");
    await page.getByRole("button", { name: "Continue" }).click();
    await page.getByLabel("Name").fill("Ana");
    await arrival(app, "checkout_contact_info_submitted");
    await page.getByLabel("Street").fill("Way 1");
    await page.getByRole("button", { name: "Continue" }).click();
    await page.getByLabel("Standard").check();
    await page.getByRole("button", { name: "Continue" }).click();
    await arrival(app, "checkout_shipping_info_submitted");
    await page.getByLabel("Discount code").fill("welcome10");
    await page.getByRole("button", { name: "Apply" }).click();
    await page.getByText("Discount WELCOME10").waitFor();
    await page.getByLabel("Card number").fill("1");
    await page.getByRole("button", { name: "Pay now" }).click();
    await arrival(app, "payment_info_submitted");
    const { data } = await arrival(app, "checkout_completed");
    await page.reload();

    const token = (started.data.checkout as { token: string }).token;
    const mug = catalogAt(store.shops[0]?.domain ?? "", new Date()).products.find(
      ({ handle }) => handle === "hearth-enamel-mug",
    );
    const price = (mug?.variants[0].priceMinor ?? 0) / 100;
    const discounted = Math.round(price * 100 - Math.round(price * 10)) / 100;
    expect(added.data.cartLine).toMatchObject({
      quantity: 1,
      cost: { totalAmount: { amount: price } },
    });
    expect(cart.data.cart).toMatchObject({ totalQuantity: 1 });
    expect(data.checkout).toMatchObject({
      token,
      order: { id: expect.stringMatching(/^\d+$/) as string, customer: null },
      subtotalPrice: { amount: discounted, currencyCode: "EUR" },
      totalPrice: { amount: Math.round((discounted + 4.9) * 100) / 100, currencyCode: "EUR" },
      discountsAmount: { amount: Math.round((price - discounted) * 100) / 100 },
      email: null,
    });
    expect(await page.locator("#cart-count").textContent()).toBe("0");
    expect(events(app).filter(({ name }) => name === "checkout_completed")).toHaveLength(1);
  });

  test("tell of a line that was removed from the cart", async ({ app, page, shop }) => {
    await page.goto(`${shop}/products/hearth-enamel-mug`);
    await page.getByRole("button", { name: "Add to cart" }).click();
    await page.getByRole("link", { name: "View cart" }).click();

    await page.getByRole("button", { name: "Remove" }).click();

    const { data } = await arrival(app, "product_removed_from_cart");
    expect(data.cartLine).toMatchObject({ quantity: 1 });
    await page.getByText("It is empty.").waitFor();
  });
});

test("a shop without a pixel sends nothing", async ({ app, page, tea }) => {
  await page.goto(tea.storefrontAddress, { waitUntil: "networkidle" });

  expect(app.received).toEqual([]);
});
