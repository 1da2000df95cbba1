import { describe, expect } from "vitest";
import { requestDueSyncs } from "~/catalog/sync-requests.server";
import { requestSync } from "~/catalog/sync-state.server";
import type { AppContext } from "~/context";
import { DAY, MINUTE } from "~/platform/time";
import { action, loader } from "~/routes/api-sync";
import { HARBOUR, NORTHWIND, test, visit } from "../shopify/stand-in";
import { storeWith } from "./store";

const SECRET = "a-secret-of-the-scheduler";

/** What the route answers, to whoever says what. */
async function ask(context: AppContext, about: RequestInit = {}): Promise<Response> {
  const headers = { Authorization: `Bearer ${SECRET}` };
  const request = new Request("https://pixelnova.test/api/sync", {
    ...{ method: "POST", headers },
    ...about,
  });
  try {
    return await action({ request, context, params: {} });
  } catch (thrown) {
    if (thrown instanceof Response) return thrown;
    throw thrown;
  }
}

const withSecret = (context: AppContext): AppContext => ({
  ...context,
  config: { ...context.config, syncSecret: SECRET },
});

describe("syncs are asked for", () => {
  test("by every shop that was installed, once, and again each night", async ({
    context,
    platform,
  }) => {
    const { db } = context;
    const store = await storeWith({ context, platform }, { products: [] });
    const other = (await visit(context, HARBOUR)).shop.id;
    await db.shop.update({ where: { id: other }, data: { scopes: ["write_pixels"] } });
    const now = store.world.now();

    expect(await requestDueSyncs(db, now)).toEqual([store.shopId]);
    expect(await requestDueSyncs(db, new Date(now.getTime() + DAY))).toEqual([]); // under way
    await store.until("done");

    expect((await store.sync()).reason).toBe("install");
    expect(await requestDueSyncs(db, now)).toEqual([]);
    expect(await requestDueSyncs(db, new Date(now.getTime() + DAY))).toEqual([store.shopId]);
    expect((await store.sync()).reason).toBe("nightly");
  });

  test("by a shop that came back", async ({ context, platform }) => {
    const { db } = context;
    const store = await storeWith({ context, platform }, { products: [] });
    await store.whole();
    const installedAt = new Date((await store.sync()).startedAt.getTime() + MINUTE);
    await db.shop.update({ where: { id: store.shopId }, data: { installedAt } });

    expect(await requestDueSyncs(db, installedAt)).toEqual([store.shopId]);
    expect((await store.sync()).reason).toBe("install");
  });
});

describe("POST /api/sync", () => {
  test("asks for every shop's sync, or for one's, and says which were under way", async ({
    context: plain,
  }) => {
    const context = withSecret(plain);
    await visit(context, NORTHWIND);
    const { id } = (await visit(context, HARBOUR)).shop;
    await requestSync(context.db, id, { reason: "page", now: new Date() });

    const all = await ask(context);
    const one = await ask(context, { body: JSON.stringify({ shop: NORTHWIND }) });

    expect(all.status).toBe(202);
    expect(await all.json()).toEqual({ requested: [NORTHWIND], underWay: [HARBOUR] });
    expect(await one.json()).toEqual({ requested: [], underWay: [NORTHWIND] });
    expect(await context.db.catalogSync.count()).toBe(2);
  });

  test("is not there without a secret", async ({ context }) => {
    expect((await ask(context)).status).toBe(404);
  });

  test.for<[string, RequestInit, number, RegExp]>([
    ["without the secret", { headers: {} }, 401, /SYNC_SECRET/],
    ["with another one", { headers: { Authorization: `Bearer ${SECRET}x` } }, 401, /SYNC_SECRET/],
    [
      "about a shop that is not here",
      { body: '{"shop":"a.example"}' },
      404,
      /no shop .*a\.example/,
    ],
    ["with a body that is no JSON", { body: "shop" }, 400, /not JSON/],
    ["with a body of another shape", { body: '{"shops":[]}' }, 400, /want .*Unrecognized key/],
    ["with far too much", { body: " ".repeat(20_000) }, 413, /10000 bytes/],
  ])("refuses who comes %s", async ([, about, status, message], { context }) => {
    const answer = await ask(withSecret(context), about);

    expect(answer.status).toBe(status);
    expect(await answer.text()).toMatch(message);
    expect(await context.db.catalogSync.count()).toBe(0);
  });

  test("takes nothing but POST", async ({ context }) => {
    expect((await ask(withSecret(context), { method: "DELETE" })).status).toBe(405);
    expect(loader().status).toBe(405);
  });
});
