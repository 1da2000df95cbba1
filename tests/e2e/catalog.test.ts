import type { Page } from "playwright-core";
import { expect } from "vitest";
import type { Database } from "~/platform/db.server";
import { DAY } from "~/platform/time";
import { mirrored } from "../../dev/bench/catalog/mirrored";
import { assortmentOf } from "../../dev/store/catalog/assortment";
import { merge } from "../catalog/listed";
import { eventually } from "../eventually";
import { clickUntil, doUntil, openUntil, picture, textOf, useBrowser } from "./admin-page";
import { emptyCatalogue } from "./own-catalogue";
import { firstShop, test } from "./stack";

const newPage = useBrowser();
const PATIENT = { timeout: 240_000 };

const euros = (minor: bigint | number): string =>
  new Intl.NumberFormat("en", { style: "currency", currency: "EUR" }).format(Number(minor) / 100);
const daysAgo = (days: number) => new Date(Date.now() - days * DAY);

/** Fills a shop's catalogue with what the stand-in sells there. */
async function fill(db: Database, domain: string): Promise<number> {
  const { id: shopId } = await db.shop.findUniqueOrThrow({ where: { domain } });
  const { products } = assortmentOf(domain);
  const about = { currency: "EUR", imageUrl: null };
  await merge(
    db,
    shopId,
    products.map((product) => mirrored(product, about)),
    { asOf: new Date(), source: "sync" },
  );
  return shopId;
}

/** A past for all variants of a product: dearer until 20 days ago, and sold out for two days. */
async function addPast(db: Database, shopId: number, productId: bigint): Promise<void> {
  const variants = await db.variant.findMany({ where: { shopId, productId } });
  for (const [days, dearer, isAvailable] of [
    [25, 3n, true],
    [20, 1n, true],
    [10, 1n, false],
    [8, 1n, true],
  ] as const)
    await db.variantChange.createMany({
      data: variants.map(({ variantId, priceMinor }) => ({
        ...{ shopId, productId, variantId, source: "sync", stock: isAvailable ? "in" : "out" },
        ...{
          changedAt: daysAgo(days),
          priceMinor: (priceMinor * (9n + dearer)) / 10n,
          isAvailable,
        },
      })),
    });
}

const openWhenReady = (page: Page, address: string, [link, shown]: [string, string]) =>
  openUntil(page, [address, link], (app) => app.getByText(shown).filter({ visible: true }));

test("a merchant finds a product, and reads its prices", PATIENT, async ({ stack, db }) => {
  const { shop } = await firstShop(stack);
  const page = await newPage();
  const { id } = await db.shop.findUniqueOrThrow({ where: { domain: shop.domain } });
  await emptyCatalogue(db, id);
  const shopId = await fill(db, shop.domain);
  const product = await db.product.findFirstOrThrow({
    where: { shopId, status: "ACTIVE", isAvailable: true, variantCount: { gt: 1 } },
    orderBy: { productId: "asc" },
  });
  await addPast(db, shopId, product.productId);

  const app = await openWhenReady(page, shop.adminAddress, ["Catalogue", "Search"]);
  const count = await db.product.count({ where: { shopId, deletedAt: null } });
  await app.getByText(`${count.toLocaleString("en")} products`).waitFor();
  await picture(page, "catalogue");
  await page.setViewportSize({ width: 1280, height: 1_800 });

  await eventually(async () => {
    await app.getByRole("combobox", { name: "Status" }).selectOption("active");
    await app.getByRole("textbox", { name: "Search" }).fill(product.title.toUpperCase());
    await app.getByRole("textbox", { name: "Search" }).press("Enter");
    await app.getByText(/^\d+ products?$/).waitFor({ timeout: 10_000 });
    expect(await textOf(app, "Products")).toContain(product.title);
  });
  const found = await db.product.count({
    where: { shopId, status: "ACTIVE", title: { contains: product.title, mode: "insensitive" } },
  });
  expect(await app.getByRole("table", { name: "Products" }).getByRole("row").count()).toBe(
    found + 1,
  );
  expect(await textOf(app, "Products")).toContain(euros(product.minPriceMinor));

  await clickUntil(app, product.title, "What shoppers did");
  await clickUntil(app, "Show as table", "Hide table");
  const history = await textOf(app, "Price history");
  expect(history).toContain(euros(product.minPriceMinor));
  expect(history).toContain(euros((product.minPriceMinor * 12n) / 10n));
  expect(await textOf(app, "Stock history")).toMatch(/Available .*Sold out .*Available/);
  await app.getByText("Sold out on 2 of 25 days").waitFor();
  await app.locator(".recharts-line path").first().waitFor({ state: "attached" });
  await picture(page, "product");
});

test("what is not there is said in words", PATIENT, async ({ stack, db }) => {
  const { shop } = await firstShop(stack);
  await fill(db, shop.domain);
  const page = await newPage();
  const app = await openWhenReady(page, shop.adminAddress, ["Catalogue", "Search"]);

  await doUntil(async () => {
    await app.getByRole("textbox", { name: "Search" }).fill("no such thing at all");
    await app.getByRole("textbox", { name: "Search" }).press("Enter");
  }, app.getByText("No product is like that"));

  const { origin, pathname } = new URL(page.url());
  await page.goto(`${origin}${pathname}/404`);
  await app.getByText("No such product", { exact: true }).waitFor();
});

test("a merchant sees how current it is, and asks for a sync", PATIENT, async ({ stack, db }) => {
  const { shop } = await firstShop(stack);
  const shopId = await fill(db, shop.domain);
  await db.catalogRefresh.create({
    data: {
      ...{ shopId, productId: 404, reason: "webhook", requestedAt: new Date(), attempts: 3 },
      ...{ error: "Shopify did not answer", waitUntil: daysAgo(-1) },
    },
  });
  const page = await newPage();
  const app = await openWhenReady(page, shop.adminAddress, ["Catalogue", "Search"]);
  await clickUntil(app, "Catalogue sync", "How current it is");

  const products = await db.product.count({ where: { shopId, deletedAt: null } });
  expect(await textOf(app, "How current it is")).toContain(`Products ${products}`);
  expect(await textOf(app, "Products that could not be refreshed")).toContain(
    "404 Shopify did not answer 3",
  );
  const syncs = () => db.catalogSync.count({ where: { shopId, reason: "page" } });
  await eventually(async () => {
    await app.getByRole("button", { name: "Sync now" }).click({ timeout: 10_000 });
    await expect.poll(syncs, { timeout: 10_000 }).toBeGreaterThan(0);
  });
  await expect.poll(() => textOf(app, "Syncs")).toContain("This page");
  await picture(page, "catalogue-sync");
});

test(
  "a token made on its page reads the API until it is revoked",
  PATIENT,
  async ({ stack, db }) => {
    const { shop } = await firstShop(stack);
    const shopId = await fill(db, shop.domain);
    const page = await newPage();
    const app = await openWhenReady(page, shop.adminAddress, ["API tokens", "New token"]);
    await doUntil(async () => {
      await app.getByRole("textbox", { name: "What will use it" }).fill("Price feed");
      await app.getByRole("button", { name: "Make token" }).click({ timeout: 2_000 });
    }, app.getByText("Copy the token now"));
    const token = await app.locator("code", { hasText: /^pnv_[\w-]{43}$/ }).innerText();
    const ask = (path: string) =>
      fetch(`${stack.appAddress}/api/v1/${path}`, {
        headers: { Authorization: `Bearer ${token}` },
      });

    const answer = (await (await ask("products?limit=250&sort=title")).json()) as {
      products: object[];
    };
    const visible = await db.product.count({
      where: { shopId, deletedAt: null, status: "ACTIVE", publishedAt: { lte: new Date() } },
    });
    expect(answer.products).toHaveLength(Math.min(250, visible));
    expect((await ask("nothing/here")).status).toBe(404);
    expect((await ask("nothing/here")).headers.get("content-type")).toBe(
      "application/problem+json",
    );
    await picture(page, "api-tokens");

    await clickUntil(app, "Revoke Price feed", "Revoked");
    expect((await ask("products")).status).toBe(401);
  },
);
