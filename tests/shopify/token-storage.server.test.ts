import { Session } from "@shopify/shopify-api";
import { describe, expect } from "vitest";
import type { AppContext } from "~/context";
import { openDatabase, type Db } from "~/platform/db.server";
import { createLog } from "~/platform/log.server";
import { MINUTE } from "~/platform/time";
import { createTokenStorage } from "~/shopify/token-storage.server";
import { contextOn, count, HARBOUR, NORTHWIND, test, visit } from "./stand-in";

const OFFLINE = `offline_${NORTHWIND}`;
const storageOf = ({ shopify }: AppContext) => createTokenStorage(shopify.tokens);
const inMinutes = (minutes: number) => new Date(Date.now() + minutes * MINUTE);
const expireIn = (db: Db, minutes: number) =>
  db.accessToken.updateMany({ data: { expiresAt: inMinutes(minutes) } });

/** Waits until so many transactions wait for a turn at a shop's token. */
const untilWaiting = (db: Db, wanted: number) =>
  expect
    .poll(
      () => db.$queryRaw`
        select pid from pg_locks join pg_database d on d.oid = database
        where datname = current_database() and locktype = 'advisory' and not granted`,
    )
    .toHaveLength(wanted);

/** What the library stores after Shopify answered 401. */
function withoutToken(session: Session | undefined): Session {
  if (!session) throw new Error("want a session");
  return new Session({ ...session.toObject(), accessToken: undefined });
}

describe("a token near its end", () => {
  test("is refreshed exactly once, whoever asks at the same moment in whatever process", async ({
    context,
    db,
    dbUrl,
    network,
    platform,
  }) => {
    await visit(context, NORTHWIND);
    await expireIn(db, 4);
    const otherProcess = openDatabase(dbUrl, createLog("silent"));
    const storages = [storageOf(context), storageOf(contextOn(otherProcess))];
    network.answerWith(async (input, init) => {
      await untilWaiting(db, 5); // everyone has found the token nearly expired by now
      return network.shopify(input, init);
    });

    const loads = [...storages, ...storages, ...storages].map((it) => it.loadSession(OFFLINE));
    const sessions = await Promise.all(loads);
    await otherProcess.$disconnect();

    expect(count(platform, "token refresh")).toBe(1);
    expect(new Set(sessions.map((session) => session?.accessToken)).size).toBe(1);
    expect(sessions[0]?.isExpired(50 * MINUTE)).toBe(false);
  });

  test("is not refreshed before its last five minutes", async ({ context, db, platform }) => {
    await visit(context, NORTHWIND);
    await expireIn(db, 6);

    await storageOf(context).loadSession(OFFLINE);

    expect(count(platform, "token refresh")).toBe(0);
  });

  test("is refreshed for jobs too, once", async ({ context, db, platform }) => {
    await visit(context, NORTHWIND);
    await expireIn(db, -1);

    const admins = await Promise.all([1, 2, 3].map(() => context.shopify.adminOf(NORTHWIND)));

    expect(admins).toHaveLength(3);
    expect(count(platform, "token refresh")).toBe(1);
  });

  test("is not replaced by one without an expiry", async ({ context, db, network }) => {
    await visit(context, NORTHWIND);
    await expireIn(db, -1);
    const before = await db.accessToken.findFirst();
    const endless = { access_token: "for ever", scope: "", refresh_token: "next" };
    network.answerWith(() => Promise.resolve(Response.json(endless)));

    const load = storageOf(context).loadSession(OFFLINE);

    await expect(load).rejects.toThrow("want access_token, expires_in and refresh_token");
    const row = await db.accessToken.findFirst();
    expect(row?.expiresAt).toEqual(before?.expiresAt);
    expect(row?.accessToken).toBe(before?.accessToken);
  });

  test("is used to its last minute while Shopify cannot be reached", async ({
    context,
    db,
    network,
  }) => {
    await visit(context, NORTHWIND);
    const before = await storageOf(context).loadSession(OFFLINE);
    await expireIn(db, 1);
    network.answerWith(() => Promise.reject(new Error("no route to host")));

    const during = await storageOf(context).loadSession(OFFLINE);

    expect(during?.accessToken).toBe(before?.accessToken);
  });

  test("is not handed out after its end: the caller is told to come back", async ({
    context,
    db,
    network,
  }) => {
    await visit(context, NORTHWIND);
    await expireIn(db, -1);
    network.answerWith(() => Promise.reject(new Error("no route to host")));

    const load = storageOf(context).loadSession(OFFLINE);

    await expect(load).rejects.toMatchObject({ code: "unavailable", status: 503 });
  });

  test("is dropped when Shopify refuses to renew it", async ({ context, db, platform }) => {
    await visit(context, NORTHWIND);
    await expireIn(db, -1);
    platform.memory.state.refreshTokens = {};

    const session = await storageOf(context).loadSession(OFFLINE);

    expect(session).toBeUndefined();
    expect(await db.accessToken.count()).toBe(0);
  });
});

describe("tokens in the table", () => {
  test("are not readable", async ({ context, db, platform }) => {
    await visit(context, NORTHWIND);

    const table = JSON.stringify(await db.accessToken.findMany());

    const { accessTokens, refreshTokens } = platform.memory.state;
    const secrets = [...Object.keys(accessTokens), ...Object.keys(refreshTokens)];
    expect(secrets).toHaveLength(2);
    for (const secret of secrets) expect(table).not.toContain(secret);
  });

  test("do not open in a row that was moved to another shop", async ({ context, db }) => {
    await visit(context, NORTHWIND);
    await visit(context, HARBOUR);
    const [from, to] = await db.shop.findMany({ orderBy: { domain: "desc" } });
    await db.accessToken.delete({
      where: { shopId_sessionId: { shopId: to?.id ?? 0, sessionId: `offline_${HARBOUR}` } },
    });
    await db.accessToken.updateMany({
      where: { shopId: from?.id },
      data: { shopId: to?.id, sessionId: `offline_${HARBOUR}` },
    });

    const stolen = await storageOf(context).loadSession(`offline_${HARBOUR}`);

    expect([from?.domain, to?.domain]).toEqual([NORTHWIND, HARBOUR]);
    expect(stolen).toBeUndefined();
  });

  test("leave the storage without their refresh token, which only it may use", async ({
    context,
  }) => {
    await visit(context, NORTHWIND);

    const session = await storageOf(context).loadSession(OFFLINE);

    expect(session?.accessToken).toMatch(/^shpat_/);
    expect(session?.refreshToken).toBeUndefined();
  });

  test("are found and deleted by shop and by id", async ({ context }) => {
    await visit(context, NORTHWIND);
    await visit(context, HARBOUR);
    const storage = storageOf(context);

    const found = await storage.findSessionsByShop(NORTHWIND);
    await storage.deleteSessions([OFFLINE]);

    expect(found.map(({ id }) => id)).toEqual([OFFLINE]);
    expect(await storage.findSessionsByShop(NORTHWIND)).toEqual([]);
    expect(await storage.findSessionsByShop(HARBOUR)).toHaveLength(1);
  });
});

describe("a token that Shopify refused", () => {
  test("is dropped", async ({ context, db }) => {
    await visit(context, NORTHWIND);
    const storage = storageOf(context);
    const session = await storage.loadSession(OFFLINE);

    await storage.storeSession(withoutToken(session));

    expect(await db.accessToken.count()).toBe(0);
  });

  test("does not take its successor along", async ({ context, db }) => {
    await visit(context, NORTHWIND);
    const storage = storageOf(context);
    const refused = await storage.loadSession(OFFLINE);
    await expireIn(db, 60);

    await storage.storeSession(withoutToken(refused));

    expect(await storage.loadSession(OFFLINE)).toBeDefined();
  });
});
