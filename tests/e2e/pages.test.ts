import { randomUUID } from "node:crypto";
import type { Page } from "playwright-core";
import { expect } from "vitest";
import { addDays, dayAt, startOfDay } from "~/platform/calendar";
import type { Database } from "~/platform/db.server";
import { clickUntil, doUntil, openUntil, picture, textOf, useBrowser } from "./admin-page";
import { firstShop, test } from "./stack";

const newPage = useBrowser();

const MINUTE = 60_000;
/** The shop's. */
const ZONE = "Europe/Berlin";
const PAGES = [
  { path: "/", pageType: "home", title: "Northwind Outdoor", views: 12 },
  { path: "/collections/tents", pageType: "collection", title: "Tents", views: 9 },
  { path: "/products/two-person-tent", pageType: "product", title: "Two-person tent", views: 7 },
  { path: "/products/head-torch", pageType: "product", title: "Head torch", views: 3 },
];

/** Noon of a day of the shop that is so many days ago. */
const noon = (daysAgo: number) =>
  new Date(startOfDay(addDays(dayAt(new Date(), ZONE), -daysAgo), ZONE).getTime() + 720 * MINUTE);

/** Gives a shop sessions of thirteen days, from yesterday back, each with the same pages. */
async function seedViews(db: Database, shopId: number): Promise<void> {
  for (let day = 1; day <= 13; day++) {
    const [sessionId, clientId, startedAt] = [`session-${day}`, `client-${day}`, noon(day)];
    await db.session.create({
      data: {
        ...{ shopId, sessionId, clientId, startedAt, endedAt: startedAt, eventCount: 31 },
        ...{ pageViewCount: 31, device: day % 2 ? "mobile" : "desktop", channel: "search" },
      },
    });
    await db.pageView.createMany({
      data: PAGES.flatMap(({ views, ...page }) =>
        Array.from({ length: views }, (_, i) => ({
          ...{ shopId, sessionId, clientId, ...page, eventId: randomUUID() },
          ...{ viewedAt: new Date(startedAt.getTime() + i * MINUTE), visibleMs: 9_000 + day * i },
          ...{ scrollPercent: 60, firstInteractionMs: 900, isRepeat: i > 0 },
          isExit: page.path === "/" && i === 11,
        })),
      ),
    });
  }
}

/** Clicks of twelve sessions a day on a product's page, on a phone. */
async function seedClicks(
  db: Database,
  shopId: number,
  about: { element: string; days: number[] },
) {
  const clicks = about.days.flatMap((day) =>
    Array.from({ length: 12 }, (_, i) => ({
      ...{ shopId, eventId: randomUUID(), sessionId: `${day} ${i}`, clientId: "ana" },
      ...{ clickedAt: new Date(noon(day).getTime() + i * MINUTE), element: about.element },
      ...{ kind: i === 0 ? "dead" : "click", pathTemplate: "/products/*", pageType: "product" },
      ...{ relativeX: 0.3 + (i % 3) / 10, relativeY: 0.4 + ((i * i) % 2) / 10 },
      ...{ viewport: "phone", isBot: false, sampleRate: 1 },
    })),
  );
  await db.session.createMany({
    data: clicks.map(({ sessionId, clientId, clickedAt }) => ({
      ...{ shopId, sessionId, clientId, startedAt: clickedAt, endedAt: clickedAt },
      ...{ eventCount: 1, pageViewCount: 1 },
    })),
    skipDuplicates: true,
  });
  await db.$transaction([
    db.click.createMany({ data: clicks }),
    db.session.updateMany({
      where: { shopId, sessionId: { in: clicks.map(({ sessionId }) => sessionId) } },
      data: { eventCount: { increment: 1 } }, // as the folds do: what is kept of these hours is kept anew
    }),
  ]);
}

const event = (minutesAgo: number, name: string, about: object = {}) => ({
  ...{ id: randomUUID(), name, clientId: "follow-me", data: {} },
  timestamp: new Date(Date.now() - minutesAgo * MINUTE).toISOString(),
  context: { path: "/products/head-torch", title: "Head torch" },
  ...about,
});
const variant = {
  ...{ id: "70", title: "Red", price: { amount: 12.5, currencyCode: "EUR" } },
  product: { id: "7", title: "Head torch", vendor: "Northwind" },
};

/** Opens a page of the app until a sentence of it is there. */
const open = (page: Page, address: string, [link, sentence]: [string, string]) =>
  openUntil(page, [address, link], (app) => app.getByText(sentence));

test(
  "the merchant reads pages, follows one session, and sees a heatmap of one layout only",
  { timeout: 240_000 },
  async ({ stack, db }) => {
    const { shop, endpoint, key } = await firstShop(stack);
    const page = await newPage();
    await open(page, shop.adminAddress, ["Pages", "No page was opened in this period"]);
    await open(page, shop.adminAddress, ["Heatmap", "No click was told of in this period"]);
    const { id } = await db.shop.findUniqueOrThrow({ where: { domain: shop.domain } });
    await seedViews(db, id);

    const pages = await open(page, shop.adminAddress, ["Pages", "Types of pages"]);
    await doUntil(
      () => pages.getByLabel("Compared to").selectOption("previous"),
      pages.getByText(/before: (186|217)/), // of six days, and from noon on of seven
    );
    expect(await textOf(pages, "Types of pages")).toMatch(
      /home 72 6 6 8\.3% .* product 60 12 0 0%/,
    );
    await picture(page, "pages");
    await pages.getByLabel("Only pages of type").selectOption("product");
    await expect.poll(() => textOf(pages, "Top pages")).not.toContain("Tents");
    expect(await textOf(pages, "Top pages")).toMatch(
      /two-person-tent .* 42 6 .*head-torch .* 18 6/,
    );

    const told = [
      event(3, "page_viewed"),
      event(2, "product_viewed", { data: { productVariant: variant } }),
      event(1, "pixelnova:shared", { data: { method: "copy_link" } }),
    ];
    const body = { key, sentAt: new Date().toISOString(), events: told };
    await fetch(endpoint, { method: "POST", body: JSON.stringify(body) });
    await expect
      .poll(() => db.session.count({ where: { clientId: "follow-me", eventCount: 3 } }))
      .toBe(1);
    const sessions = await open(page, shop.adminAddress, ["Sessions", "Sessions by channel"]);
    await clickUntil(
      sessions,
      "Every session",
      "Those that started in the period, the newest first",
    );
    await picture(page, "session-list");
    expect(await textOf(sessions, "Sessions")).toMatch(/Browser follow-m direct .*head-torch/);
    await clickUntil(sessions, /^\w{3} \d+, \d{4}, /, "Everything that happened");
    const timeline = await textOf(sessions, "Everything that happened");
    expect(timeline).toMatch(
      /Page viewed Head torch .* Product viewed Head torch, Red; €12\.50 .* Shared method: copy_link/,
    );
    await picture(page, "session");

    const days = [1, 2, 3, 4, 5];
    for (const element of ["form#buy>button", "header>a:nth-of-type(2)"])
      await seedClicks(db, id, { element, days });
    const heatmap = await open(page, shop.adminAddress, ["Heatmap", "Places of clicks"]);
    expect(await textOf(heatmap, "Elements that were clicked")).toMatch(
      /form#buy>button 55 50% 60 0 5 .*header>a:nth-of-type\(2\) 55 50% 60 0 5/,
    );
    expect(await heatmap.locator(".heatmap-box").count()).toBe(2);
    await picture(page, "heatmap");

    await seedClicks(db, id, { element: "div.old-banner>a", days: [4, 5] });
    const changed = await open(page, shop.adminAddress, ["Heatmap", "The layout changed"]);
    expect(await changed.locator(".heatmap-box").count()).toBe(0);
    await picture(page, "heatmap-changed");
    await clickUntil(changed, /^Show the days since/, "Places of clicks");
    expect(await textOf(changed, "Elements that were clicked")).not.toContain("old-banner");
  },
);
