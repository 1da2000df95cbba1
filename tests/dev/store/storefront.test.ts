import { describe, expect } from "vitest";
import { check } from "@shopify/theme-check-node";
import { isAvailable } from "../../../dev/store/catalog/model";
import { catalogAt } from "../../../dev/store/catalog/timeline";
import { startStore } from "../../../dev/store/start";
import { APP, test } from "./running-store";

/** A shopper without a browser: keeps their cookies. */
function shopper(address: string) {
  const jar = new Map<string, string>();
  return async (path: string, body?: object) => {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
    const response = await fetch(address + path, {
      headers: { cookie, "content-type": "application/json" },
      ...(body && { method: "POST", body: JSON.stringify(body) }),
    });
    for (const set of response.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
      jar.set(name, value);
    }
    return response;
  };
}
type Json = Record<string, unknown>;
const read = async (response: Response) => (await response.json()) as Json;

describe("the Ajax API", () => {
  test("gives a product with whole minor units", async ({ outdoor }) => {
    const product = await read(
      await fetch(`${outdoor.storefrontAddress}/products/fjell-two-person-tent.js`),
    );
    const known = catalogAt(outdoor.domain, new Date()).products.find(
      ({ handle }) => handle === "fjell-two-person-tent",
    );

    expect(product).toMatchObject({
      ...{ id: known?.id, title: "Fjell two-person tent", price: known?.variants[0].priceMinor },
      options: [{ name: "Color", position: 1, values: ["Rust", "Moss"] }],
      variants: [
        { option1: "Rust", available: known && isAvailable(known.variants[0]) },
        { option1: "Moss" },
      ],
    });
    expect((await fetch(`${outdoor.storefrontAddress}/products/nothing.js`)).status).toBe(404);
  });

  test("adds, changes, updates and clears a cart, with the sections that are asked for", async ({
    outdoor,
  }) => {
    const ask = shopper(outdoor.storefrontAddress);
    const added = await read(
      await ask("/cart/add.js", {
        items: [{ id: 810000000801, quantity: 2, properties: { _from: "block" } }],
        sections: "main-cart",
      }),
    );
    expect(added).toMatchObject({
      items: [{ quantity: 2, properties: { _from: "block" }, title: "Hearth enamel mug" }],
    });
    expect((added.sections as Json)["main-cart"]).toContain("Hearth enamel mug");

    const [item] = (await read(await ask("/cart.js"))).items as { key: string }[];
    expect(await read(await ask("/cart/change.js", { id: item?.key, quantity: 3 }))).toMatchObject({
      item_count: 3,
    });
    expect(
      await read(await ask("/cart/update.js", { attributes: { gift: "yes" }, note: "soon" })),
    ).toMatchObject({ attributes: { gift: "yes" }, note: "soon", item_count: 3 });
    expect(await read(await ask("/cart/clear.js", {}))).toMatchObject({ item_count: 0, items: [] });
  });

  test("refuses with 422 what cannot be sold, and changes nothing", async ({ outdoor }) => {
    const ask = shopper(outdoor.storefrontAddress);

    const unknown = await ask("/cart/add.js", { id: 1 });
    const tooMany = await ask("/cart/add.js", {
      items: [{ id: 810000000801 }, { id: 810000000801, quantity: 9_999 }],
    });

    expect([unknown.status, await read(unknown)]).toEqual([
      422,
      { status: 422, message: "Cart Error", description: "Cannot find variant" },
    ]);
    expect(tooMany.status).toBe(422);
    expect(await read(await ask("/cart.js"))).toMatchObject({ item_count: 0 });
  });

  test("recommends what is alike, within Shopify's limits", async ({ outdoor }) => {
    const at = `${outdoor.storefrontAddress}/recommendations/products.json`;

    const related = await read(await fetch(`${at}?product_id=810000000000&limit=4`));
    expect((related.products as { type: string }[]).map(({ type }) => type)).toEqual([
      "Tents",
      "Tents",
      "Tents",
      "Tents",
    ]);
    const other = await read(await fetch(`${at}?product_id=810000000000&intent=complementary`));
    expect((other.products as { type: string }[]).some(({ type }) => type === "Tents")).toBe(false);
    expect((await fetch(`${at}?product_id=1`)).status).toBe(404);
    expect((await fetch(`${at}?product_id=810000000000&limit=11`)).status).toBe(422);
  });
});

describe("a collection", () => {
  const handles = async (address: string) =>
    [
      ...(await (await fetch(address)).text()).matchAll(
        /<li[^>]*>\s*<a href="\/products\/([^"?]+)"/g,
      ),
    ].map(([, handle]) => handle);

  test("is filtered by vendor, stock and price, and sorted", async ({ outdoor }) => {
    const filter =
      "filter.p.vendor=Tarn&filter.v.availability=1&filter.v.price.lte=60&sort_by=price-ascending";
    const shown = await handles(`${outdoor.storefrontAddress}/collections/camp-kitchen?${filter}`);
    const { products } = catalogAt(outdoor.domain, new Date());
    const found = shown.map((handle) => products.find((product) => product.handle === handle));

    expect(found.length).toBeGreaterThan(3);
    const prices = found.map((product) =>
      Math.min(...(product?.variants.map(({ priceMinor }) => priceMinor) ?? [0])),
    );
    expect(prices).toEqual(prices.toSorted((a, b) => a - b));
    for (const product of found) {
      expect(product?.vendor).toBe("Tarn");
      expect(
        product?.variants.some((variant) => isAvailable(variant) && variant.priceMinor <= 6_000),
      ).toBe(true);
    }
  });

  test("shows neither drafts nor what is archived or unlisted", async ({ outdoor }) => {
    const hidden = catalogAt(outdoor.domain, new Date()).products.filter(
      ({ status }) => status !== "ACTIVE",
    );
    const [unlisted] = hidden.filter(({ status }) => status === "UNLISTED");
    const found = await (
      await fetch(
        `${outdoor.storefrontAddress}/search?q=${encodeURIComponent(unlisted?.title ?? "")}`,
      )
    ).text();

    expect(hidden.length).toBeGreaterThan(5);
    expect(found).not.toContain(`/products/${unlisted?.handle ?? ""}"`);
    expect(
      (await fetch(`${outdoor.storefrontAddress}/products/${unlisted?.handle ?? ""}`)).status,
    ).toBe(200);
    const draft = hidden.find(({ status }) => status === "DRAFT");
    expect(
      (await fetch(`${outdoor.storefrontAddress}/products/${draft?.handle ?? ""}`)).status,
    ).toBe(404);
  });
});

describe("the app's theme blocks", () => {
  const form = (fields: Record<string, string>) => ({
    method: "POST",
    body: new URLSearchParams(fields),
  });

  test("are off, are switched on in the theme editor, and see what Shopify gives them", async ({
    app,
    pixelBundle,
  }) => {
    const store = await startStore({
      app: { ...APP, address: app.address },
      ...{ pixelBundle, themeExtension: "tests/dev/store/theme-extension" },
    });
    const [shop] = store.shops;
    if (!shop) throw new Error("no shop");
    store.install(shop.domain);
    const editor = `${shop.adminAddress}/themes/current/editor`;
    const page = async (path: string) => (await fetch(shop.storefrontAddress + path)).text();

    expect(await page("/products/cairn-hiking-boots")).not.toContain("shopify-app-block");
    await fetch(`${editor}?context=apps&activateAppId=${APP.apiKey}/embed`);
    await fetch(
      `${editor}?template=product&addAppBlockId=${APP.apiKey}/block&target=newAppsSection`,
    );
    await fetch(
      `${editor}?template=product`,
      form({ action: "add", block: "offered", template: "product" }),
    );
    const product = await page("/products/cairn-hiking-boots");

    expect(product).toContain("By default Cairn hiking boots Hello from the locale");
    expect(product).toContain("<b>snippet</b>");
    expect(product).toContain('data-page="product" data-product=""');
    expect(product.match(/\/ext\/assets\/embed\.js/g)).toHaveLength(1);
    expect(product).not.toContain("Only when offered");
    const home = await page("/");
    expect(home).toContain('data-page="index"');
    expect(home).not.toContain("By default");
    expect((await fetch(`${shop.storefrontAddress}/ext/assets/embed.js`)).status).toBe(200);

    await fetch(editor, form({ action: "toggle-embed", block: "embed" }));
    expect(await page("/")).not.toContain("data-page");
    await store.stop();
  });

  test("of the app itself are what Shopify's theme check lets through", async () => {
    const offenses = await check("extensions/storefront", "theme-check:theme-app-extension");

    expect(offenses.map(({ check, message }) => `${check}: ${message}`)).toEqual([]);
  });
});
