import type { Page } from "playwright-core";
import { describe, expect } from "vitest";
import { eventually } from "../../eventually";
import { fromCountry } from "./browsing";
import { arrival, events, sent, test } from "./pixel-shop";

/** Gives the page time to do what it should not; a busy machine may never be idle. */
const idle = (page: Page) =>
  page.evaluate(() => new Promise((resolve) => requestIdleCallback(resolve, { timeout: 1_000 })));

describe("consent", () => {
  test("is asked for where it must be; what happened before the answer comes after it", async ({
    app,
    page,
    shop,
  }) => {
    await page.context().addCookies([fromCountry("DE")]);
    await page.goto(`${shop}/products/cairn-hiking-boots`);
    await idle(page);
    expect(events(app)).toEqual([]);

    await page.getByRole("button", { name: "Accept" }).click();

    expect((await arrival(app, "page_viewed")).seq).toBe(0);
    await arrival(app, "product_viewed");
  });

  test("can be withdrawn: the pixel hears of it, and of nothing afterwards", async ({
    app,
    page,
    shop,
  }) => {
    await page.goto(shop);
    const { clientId } = await arrival(app, "page_viewed");
    await page.getByRole("button", { name: "Privacy choices" }).click();
    await page.getByRole("button", { name: "Decline" }).click();
    await expect
      .poll(() => sent(app, "consent").at(-1))
      .toMatchObject({ analyticsProcessingAllowed: false });
    app.received.length = 0;

    await page.goto(`${shop}/cart`);
    await idle(page);

    expect(app.received).toEqual([]);
    expect(await page.evaluate(() => document.cookie)).not.toContain(clientId);
  });
});

test("clicks and inputs are told of without text, selector or context", async ({
  app,
  page,
  shop,
}) => {
  await page.goto(shop);
  await arrival(app, "page_viewed");
  await page.getByRole("searchbox").fill("tent");
  await page.getByRole("link", { name: "See everything" }).click();

  const clicked = await eventually(() => {
    const found = events(app).find(
      ({ name, data }) =>
        name === "clicked" && (data.element as { tagName: string }).tagName === "A",
    );
    if (!found) throw new Error("no click has come");
    return found;
  });
  expect(clicked).toMatchObject({
    type: "dom",
    data: { element: { href: "/collections/all", tagName: "A", type: null, value: null } },
  });
  expect(clicked).not.toHaveProperty("context");
  expect((await arrival(app, "input_focused")).data.element).toMatchObject({ name: "q" });
});

test.for(["script", "requests"])(
  "an ad blocker keeps the %s away, and the page goes on",
  async (what, { app, page, shop }) => {
    await page.addInitScript((blocked) => localStorage.setItem("adblock", blocked), what);
    await page.goto(`${shop}/products/hearth-enamel-mug`);

    await page.getByRole("button", { name: "Add to cart" }).click();
    await page.getByText("It is in your cart.").waitFor();

    expect(app.received).toEqual([]);
  },
);
