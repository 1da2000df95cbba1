import { expect } from "vitest";
import type { Database } from "~/platform/db.server";
import { tradeOf } from "../analytics/trade";
import { doUntil, openApp, openUntil, picture, textOf, useBrowser } from "./admin-page";
import { firstShop, test } from "./stack";

const newPage = useBrowser();

const DAY = 86_400_000;
const daysAgo = (days: number) => new Date(Date.now() - days * DAY).toISOString();

/** Of twenty sessions twelve bought, and one sent a piece back; another product was seen by one who bought it,
 * a third by one who did not. */
async function trade(shop: ReturnType<typeof tradeOf>): Promise<void> {
  for (let i = 0; i < 20; i++) {
    const isBought = i < 12;
    const sessionId = await shop.visit(daysAgo(1 + (i % 5)), {
      ...{
        client: `shopper-${i}`,
        views: [1],
        adds: i < 12 ? [1] : [],
        removes: i === 1 ? [1] : [],
      },
      ...{ channel: i < 8 ? "email" : "direct", orders: isBought ? 1 : 0 },
    });
    if (!isBought) continue;
    const orderId = await shop.order(daysAgo(1 + (i % 5)), [{ product: 1 }], { sessionId });
    if (i === 0)
      await shop.refund(daysAgo(1), orderId, [{ line: 1, quantity: 1, subtotalMinor: 950 }]);
  }
  const lucky = await shop.visit(daysAgo(2), { client: "lucky", views: [2], orders: 1 });
  await shop.order(daysAgo(2), [{ product: 2 }], { sessionId: lucky });
  await shop.visit(daysAgo(2), { client: "looker", views: [3] });
  for (let i = 0; i < 6; i++)
    await shop.cart(daysAgo(1 + i), {
      ...{ client: `carter-${i}`, valueMinor: 1_000 * (i + 1), converted: i < 2 ? 5 : null },
      ...{ channel: i % 2 === 0 ? "email" : "direct", recovered: i === 5 ? 30 : null },
      changes: [
        { minute: 0, product: 1, quantity: 1 },
        { minute: 30, product: 3, quantity: 1 },
      ],
    });
}

/** One was completed on one page, two were left after the contact, one at once. */
async function checkouts(db: Database, shopId: number): Promise<void> {
  const [startedAt, contactAt] = [new Date(daysAgo(1)), new Date(Date.now() - DAY + 60_000)];
  const begun = { shopId, startedAt, clientId: "ana", sessionId: "s", itemCount: 1, isBot: false };
  const reached = [{ contactAt, completedAt: contactAt }, { contactAt }, { contactAt }, {}];
  await db.checkout.createMany({
    data: reached.map((times, index) => ({
      ...{ ...begun, ...times, checkoutToken: `checkout-${index}`, sampleRate: 1 },
      lastAt: times.contactAt ?? startedAt,
    })),
  });
}

test(
  "the merchant sees which products sell and what became of carts",
  { timeout: 180_000 },
  async ({ stack, db }) => {
    const { shop } = await firstShop(stack);
    const { id, timeZone } = await db.shop.findFirstOrThrow({ where: { domain: shop.domain } });
    await trade(tradeOf(db, { id, timeZone }));
    await checkouts(db, id);
    const page = await newPage();
    const app = await openUntil(page, [shop.adminAddress, "Products"], (app) =>
      app.getByRole("table", { name: "Most viewed" }),
    );

    expect(await textOf(app, "Most viewed")).toMatch(/Sold 1 20 18 .* 12 24 €240\.00 1 €218\.50/);
    await picture(page, "products");
    const best = app.getByRole("table", { name: "Converting best" }).getByRole("row");
    await doUntil(() => app.getByLabel("Ranked by").selectOption("converting"), best);
    expect(await best.nth(1).innerText()).toMatch(/^Sold 1\s[^]*60%\s+38\.7–78\.1%/);
    expect(await best.nth(2).innerText()).toMatch(/^Sold 2\s[^]*100%\s+20\.7–100%/);
    await app.getByLabel("Ranked by").selectOption("unbought");
    await expect.poll(() => textOf(app, "Viewed but not bought")).toMatch(/Number 3 1 /);

    const carts = await openApp(page, shop.adminAddress, "Carts");
    await carts.getByText("4 of 6 carts").waitFor();
    expect(await textOf(carts, "Checkout")).toMatch(
      /Begun 4 100% 0 0 1 25% 1 min 0 s Contact 3 75% 0 0 2 66\.7% .* Ordered 1 25% 0 0 0 0% –/,
    );
    expect(await textOf(carts, "Carts by value")).toMatch(
      /€10\.00 to below €20\.00 1 16\.7% .* €60\.00 and more 1 16\.7%/,
    );
    await picture(page, "carts");
    await doUntil(
      () => carts.getByLabel("Compared to").selectOption("previous"),
      carts.getByText(/before: 0/),
    );
  },
);
