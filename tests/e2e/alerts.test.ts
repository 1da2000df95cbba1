import { randomUUID } from "node:crypto";
import { expect } from "vitest";
import { hashOfName, randomName } from "~/platform/crypto.server";
import { adminVariant, listed, merge } from "../catalog/listed";
import { minutes } from "../factories";
import { openApp, picture, textOf, useBrowser } from "./admin-page";
import { emptyCatalogue } from "./own-catalogue";
import { firstShop, test } from "./stack";

const newPage = useBrowser();

test(
  "the merchant sees what changed, sets what is low and where alerts go, and tries again what failed",
  { timeout: 300_000 },
  async ({ stack, db }) => {
    const { shop } = await firstShop(stack);
    const { id: shopId } = await db.shop.findFirstOrThrow({ where: { domain: shop.domain } });
    await emptyCatalogue(db, shopId);
    const now = new Date();
    const at = (count: number) => ({ asOf: minutes(count, now) });
    const mug = (count: number, about: Parameters<typeof adminVariant>[0]) => [
      listed({ id: "7", updatedAt: minutes(count, now) }, [adminVariant(about)]),
    ];
    await merge(db, shopId, mug(0, {}), { ...at(0), asked: "all" });
    const page = await newPage();

    const app = await openApp(page, shop.adminAddress, "Alerts");
    await app.getByText("Shoppers cannot be told by e-mail yet").waitFor();
    await app.getByText("Nothing to tell").waitFor();
    await app.getByLabel("Send alerts as webhooks to").fill("https://localhost:9/");
    await app.getByRole("button", { name: "Save address" }).click();
    expect(await app.getByText(/^whsec_/).innerText()).toMatch(/^whsec_[\w+/]{43}=$/);
    await picture(page, "alerts-secret");
    await app.getByLabel("Stock is low from this many pieces down").fill("9");
    await app.getByRole("button", { name: "Save quantity" }).click();
    await expect
      .poll(async () => (await db.catalogState.findFirst({ where: { shopId } }))?.lowStockQuantity)
      .toBe(9);

    await merge(db, shopId, mug(1, { price: "14.90" }), at(1));
    await merge(db, shopId, mug(2, { price: "14.90", inventoryQuantity: 9 }), at(2));
    const failures = () =>
      db.alertDelivery.count({ where: { shopId, dueAt: null, error: { not: null } } });
    const failSoon = () => db.$executeRaw`
      update alert_deliveries set attempts = 6, due_at = now()
      where shop_id = ${shopId}::int and due_at is not null`;
    await expect.poll(() => failSoon().then(failures), { interval: 1_000 }).toBe(2);
    const failing = await openApp(page, shop.adminAddress, "Alerts");
    expect(await textOf(failing, "Alerts")).toMatch(
      /Mug .* Low stock €14\.90 9 Mug .* Price drop €14\.90 was €19\.90 12/,
    );
    expect(await textOf(failing, "Not delivered")).toMatch(
      /Low stock: Mug to your webhook, given up .* the address is not on the open internet \(\d attempts\)/,
    );
    await picture(page, "alerts");

    await failing.getByLabel("Show").selectOption("price_drop");
    await expect.poll(() => textOf(failing, "Alerts")).not.toContain("Low stock");
    await failing.getByRole("button", { name: "Try again to tell of Mug" }).first().click();
    const givenUp = async () => (await textOf(failing, "Not delivered")).match(/given up/g);
    await expect.poll(givenUp).toHaveLength(1);
    await failing.getByRole("button", { name: "Send no webhooks" }).click();
    await failing.getByText("Every alert is posted there, signed.").waitFor();
    expect(await db.alertDelivery.count({ where: { shopId } })).toBe(0);
  },
);

test("a link in an e-mail changes nothing until its button is pressed", async ({ stack, db }) => {
  const { shop } = await firstShop(stack);
  const { id: shopId } = await db.shop.findFirstOrThrow({ where: { domain: shop.domain } });
  await merge(db, shopId, [listed()]);
  const token = randomName();
  await db.alertSubscription.create({
    data: {
      ...{ shopId, subscriptionId: randomUUID(), kind: "price_drop", productId: 7 },
      ...{ contact: "sealed", contactMark: "mark", tokenHash: hashOfName(token) },
      ...{ consentVersion: "2026-12-01", consentPlace: "/", requestedAt: new Date() },
    },
  });
  const subscription = () => db.alertSubscription.findFirst({ where: { shopId } });
  const page = await newPage();

  await page.goto(`${stack.appAddress}/alerts/confirm/${token}`);
  await page.getByText("Shall we write to you, once, when Mug costs less?").waitFor();
  expect((await subscription())?.confirmedAt).toBeNull();
  await page.getByRole("button", { name: "Yes, tell me" }).click();
  await page.getByText("Done: we will write to you once").waitFor();
  expect((await subscription())?.confirmedAt).not.toBeNull();

  const unsubscribe = `${stack.appAddress}/alerts/unsubscribe/${token}`;
  await page.goto(unsubscribe);
  await page.getByRole("button", { name: "Yes, forget my address" }).waitFor();
  expect(await subscription()).not.toBeNull();
  const oneClick = new URLSearchParams({ "List-Unsubscribe": "One-Click" });
  const posted = await fetch(unsubscribe, { method: "POST", body: oneClick });
  expect(posted.status).toBe(200);
  expect(await subscription()).toBeNull();

  await page.goto(`${stack.appAddress}/alerts/confirm/${token}`);
  await page.getByText("This link has expired.").waitFor();
  expect((await fetch(`${stack.appAddress}/alerts/other/${token}`)).status).toBe(404);
});
