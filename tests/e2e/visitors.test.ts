import { randomUUID } from "node:crypto";
import type { FrameLocator } from "playwright-core";
import { expect, vi } from "vitest";
import { openApp, picture, useBrowser } from "./admin-page";
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

/** Clicks until what it leads to is there: a click before the page is alive does nothing. */
const click = (app: FrameLocator, name: string, leadsTo: string) =>
  vi.waitFor(
    async () => {
      const [link, button] = [
        app.getByRole("link", exactly(name)),
        app.getByRole("button", exactly(name)),
      ];
      await link.or(button).click();
      await app.getByText(leadsTo, { exact: true }).waitFor({ timeout: 10_000 });
    },
    { timeout: 30_000 },
  );

const exactly = (name: string) => ({ name, exact: true });

test(
  "the merchant sees why browsers are one person, undoes a link, and takes that back",
  { timeout: 180_000 },
  async ({ stack, db }) => {
    const { shop, endpoint, key } = await firstShop(stack);
    const page = await newPage();
    await vi.waitFor(
      async () => {
        const app = await openApp(page, shop.adminAddress, "Visitors");
        await app.getByText("Nobody here yet").waitFor({ timeout: 10_000 });
      },
      { timeout: 60_000 },
    );
    const signedIn = { customerId: "7001000001" };
    const answer = await send(endpoint, key, [
      ...[event(30), added(29.9), event(20, { ...signedIn, id: "she-signed-in" })],
      ...[event(5, { ...signedIn, clientId: "her-phone" }), event(1, { clientId: "somebody" })],
    ]);
    expect(await answer.json()).toMatchObject({ accepted: 5 });

    const app = await vi.waitFor(
      async () => {
        const app = await openApp(page, shop.adminAddress, "Visitors");
        await app.getByText("Customer 7001000001").waitFor({ timeout: 10_000 });
        return app;
      },
      { timeout: 60_000 },
    );
    await picture(page, "visitors");
    await app.getByLabel("A cart counts as abandoned after").selectOption("4320");
    await expect
      .poll(() => db.shop.findFirst({ where: { cartQuietMinutes: 4_320 } }), { timeout: 10_000 })
      .not.toBeNull();
    await expect
      .poll(() => db.cart.findFirst({ where: { abandonedAt: { gt: new Date() } } }), {
        timeout: 30_000,
      })
      .not.toBeNull();
    await click(app, "Customer 7001000001", "Why this is one person");
    await app.getByText(/was signed in on .*event she-signed-in/).waitFor();
    const carts = await app.getByRole("table", { name: "Carts" }).innerText();
    expect(carts).toMatch(/2 items[^]*Open\s+€25\.00/);
    await picture(page, "visitor");

    const link = "the link of Browser ana-in-f to customer 7001000001";
    await click(app, `Undo ${link}`, "Undone");
    expect(await app.getByRole("table", { name: "Sessions" }).innerText()).not.toContain(
      "ana-in-f",
    );
    const after = await openApp(page, shop.adminAddress, "Visitors");
    await click(after, "Browser ana-in-f", "Why this is one person");
    await click(after, `Restore ${link}`, "No session or order counts as theirs");
    await click(after, "Customer 7001000001", "2 sessions");

    const list = await openApp(page, shop.adminAddress, "Visitors");
    await list.getByText("Customer 7001000001").waitFor();
    expect(await list.getByText("Browser ana-in-f").count()).toBe(0);
  },
);
