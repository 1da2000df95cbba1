import { randomUUID } from "node:crypto";
import type { FrameLocator, Page } from "playwright-core";
import { expect } from "vitest";
import type { Database } from "~/platform/db.server";
import { addSession } from "../analytics/facts";
import { doUntil, openUntil, picture, textOf, useBrowser } from "./admin-page";
import { firstShop, test } from "./stack";

const newPage = useBrowser();

const HOUR = 3_600_000;
const STEPS = [
  ...["browsed", "viewed product", "added to cart", "started", "contact"],
  ...["address", "shipping", "payment", "completed"],
];
type Way = {
  hoursAgo: number;
  device: string;
  pages: string[];
  places: number;
  /** Whether it found something, and whether it was looked at. */
  search?: { query: string; found: number; isClicked: boolean };
  brought?: bigint;
};

/** Sessions with everything that a day of shoppers leaves behind. */
async function addWays(db: Database, shopId: number, ways: Way[]) {
  for (const [index, way] of ways.entries()) {
    const startedAt = new Date(Date.now() - way.hoursAgo * HOUR);
    const time = (minute: number) => new Date(startedAt.getTime() + minute * 60_000);
    const facts = await addSession(db, shopId, {
      ...{ at: startedAt.toISOString(), until: time(12).toISOString(), device: way.device },
      ...{ clientId: `browser-${index}`, visitorId: `client:browser-${index}` },
      ...{ orderCount: way.brought ? 1 : 0, revenueMinor: way.brought ?? 0n },
      ...{ stage: way.places === 9 ? 5 : way.places, firstPages: way.pages.join(" → ") },
      pagesToPurchase: way.places === 9 ? way.pages.join(" → ") : null,
      ...(way.places > 1 && { productMs: 60_000 }),
    });
    const people = { isBot: false, sampleRate: 1 };
    await db.pageView.createMany({
      data: way.pages.map((pageType, place) => ({
        ...{ ...facts, ...people, eventId: randomUUID(), viewedAt: time(place), pageType },
        path: `/${pageType}`,
      })),
    });
    await db.productView.createMany({
      data: way.pages.flatMap((pageType, place) =>
        pageType === "product"
          ? [{ ...facts, ...people, eventId: randomUUID(), viewedAt: time(place), isRepeat: false }]
          : [],
      ),
    });
    await db.funnelStep.createMany({
      data: STEPS.slice(0, way.places).map((step, place) => ({
        ...{ ...facts, ...people, step, place: place + 1, reachedAt: time(place) },
        isSkipped: false,
      })),
    });
    if (way.search) await addSearch(db, { ...facts, ...people, searchedAt: time(1) }, way.search);
    if (way.brought) await addOrder(db, { ...facts, placedAt: time(9) }, way.brought);
  }
}

type Facts = { shopId: number; sessionId: string; clientId: string };

const addSearch = (
  db: Database,
  facts: Facts & { isBot: boolean; sampleRate: number; searchedAt: Date },
  { query, found, isClicked }: NonNullable<Way["search"]>,
) =>
  db.search.create({
    data: {
      ...{ ...facts, eventId: randomUUID(), query, resultCount: found },
      ...(isClicked && { clickedProductId: 7n, clickedPosition: 2 }),
    },
  });

const addOrder = (
  db: Database,
  { shopId, sessionId, placedAt }: Facts & { placedAt: Date },
  brought: bigint,
) =>
  db.order.create({
    data: {
      ...{ shopId, sessionId, placedAt, orderId: BigInt(placedAt.getTime()), updatedAt: placedAt },
      ...{ firstReceivedAt: placedAt, isTest: false, currency: "EUR", source: "webhook" },
      ...{ totalMinor: brought, subtotalMinor: brought, revenueMinor: brought, discountMinor: 0 },
      ...{ taxMinor: 0, shippingMinor: 0, refundedMinor: 0, itemCount: 1, hasDiscountCode: false },
    },
  });

const TO_PRODUCT = ["home", "collection", "product"];
const TO_CHECKOUT = [...TO_PRODUCT, "cart", "checkout"];
const WAYS: Way[] = [
  { hoursAgo: 30, device: "desktop", pages: ["home"], places: 1 },
  { hoursAgo: 31, device: "mobile", pages: TO_PRODUCT, places: 2 },
  { hoursAgo: 50, device: "mobile", pages: TO_PRODUCT, places: 2 },
  { hoursAgo: 52, device: "mobile", pages: TO_CHECKOUT, places: 9, brought: 12_900n },
  { hoursAgo: 75, device: "desktop", pages: TO_CHECKOUT, places: 9, brought: 4_900n },
  { hoursAgo: 99, device: "desktop", pages: ["home", "search"], places: 1 },
  { hoursAgo: 99, device: "desktop", pages: ["product", "cart"], places: 3 },
  { hoursAgo: 200, device: "desktop", pages: TO_PRODUCT, places: 2 },
].map((way, index) => ({
  ...way,
  ...(index % 2 === 1 && { search: { query: "tent", found: 3, isClicked: index < 4 } }),
  ...(index === 6 && { search: { query: "snorkel", found: 0, isClicked: false } }),
}));

/** What a table says once it says it: the page loads after each change. */
const says = (app: FrameLocator, table: string, text: string | RegExp) =>
  expect.poll(() => textOf(app, table).catch(String)).toMatch(text);

/** The page, once it is alive: a choice before that does nothing. */
async function openAlive(page: Page, address: string, link: string): Promise<FrameLocator> {
  const app = await openUntil(page, [address, link], (app) => app.getByLabel("Compared to"));
  const comparison = app.getByLabel("Compared to");
  await doUntil(() => comparison.selectOption("previous"), app.getByText(/before: /));
  return app;
}

test(
  "the merchant sees where shoppers are lost, builds a funnel, and reads journeys and searches",
  { timeout: 240_000 },
  async ({ stack, db }) => {
    const { shop } = await firstShop(stack);
    const { id } = await db.shop.findFirstOrThrow({ where: { domain: shop.domain } });
    const page = await newPage();
    await openUntil(page, [shop.adminAddress, "Search"], (app) =>
      app.getByText("Nothing was counted in this period."),
    );
    await addWays(db, id, WAYS);

    const app = await openAlive(page, shop.adminAddress, "Funnel");
    await says(app, "Stages", /1\. Browse 7 .* 2\. Product 5 2 0 71\.4% 71\.4% .* 5\. Purchase 2/);
    await picture(page, "funnel");
    await app.getByLabel("Told apart by").selectOption("device");
    await app.getByRole("button", { name: "mobile", exact: true }).click();
    await says(app, "Stages", /1\. Browse 3 .* 5\. Purchase 1/);
    await app.getByRole("button", { name: /Remove Device: mobile/ }).click();

    await app.getByRole("button", { name: "New funnel" }).click();
    await app.getByLabel("Name of the funnel").fill("Searching");
    await app.getByLabel("What happens at step 1").selectOption("search");
    await app.getByLabel("What happens at step 2").selectOption("page");
    await app.getByLabel("Page type").selectOption("product");
    await picture(page, "funnel-builder");
    await app.getByRole("button", { name: "Save funnel" }).click();
    await says(app, "Stages", /1\. Searched 4 .* 2\. Page viewed: product 2/);
    await app.getByText(/in this order, within 1 day, counted by visitor/).waitFor();
    await app.getByRole("button", { name: "Edit" }).click();
    await app.getByLabel("Order of the steps").selectOption("loose");
    await app.getByRole("button", { name: "Save funnel" }).click();
    await app.getByText(/in any order after the first, within 1 day/).waitFor();
    await picture(page, "funnel-built");
    await app.getByRole("button", { name: "Delete" }).click();
    await says(app, "Stages", /1\. Browse 7/);
    expect(await db.funnel.count()).toBe(0);

    const ways = await openAlive(page, shop.adminAddress, "Journeys");
    await says(ways, "Journeys", /home\s*→\s*collection\s*→\s*product 2 7 28\.6%/);
    await picture(page, "journeys");
    await ways.getByLabel("Told from").selectOption("purchase");
    await says(ways, "Journeys", /product\s*→\s*cart\s*→\s*checkout 2 2 100%/);

    const searches = await openAlive(page, shop.adminAddress, "Search");
    await says(searches, "Queries", /tent 3 3 0% 33\.3% 2 0 33\.3% €129\.00/);
    await says(searches, "Queries without a result", /snorkel 1 1 100%/);
    await picture(page, "search");
  },
);
