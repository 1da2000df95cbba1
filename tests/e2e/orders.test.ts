import { expect } from "vitest";
import { openTill } from "../commerce/shop";
import { openApp, picture, textOf, useBrowser } from "./admin-page";
import { eventually } from "../eventually";
import { firstShop, test } from "./stack";

const newPage = useBrowser();

const SAFARI =
  "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1";

/** Sells something in the stand-in's shop, whose webhooks go to the app where it is installed. */
async function sell(store: string, handle: string, checkoutToken: string): Promise<number> {
  const cart = { checkoutToken, cartToken: checkoutToken, customerId: null, discountCode: null };
  const response = await fetch(`${store}/control/shops/${handle}/orders`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ ...cart, ...openTill().wish() }),
  });
  expect(response.status, await response.clone().text()).toBe(201);
  return ((await response.json()) as { id: number }).id;
}

/** What the pixel sends of a visit that ends with a purchase; it began before all orders, for those from
 * before the first visit do not count. */
const visitWith = (orderId: number, token: string) =>
  ["page_viewed", "checkout_completed"].map((name, seq) => ({
    ...{ id: `${token}-${name}`, name, clientId: `client-${token}`, seq },
    timestamp: new Date(Date.now() - 600_000 + seq).toISOString(),
    consent: { analytics: true, marketing: false, preferences: false, saleOfData: true },
    context: { path: "/", userAgent: SAFARI },
    data: seq ? { checkout: { token, order: { id: String(orderId) }, lineItems: [] } } : {},
  }));

test(
  "the merchant sees earlier orders being fetched, and how many orders the pixel saw",
  { timeout: 300_000 },
  async ({ stack }) => {
    const { address, shops } = stack.store;
    const handle = shops[0]?.handle ?? "";
    for (const token of ["early-1", "early-2", "early-3"]) await sell(address, handle, token);
    const { shop, endpoint, key } = await firstShop(stack);
    const seen = await sell(address, handle, "seen");
    await sell(address, handle, "unseen");
    const events = visitWith(seen, "seen");
    const body = JSON.stringify({ key, sentAt: new Date().toISOString(), events });
    const answer = await fetch(endpoint, { method: "POST", body });
    expect(await answer.json()).toMatchObject({ accepted: 2, rejections: [] });

    const page = await newPage();
    const app = await eventually(async () => {
      const shown = await openApp(page, shop.adminAddress, "Orders");
      await shown.getByText(/^[45] orders since .* were there on/).waitFor({ timeout: 15_000 });
      expect(await textOf(shown, "Capture rate by browser")).toContain("Safari 1 1 100%");
      expect(await textOf(shown, "Capture rate by device")).toContain("unknown 4 0");
      return shown;
    }, 180_000);
    expect(await textOf(app, "Capture rate by consent")).toContain("marketing not allowed 1 1");
    await picture(page, "orders");

    await app.getByRole("button", { name: "Fetch orders again" }).click();
    await app.getByText(/^5 orders since .* were there on/).waitFor({ timeout: 60_000 });
    await page.setViewportSize({ width: 1280, height: 1_800 });
    const status = await openApp(page, shop.adminAddress, "Status");
    await status.getByText("Everything that came in could be worked on.").waitFor();
    expect(await textOf(status, "Tables")).toMatch(/orders Up to date \d/);
    await picture(page, "status");
  },
);
