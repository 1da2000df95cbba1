import { describe, expect } from "vitest";
import { CONSENT_VERSION } from "~/catalog/alerts/subscription";
import type { AppContext } from "~/context";
import { loader, action } from "~/routes/proxy-alerts";
import { signProxyQuery } from "../../../dev/store/app-proxy/signature";
import { CONFIG, contextOn, NORTHWIND, test as base, visit } from "../../shopify/stand-in";
import { listed, merge } from "../listed";

const test = base.extend("shopId", async ({ context, db }) => {
  const { shop } = await visit(context, NORTHWIND);
  await merge(db, shop.id, [listed()], { asked: "all" });
  return shop.id;
});

const MAIL = { smtpUrl: "smtp://127.0.0.1:1", from: "alerts@pixelnova.test" };
const withMail = (context: AppContext): AppContext => ({
  ...context,
  config: { ...context.config, mail: MAIL },
});

type Asked = { body?: unknown; customerId?: string; secret?: string; age?: number };

/** A shopper's request as Shopify passes it on. */
function proxied({ body, customerId = "", secret, age = 0 }: Asked = {}): Request {
  const query = new URLSearchParams({
    ...{ shop: NORTHWIND, logged_in_customer_id: customerId, path_prefix: "/apps/pixelnova" },
    timestamp: String(Math.floor(Date.now() / 1_000) - age),
  });
  query.set("signature", signProxyQuery(query, secret ?? CONFIG.shopify.apiSecret));
  return new Request(`${CONFIG.shopify.appUrl}/proxy/alerts?${query}`, {
    ...(body !== undefined && { method: "POST", body: JSON.stringify(body) }),
  });
}

const wish = (about: object = {}) => ({
  ...{ email: "ana@example.com", kind: "back_in_stock", product: "7", page: "/products/mug" },
  consent: CONSENT_VERSION,
  ...about,
});

const args = (context: AppContext, request: Request) => ({ context, request, params: {} });
const post = (context: AppContext, asked: Asked) =>
  action(args(withMail(context), proxied(asked))).catch((error: unknown) => error as Response);

describe("a shopper who asks to be told", () => {
  test("is answered the same whether the address is known or not", async ({ context, shopId }) => {
    const first = await post(context, { body: wish(), customerId: "77" });
    const again = await post(context, { body: wish() });

    expect([first.status, again.status]).toEqual([202, 202]);
    expect(await again.json()).toEqual(await first.json());
    expect(await context.db.alertSubscription.findMany({ where: { shopId } })).toMatchObject([
      { kind: "back_in_stock", customerId: 77n, consentPlace: "/products/mug" },
    ]);
  });

  test.for([
    [{ email: "not an address" }, 400],
    [{ email: "ana@example.com\r\nBcc: eve@example.com" }, 400],
    [{ kind: "new_arrival" }, 400],
    [{ consent: "yes" }, 400],
    [{ consent: "constructor" }, 400],
    [{ price: 12 }, 400],
    [{ page: "https://elsewhere.example/" }, 400],
    [{ product: "8" }, 404],
    [{ page: `/${"x".repeat(5_000)}` }, 413],
  ] as const)("is refused %o", async ([about, status], { context, shopId }) => {
    const refused = await post(context, { body: wish(about) });

    expect(refused.status).toBe(status);
    expect(await context.db.alertSubscription.count({ where: { shopId } })).toBe(0);
  });

  test("is told that there are no alerts where no e-mail can be sent", async ({
    context,
    shopId,
  }) => {
    const refused = await action(args(context, proxied({ body: wish() }))).catch(
      (error: unknown) => error as Response,
    );

    expect(refused.status).toBe(501);
    expect(await refused.json()).toMatchObject({ code: "no_mail" });
    const offer = await loader(args(context, proxied()));
    expect(await offer.json()).toMatchObject({ isOffered: false });
    expect(await context.db.alertSubscription.count({ where: { shopId } })).toBe(0);
  });
});

test("the storefront is told which words to show", async ({ context, shopId }) => {
  expect(shopId).toBeGreaterThan(0);

  const offer = await loader(args(withMail(context), proxied()));

  expect(await offer.json()).toMatchObject({
    isOffered: true,
    consent: { version: CONSENT_VERSION, wording: expect.stringContaining("one e-mail") },
  });
});

test.for([{ secret: "another" }, { age: 91 }])(
  "a request that Shopify did not just sign is refused: %o",
  async (asked, { context, shopId }) => {
    expect((await post(context, { ...asked, body: wish() })).status).toBe(401);
    expect(await context.db.alertSubscription.count({ where: { shopId } })).toBe(0);
  },
);

test("a shop may be asked a hundred and twenty times a minute", async ({ db, context, shopId }) => {
  const asked = contextOn(db);
  const statuses: number[] = [];
  for (let nth = 0; nth < 125; nth++)
    statuses.push((await post(asked, { body: wish({ kind: "none" }) })).status);

  expect(statuses.at(-1)).toBe(429);
  expect(await context.db.alertSubscription.count({ where: { shopId } })).toBe(0);
});
