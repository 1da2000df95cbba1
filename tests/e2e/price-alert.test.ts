import type { Page, Route } from "playwright-core";
import { describe, expect } from "vitest";
import type { Database } from "~/platform/db.server";
import { openMailbox } from "../catalog/receivers";
import { eventually } from "../eventually";
import { picture, useBrowser } from "./admin-page";
import { firstShop, test as base } from "./stack";

type Mailbox = Awaited<ReturnType<typeof openMailbox>>;

/** The product page of a shop whose theme has the alerts' block, and the mailbox that its e-mails reach. */
const test = base
  .extend<{ $file: { mailbox: Mailbox } }>({
    mailbox: [
      async ({}, use) => {
        const mailbox = await openMailbox();
        await use(mailbox);
        await mailbox.close();
      },
      { scope: "file" },
    ],
  })
  .extend<{ $file: { environment: Record<string, string>; productPage: string } }>({
    environment: [
      ({ mailbox }, use) => use({ SMTP_URL: mailbox.url, MAIL_FROM: "alerts@pixelnova.test" }),
      { scope: "file" },
    ],
    productPage: [
      async ({ stack, db }, use) => {
        const { shop } = await firstShop(stack);
        const form = new URLSearchParams({
          action: "add",
          block: "price-alert",
          template: "product",
        });
        await fetch(`${shop.adminAddress}/themes/current/editor`, { method: "POST", body: form });
        const handle = await untilMirrored(db, shop.domain);
        await use(`${shop.storefrontAddress}/products/${handle}`);
      },
      { scope: "file" },
    ],
  });

const newPage = useBrowser();

/** Waits until the app knows what the shop sells; gives a product of several variants. */
const untilMirrored = (db: Database, domain: string): Promise<string> =>
  eventually(async () => {
    const product = await db.product.findFirstOrThrow({
      where: {
        shop: { domain },
        status: "ACTIVE",
        isAvailable: true,
        publishedAt: { lt: new Date() },
        variantCount: { gt: 1 },
      },
      orderBy: { productId: "asc" },
    });
    return product.handle;
  }, 120_000);

/** How far the page has moved of itself. */
const shiftOf = (page: Page): Promise<number> =>
  page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        let sum = 0;
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries() as (PerformanceEntry & {
            value: number;
            hadRecentInput: boolean;
          })[])
            if (!entry.hadRecentInput) sum += entry.value;
        }).observe({ type: "layout-shift", buffered: true });
        requestIdleCallback(() => resolve(sum), { timeout: 5_000 });
      }),
  );

const linkIn = ({ received }: Mailbox, what: string): string =>
  new RegExp(`https?://\\S+/alerts/${what}/[\\w-]{43}`).exec(received.at(-1)?.message ?? "")?.[0] ??
  "";

describe("a shopper", () => {
  test(
    "asks by keyboard, confirms by the e-mail's link, and is forgotten by the other one",
    { timeout: 240_000 },
    async ({ db, mailbox, productPage }) => {
      const page = await newPage();
      const asked: string[] = [];
      page.on("request", (request) => asked.push(new URL(request.url()).pathname));
      await page.goto(productPage, { waitUntil: "networkidle" });
      expect(asked.filter((path) => path.startsWith("/apps/"))).toEqual([]);

      await page.getByText("Tell me by e-mail").focus();
      await page.keyboard.press("Enter");
      const email = page.getByRole("textbox", { name: "E-mail" });
      await page.getByLabel("Send me one e-mail when this happens.").waitFor();
      await page.getByRole("spinbutton", { name: /At this price or less/ }).fill("1.5");
      await page.keyboard.press("Tab");
      await page.getByRole("combobox", { name: "Which one" }).selectOption({ index: 1 });
      await picture(page, "price-alert");
      await page.keyboard.press("Tab");
      expect(await email.evaluate((field) => field === document.activeElement)).toBe(true);
      await page.keyboard.type("ana@example.com");
      await page.keyboard.press("Tab");
      await page.keyboard.press("Space");
      await page.keyboard.press("Enter");

      const status = page.getByRole("status").filter({ hasText: "Please look into your mailbox" });
      await status.waitFor();
      expect(await status.evaluate((told) => told === document.activeElement)).toBe(true);
      expect(await page.getByRole("textbox", { name: "E-mail" }).isVisible()).toBe(false);
      const { pathname } = new URL(productPage);
      expect(await db.alertSubscription.findMany()).toMatchObject([
        { kind: "price_drop", targetPriceMinor: 150n, consentPlace: pathname, confirmedAt: null },
      ]);
      expect((await db.alertSubscription.findFirst())?.variantId).not.toBeNull();

      await expect.poll(() => mailbox.received.length).toBe(1);
      expect(mailbox.received[0]?.to).toBe("ana@example.com");
      await page.goto(linkIn(mailbox, "confirm"));
      await page.getByRole("button", { name: "Yes, tell me" }).click();
      await page.getByText("Done: we will write to you once").waitFor();
      expect((await db.alertSubscription.findFirst())?.confirmedAt).not.toBeNull();

      await page.goto(linkIn(mailbox, "unsubscribe"));
      await page.getByRole("button", { name: "Yes, forget my address" }).click();
      await page.getByText("Your address is forgotten.").waitFor();
      expect(await db.alertSubscription.count()).toBe(0);
    },
  );

  test("has a price to give for price drops only, and must agree", async ({ db, productPage }) => {
    const page = await newPage();
    await page.goto(productPage);
    await page.getByText("Tell me by e-mail").click();
    await page.getByRole("textbox", { name: "E-mail" }).fill("bo@example.com");
    await page.getByRole("radio", { name: "is back in stock" }).check();
    expect(await page.getByRole("spinbutton", { name: /At this price/ }).isDisabled()).toBe(true);

    await page.getByRole("button", { name: "Tell me" }).click();
    const consent = page.getByRole("checkbox", { name: /Send me one e-mail/ });
    expect(await consent.evaluate((box) => box.matches(":invalid"))).toBe(true);
    await consent.check();
    await page.getByRole("button", { name: "Tell me" }).click();
    await page.getByText("Please look into your mailbox").waitFor();

    expect(await db.alertSubscription.findMany()).toMatchObject([
      { kind: "back_in_stock", targetPriceMinor: null, variantId: null },
    ]);
  });
});

describe("the form", () => {
  test("moves nothing of the page when the app is slow to answer", async ({ productPage }) => {
    const page = await newPage();
    const held: Route[] = [];
    await page.setViewportSize({ width: 390, height: 844 });
    await page.route("**/apps/pixelnova/alerts", (route) => held.push(route));
    await page.goto(productPage, { waitUntil: "load" });
    await page.getByText("Tell me by e-mail").click();
    await page.getByRole("button", { name: "Tell me" }).scrollIntoViewIfNeeded();
    const clicked = await page.evaluate(() => performance.now());
    await page.waitForFunction((since) => performance.now() > since + 1_000, clicked);
    for (const route of held) await route.continue();

    await page.getByLabel("Send me one e-mail when this happens.").waitFor();
    expect(await shiftOf(page)).toBe(0);
  });

  test("says so when the app is down, breaks nothing, and works when it is back", async ({
    stack,
    productPage,
  }) => {
    const page = await newPage();
    const failures: Error[] = [];
    page.on("pageerror", (error) => failures.push(error));
    await stack.killApp();
    await page.goto(productPage, { waitUntil: "load" });
    const opener = page.getByText("Tell me by e-mail");
    await opener.click();

    await page.getByText("This does not work at the moment.").waitFor();
    expect(await page.getByRole("textbox", { name: "E-mail" }).isDisabled()).toBe(true);
    await page.getByRole("button", { name: "Add to cart" }).click();
    await expect.poll(() => page.locator("#cart-count").innerText()).toBe("1");
    expect(failures).toEqual([]);

    await stack.startApp();
    await opener.click();
    await opener.click();
    await expect.poll(() => page.getByRole("textbox", { name: "E-mail" }).isEnabled()).toBe(true);
  }, 120_000);
});
