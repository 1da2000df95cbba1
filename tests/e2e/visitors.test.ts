import { randomUUID } from "node:crypto";
import { expect } from "vitest";
import { clickUntil, openApp, openUntil, picture, useBrowser } from "./admin-page";
import { firstShop, test } from "./stack";

const newPage = useBrowser();

const HOUR = 3_600_000;
const event = (hoursAgo: number, about: object = {}) => ({
  ...{ id: randomUUID(), name: "page_viewed", clientId: "ana-in-firefox", data: {} },
  timestamp: new Date(Date.now() - hoursAgo * HOUR).toISOString(),
  context: { path: "/" },
  ...about,
});
const variant = { id: "70", product: { id: "7" }, price: { amount: 12.5, currencyCode: "EUR" } };
const cost = { totalAmount: { amount: 25, currencyCode: "EUR" } };
const added = (hoursAgo: number) =>
  event(hoursAgo, {
    name: "product_added_to_cart",
    data: { cartLine: { merchandise: variant, quantity: 2, cost } },
  });

const send = (endpoint: string, key: string, events: object[]) =>
  fetch(endpoint, {
    method: "POST",
    body: JSON.stringify({ key, sentAt: new Date().toISOString(), events }),
  });

test(
  "the merchant sees why browsers are one person, undoes a link, and takes that back",
  { timeout: 180_000 },
  async ({ stack, db }) => {
    const { shop, endpoint, key } = await firstShop(stack);
    const page = await newPage();
    const visitors: [string, string] = [shop.adminAddress, "Visitors"];
    await openUntil(page, visitors, (app) => app.getByText("Nobody here yet"));
    const signedIn = { customerId: "7001000001" };
    const answer = await send(endpoint, key, [
      ...[event(30), added(29.9), event(20, { ...signedIn, id: "she-signed-in" })],
      ...[event(5, { ...signedIn, clientId: "her-phone" }), event(1, { clientId: "somebody" })],
    ]);
    expect(await answer.json()).toMatchObject({ accepted: 5 });

    const app = await openUntil(page, visitors, (app) => app.getByText("Customer 7001000001"));
    await picture(page, "visitors");
    await app.getByLabel("A cart counts as abandoned after").selectOption("4320");
    await expect
      .poll(() => db.shop.findFirst({ where: { cartQuietMinutes: 4_320 } }))
      .not.toBeNull();
    await expect
      .poll(() => db.cart.findFirst({ where: { abandonedAt: { gt: new Date() } } }))
      .not.toBeNull();
    await clickUntil(app, "Customer 7001000001", "Why this is one person");
    await app.getByText(/was signed in on .*event she-signed-in/).waitFor();
    const carts = await app.getByRole("table", { name: "Carts" }).innerText();
    expect(carts).toMatch(/2 items[^]*Open\s+€25\.00/);
    await picture(page, "visitor");

    const link = "the link of Browser ana-in-f to customer 7001000001";
    await clickUntil(app, `Undo ${link}`, "Undone");
    expect(await app.getByRole("table", { name: "Sessions" }).innerText()).not.toContain(
      "ana-in-f",
    );
    const after = await openApp(page, ...visitors);
    await clickUntil(after, "Browser ana-in-f", "Why this is one person");
    await clickUntil(after, `Restore ${link}`, "No session or order counts as theirs");
    await clickUntil(after, "Customer 7001000001", "2 sessions");

    const list = await openApp(page, ...visitors);
    await list.getByText("Customer 7001000001").waitFor();
    expect(await list.getByText("Browser ana-in-f").count()).toBe(0);
  },
);
