import { describe, expect } from "vitest";
import { CALLS_A_MINUTE } from "~/api/endpoint.server";
import type { Scope } from "~/api/scopes";
import { revokeToken, tokensOf } from "~/api/tokens.server";
import { action } from "~/routes/api-v1-products";
import { adminVariant, listed, merge } from "../catalog/listed";
import { shop } from "../factories";
import { expectDocumented } from "./document";
import { askingIn, ENDPOINTS, openShop, test, tokenFor, yesterday } from "./calls";

const PATHS = {
  products: "/products",
  product: "/products/{productId}",
  priceHistory: "/products/{productId}/price-history",
  syncStatus: "/catalog/sync-status",
  alerts: "/alerts",
};

describe.for(ENDPOINTS)("%s", (endpoint) => {
  test("lets nobody in without a token that is good", async ({ db, context }) => {
    const ask = askingIn(context);
    const shopId = await openShop(db);
    const [revoked, expired] = [await tokenFor(db, shopId), await tokenFor(db, shopId)];
    const [second, first] = await tokensOf(db, shopId);
    const idOf = (token: string) => (token.startsWith(first?.hint ?? "") ? first : second)?.tokenId;
    await revokeToken(db, shopId, { tokenId: idOf(revoked) ?? "", now: new Date() });
    await db.apiToken.update({
      where: { shopId_tokenId: { shopId, tokenId: idOf(expired) ?? "" } },
      data: { expiresAt: new Date() },
    });

    const refused = await Promise.all(
      [undefined, "", "pnv_made-up", revoked, expired].map((token) => ask(endpoint, { token })),
    );

    expect(refused.map(({ status }) => status)).toEqual([401, 401, 401, 401, 401]);
    const problems = (await Promise.all(refused.map((response) => response.json()))) as {
      detail: string;
    }[];
    expect(problems.map(({ detail }) => detail)).toEqual([
      expect.stringContaining("Bearer"),
      expect.stringContaining("Bearer"),
      "no shop has made this token",
      "this token has been revoked",
      "this token has expired",
    ]);
    expect(refused[4]?.headers.get("www-authenticate")).toContain('error="invalid_token"');
    expect(refused[0]?.headers.get("content-type")).toBe("application/problem+json");
  });

  test("shows another shop's token nothing of this one", async ({ db, context }) => {
    await openShop(db);
    const { id: other } = await shop(db);
    const token = await tokenFor(db, other);

    const response = await askingIn(context)(endpoint, { token });

    const told = await response.text();
    if (endpoint.startsWith("pr") && endpoint !== "products") expect(response.status).toBe(404);
    else expect(response.status).toBe(200);
    expect(told).not.toContain("Mug");
    expect(told).toMatch(/"(products|alerts)":(\[\]|0)|"status":404/);
  });

  test("lets no token in of a shop that has uninstalled the app", async ({ db, context }) => {
    const shopId = await openShop(db);
    const token = await tokenFor(db, shopId);
    await db.shop.update({ where: { id: shopId }, data: { uninstalledAt: new Date() } });

    expect((await askingIn(context)(endpoint, { token })).status).toBe(401);
  });

  test("wants its scope", async ({ db, context }) => {
    const shopId = await openShop(db);
    const wrong: Scope = endpoint === "syncStatus" ? "read_products" : "read_sync_status";
    const token = await tokenFor(db, shopId, [wrong]);

    const response = await askingIn(context)(endpoint, { token });

    expect(response.status).toBe(403);
    expect(await response.json()).toMatchObject({ code: "insufficient_scope", status: 403 });
    expect(response.headers.get("ratelimit-remaining")).toMatch(/^\d+$/);
  });

  test("answers as the document says", async ({ db, context }) => {
    const ask = askingIn(context);
    const token = await tokenFor(db, await openShop(db));

    const [answer, refusal] = [await ask(endpoint, { token }), await ask(endpoint, {})];

    expect([answer.status, refusal.status]).toEqual([200, 401]);
    for (const each of [answer, refusal]) await expectDocumented(PATHS[endpoint], each);
  });

  test("answers 304 to a caller that has its answer", async ({ db, context }) => {
    const ask = askingIn(context);
    const token = await tokenFor(db, await openShop(db));
    const first = await ask(endpoint, { token });
    const etag = first.headers.get("etag") ?? "";
    expect([first.status, etag]).toEqual([200, expect.stringMatching(/^"[\w-]{27}"$/)]);

    const again = await ask(endpoint, { token, etag: `"other", W/${etag}` });

    expect([again.status, await again.text()]).toEqual([304, ""]);
    expect((await ask(endpoint, { token, etag: '"other"' })).status).toBe(200);
  });
});

describe("what shoppers cannot see", () => {
  test("is not told to a token that speaks for them", async ({ db, context }) => {
    const ask = askingIn(context);
    const token = await tokenFor(db, await openShop(db), ["read_products"]);

    expect(await idsOf(await ask("products", { token }))).toEqual(["7"]);
    expect(await idsOf(await ask("products", { token, search: "status=active" }))).toEqual(["7"]);
    for (const productId of ["8", "9", "10", "11", "x"])
      for (const endpoint of ["product", "priceHistory"] as const)
        expect((await ask(endpoint, { token, productId })).status).toBe(404);
    for (const status of ["draft", "archived", "unlisted"])
      expect((await ask("products", { token, search: `status=${status}` })).status).toBe(403);
    expect(await (await ask("product", { token })).text()).not.toMatch(/inventory/i);
  });

  test("is told to a merchant's own token, by status", async ({ db, context }) => {
    const ask = askingIn(context);
    const token = await tokenFor(db, await openShop(db));

    expect(await idsOf(await ask("products", { token }))).toEqual(["7"]);
    expect(await idsOf(await ask("products", { token, search: "status=draft" }))).toEqual(["8"]);
    expect(await idsOf(await ask("products", { token, search: "status=active" }))).toEqual([
      "10",
      "7",
    ]);
    expect((await ask("product", { token, productId: "9" })).status).toBe(200);
  });
});

test("a product is told with what its prices' history says", async ({ db, context }) => {
  const ask = askingIn(context);
  const shopId = await openShop(db);
  const token = await tokenFor(db, shopId);
  const cheaper = adminVariant({ price: "15.00", compareAtPrice: "25.00", inventoryQuantity: 3 });
  const now = new Date();
  await merge(db, shopId, [listed({ publishedAt: yesterday(), updatedAt: now }, [cheaper])], {
    asOf: now,
  });

  expect(await (await ask("product", { token })).json()).toMatchObject({
    product: {
      ...{ id: "7", title: "Mug", currency: "EUR", minPriceMinor: 1_500, totalInventory: 3 },
      variants: [
        {
          ...{ id: "70", priceMinor: 1_500, compareAtMinor: 2_500, inventoryQuantity: 3 },
          prices: {
            onSale: true,
            reduction: { by: "compareAt", priorPriceMinor: 1_990, priorPriceKnownDays: 1 },
            drop: { fromMinor: 1_990, toMinor: 1_500 },
            outOfStock: { days: 0, knownDays: 1 },
          },
        },
      ],
    },
  });
  expect(await (await ask("priceHistory", { token })).json()).toMatchObject({
    currency: "EUR",
    changes: [{ priceMinor: 1_990 }, { priceMinor: 1_500, stock: "low" }],
    next: null,
  });
});

test("offers are told in minor units and as the shop writes money", async ({ db, context }) => {
  const shopId = await openShop(db);
  await db.shop.update({
    where: { id: shopId },
    data: { moneyFormat: "<b>{{amount_with_comma_separator}}</b> €" },
  });
  const token = await tokenFor(db, shopId);

  expect(await (await askingIn(context)("product", { token })).json()).toMatchObject({
    offers: [
      {
        ...{ currency: "EUR", minPriceMinor: 1_990, maxPriceMinor: 1_990 },
        ...{ fromPrice: "19,90 €", priceRange: "19,90 €" },
        cheapest: { minPriceMinor: 1_990, priceRange: "19,90 €" },
      },
    ],
  });
});

test("a list is read to its end by its cursors", async ({ db, context }) => {
  const ask = askingIn(context);
  const { id: shopId } = await shop(db);
  const token = await tokenFor(db, shopId);
  const about = { publishedAt: yesterday() };
  await merge(
    db,
    shopId,
    Array.from({ length: 7 }, (_, index) =>
      listed({ ...about, id: String(20 + index) }, [adminVariant({ id: String(200 + index) })]),
    ),
  );

  const seen: string[] = [];
  let next: string | null = "";
  while (next !== null) {
    const response = await ask("products", { token, search: `limit=3&sort=title&cursor=${next}` });
    const page = (await response.json()) as { products: { id: string }[]; next: string | null };
    seen.push(...page.products.map(({ id }) => id));
    next = page.next;
  }

  expect(seen).toEqual(["20", "21", "22", "23", "24", "25", "26"]);
});

test.for([
  ["products", "limit=0"],
  ["products", "limit=251"],
  ["products", "cursor=x"],
  ["products", "status=gone"],
  ["priceHistory", "from=yesterday"],
  ["priceHistory", "variant=x"],
  ["priceHistory", "cursor=WyJ0aXRsZSJd"],
] as const)("%s refuses %s", async ([endpoint, search], { db, context }) => {
  const token = await tokenFor(db, await openShop(db));

  const response = await askingIn(context)(endpoint, { token, search });

  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ title: "Bad Request", code: "invalid_input" });
});

test("a token has its calls a minute, and another one of the same shop its own", async ({
  db,
  context,
}) => {
  const ask = askingIn(context);
  const shopId = await openShop(db);
  const [token, other] = [await tokenFor(db, shopId), await tokenFor(db, shopId)];

  const told = [];
  for (let call = 0; call <= CALLS_A_MINUTE; call++)
    told.push(await ask("priceHistory", { token, productId: "x" }));

  const last = told.at(-1);
  expect(told.filter(({ status }) => status === 429)).toHaveLength(1);
  expect(last?.status).toBe(429);
  expect(last?.headers.get("retry-after")).toMatch(/^\d+$/);
  expect(told[0]?.headers.get("ratelimit-remaining")).toBe(String(CALLS_A_MINUTE - 1));
  expect((await ask("products", { token: other })).status).toBe(200);
});

test("a method that changes something is refused", ({ context }) => {
  const request = new Request("https://pixelnova.test/api/v1/products", { method: "POST" });

  const response = action({ request, context, params: {} });

  expect([response.status, response.headers.get("allow")]).toEqual([405, "GET, HEAD"]);
});

const idsOf = async (response: Response): Promise<string[]> => {
  const { products: found } = (await response.json()) as { products: { id: string }[] };
  return found.map(({ id }) => id).toSorted();
};
