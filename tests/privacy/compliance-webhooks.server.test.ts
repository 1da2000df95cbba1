import { describe, expect } from "vitest";
import type { AppContext } from "~/context";
import { receiveWebhook } from "~/webhooks.server";
import { append, ensurePartitions } from "~/events/log.server";
import { revoke } from "../../dev/store/oauth/tokens";
import type { Platform } from "../../dev/store/platform";
import { logEvent, NOON } from "../factories";
import { count, HARBOUR, NORTHWIND, test, visit, webhook } from "../shopify/stand-in";

const uninstalled = { topic: "app/uninstalled", domain: NORTHWIND };
/** The merchant has removed the app: every token is dead. */
const leave = (platform: Platform) => revoke(platform.memory.state, NORTHWIND);

describe("shop/redact", () => {
  const redact = { topic: "shop/redact", domain: NORTHWIND };
  const TABLES = ["shops", "pixel_events", "sessions", "page_views", "privacy_requests"] as const;

  async function fill(context: AppContext, domain: string) {
    const { id } = (await visit(context, domain)).shop;
    await ensurePartitions(context.db, NOON);
    await append(context.db, id, [logEvent({ customerId: "7" }), logEvent()]);
    const row = { shopId: id, sessionId: "s", clientId: "ana", startedAt: NOON, endedAt: NOON };
    await context.db.session.create({ data: { ...row, eventCount: 1, pageViewCount: 1 } });
    const view = { shopId: id, eventId: "e", sessionId: "s", clientId: "ana", path: "/" };
    await context.db.pageView.create({ data: { ...view, viewedAt: NOON } });
    const payload = { customer: { id: 7 } };
    await receiveWebhook(context, webhook({ topic: "customers/data_request", domain, payload }));
    return id;
  }

  async function rowsOf({ db }: AppContext, shopId: number) {
    const where = { shopId };
    const counts = [
      await db.shop.count({ where: { id: shopId } }),
      await db.pixelEvent.count({ where }),
      await db.session.count({ where }),
      await db.pageView.count({ where }),
      await db.privacyRequest.count({ where }),
    ];
    return Object.fromEntries(TABLES.map((table, i) => [table, counts[i]]));
  }
  const FULL = { shops: 1, pixel_events: 2, sessions: 1, page_views: 1, privacy_requests: 1 };
  const EMPTY = { shops: 0, pixel_events: 0, sessions: 0, page_views: 0, privacy_requests: 0 };

  test("erases every row of the shop, and none of another's", async ({ context, platform }) => {
    const [northwind, harbour] = [await fill(context, NORTHWIND), await fill(context, HARBOUR)];
    leave(platform);
    await receiveWebhook(context, webhook(uninstalled));

    await receiveWebhook(context, webhook(redact));

    expect(await rowsOf(context, northwind)).toEqual(EMPTY);
    expect(await rowsOf(context, harbour)).toEqual(FULL);
  });

  test("spares a shop that has come back", async ({ context }) => {
    const northwind = await fill(context, NORTHWIND);

    await receiveWebhook(context, webhook(redact));

    expect(await rowsOf(context, northwind)).toEqual(FULL);
  });

  test("erases a shop whose uninstallation we never heard of", async ({ context, platform }) => {
    const northwind = await fill(context, NORTHWIND);
    leave(platform);

    await receiveWebhook(context, webhook(redact));

    expect(await rowsOf(context, northwind)).toEqual(EMPTY);
  });

  test("waits for another attempt while it cannot be told whether the shop came back", async ({
    context,
    network,
  }) => {
    const northwind = await fill(context, NORTHWIND);
    network.answerWith(() => Promise.reject(new Error("no route to host")));

    const received = receiveWebhook(context, webhook(redact));

    await expect(received).rejects.toMatchObject({ status: 503 });
    expect(await rowsOf(context, northwind)).toEqual(FULL);
  });

  test("that is repeated finds nothing to do", async ({ context, platform }) => {
    await fill(context, NORTHWIND);
    leave(platform);
    await receiveWebhook(context, webhook({ ...redact, webhookId: "one" }));

    const response = await receiveWebhook(context, webhook({ ...redact, webhookId: "one" }));

    expect(response.status).toBe(200);
    expect(count(platform, "token exchange")).toBe(1);
  });
});
