import type { FrameLocator, Page } from "playwright-core";
import { expect } from "vitest";
import type { Database } from "~/platform/db.server";
import { addOrders, addVisits } from "../analytics/orders";
import { clickUntil, doUntil, openUntil, picture, textOf, useBrowser } from "./admin-page";
import { firstShop, test } from "./stack";

const newPage = useBrowser();

const DAY = 86_400_000;
const ago = (days: number) => new Date(Date.now() - days * DAY).toISOString();
const CHANNELS = ["search", "social", "direct"];
const TITLES = ["Trail bottle", "Wool socks", "Tent"];

/** Customers come one after another, and every third one comes again: 40, then 80 days later. */
async function fill(db: Database, shopId: number): Promise<void> {
  for (let customer = 1; customer <= 60; customer++) {
    const first = 180 - customer * 3 + 1;
    const days = [first, first - 40, first - 80].slice(0, customer % 3 === 0 ? 3 : 1);
    const visitor = `visitor-${customer}`;
    const visits = days
      .filter((day) => day > 0)
      .map((day, index) => ({
        ...{ at: ago(day + 0.01), visitor, id: `${visitor}-${index}` },
        ...{ channel: CHANNELS[customer % 3] ?? "direct", device: "mobile" },
        ...(customer === 58 && { campaign: "june" }),
      }));
    await addVisits(db, shopId, visits);
    await addOrders(
      db,
      shopId,
      visits.map(({ at, id }, index) => ({
        ...{ at, customer, session: id, total: 4_200 + customer * 150 + index * 900 },
        ...{ discount: customer % 4 === 0 ? 500 : 0, tax: 700, shipping: 490, units: 2 },
        items: [{ title: TITLES[customer % 3] ?? "", vendor: "Nord", quantity: 2, price: 2_100 }],
        refunds: customer % 10 === 8 ? [{ at: ago(2), minor: 1_000, units: 1 }] : [],
      })),
    );
  }
}

const opened = (page: Page, address: string, name: string, shows: string) =>
  openUntil(page, [address, name], (app) => app.getByText(shows));

/** Chooses in a list until the page has answered. */
const choose = (app: FrameLocator, list: string, option: string, shows: string) =>
  doUntil(() => app.getByLabel(list, { exact: true }).selectOption(option), app.getByText(shows));

test(
  "the merchant reads revenue, customers and cohorts, and narrows them down",
  { timeout: 240_000 },
  async ({ stack, db }) => {
    const { shop } = await firstShop(stack);
    const { id } = await db.shop.findUniqueOrThrow({ where: { domain: shop.domain } });
    await fill(db, id);
    const page = await newPage();

    const revenue = await opened(page, shop.adminAddress, "Revenue", "Net by day");
    await choose(revenue, "Period", "30d", "Orders by");
    await choose(revenue, "Compared to", "previous", "before:");
    await picture(page, "revenue");
    await choose(revenue, "Orders by", "campaign", "june");
    await clickUntil(revenue, "june", /Only sessions of/);
    // One order of 42.00 and 58 times 1.50, of which 10.00 were paid back.
    await expect
      .poll(() => textOf(revenue, "Revenue by campaign"))
      .toMatch(/june 1 €129\.00 €0\.00 €10\.00 €119\.00 €129\.00 2 €7\.00 €4\.90$/);
    expect(await textOf(revenue, "Refunds")).toMatch(/€10\.00 #\d+ .* €129\.00 1$/);

    const customers = await opened(page, shop.adminAddress, "Customers", "Lifetime value");
    await customers.locator(".heat").first().waitFor();
    await picture(page, "customers");
    const groups = await textOf(customers, "Customer groups at the end of the period");
    expect(groups).toMatch(/Promising .* second order \d+/);

    const cohorts = await opened(page, shop.adminAddress, "Cohorts", "Retention by day");
    await choose(cohorts, "In steps of a", "month", "Retention by month");
    expect(await textOf(cohorts, "Cohorts of a month")).toMatch(/100%/);
    await picture(page, "cohorts");
    await choose(cohorts, "Split by", "channel", "Channel: search");
    await picture(page, "cohorts-split");
    await choose(cohorts, "Beginning with the", "visit", "First visit in");
  },
);
