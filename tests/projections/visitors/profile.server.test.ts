import { describe, expect } from "vitest";
import { listVisitors, parsePlace, type Place } from "~/projections/visitors/list.server";
import { profileOf } from "~/projections/visitors/profile.server";
import { test } from "../../database";
import { minutes, shop } from "../../factories";
import { rowsOf, summarize } from "./world";

describe("a visitor's profile", () => {
  test("is null for nobody, and for another shop's visitor", async ({ db }) => {
    const [mine, other] = [await shop(db), await shop(db)];
    await rowsOf(db, other.id).session();
    await summarize(db, other.id, ["client:ana"]);

    const of = (shopId: number) => profileOf(db, { shopId, visitorId: "client:ana" }, minutes(20));

    expect(await of(mine.id)).toBeNull();
    expect(await of(other.id)).not.toBeNull();
  });

  test("has sessions, orders, carts as they are now, and scores", async ({ db }) => {
    const { id } = await shop(db);
    const { session, cartAction, order } = rowsOf(db, id);
    const { sessionId } = await session({ visitorId: "customer:1" });
    await cartAction({ sessionId });
    await order({ name: "#1001", refundedMinor: 5n, placedAt: minutes(5) });
    await order({ name: "#1002", cancelledAt: minutes(9), placedAt: minutes(6) });
    await order({ name: "#1003", customerId: null, sessionId, placedAt: minutes(7) });
    await order({ name: "#1004", isTest: true });
    await summarize(db, id, ["customer:1"]);
    const who = { shopId: id, visitorId: "customer:1" };

    const soon = await profileOf(db, who, minutes(20));
    const late = await profileOf(db, who, minutes(80));

    expect(soon?.visitor).toMatchObject({ sessionCount: 1, orderCount: 2, revenueMinor: 2_000 });
    expect(soon?.sessions).toMatchObject([{ sessionId, clientId: "ana" }]);
    expect(soon?.orders.map(({ name }) => name)).toEqual(["#1003", "#1002", "#1001"]);
    expect(soon?.orders[2]).toMatchObject({ isRefunded: true, isCancelled: false });
    expect([soon, late].map((profile) => profile?.carts[0]?.state)).toEqual(["open", "abandoned"]);
    expect(soon?.scores?.engagement).toBeGreaterThan(late?.scores?.engagement ?? 1);
  });
});

describe("the list of visitors", () => {
  test("goes on where a page ends, also among those who were seen at the same time", async ({
    db,
  }) => {
    const { id } = await shop(db);
    const { session } = rowsOf(db, id);
    const ids = Array.from({ length: 120 }, (_, index) => `client:${index}`);
    for (const [index, visitorId] of ids.entries())
      await session({ visitorId, clientId: visitorId, startedAt: minutes(Math.floor(index / 60)) });
    await summarize(db, id, ids);

    const seen: string[] = [];
    let place: Place | null = null;
    let pages = 0;
    do {
      const page: Awaited<ReturnType<typeof listVisitors>> = await listVisitors(db, id, place);
      seen.push(...page.visitors.map(({ visitorId }) => visitorId));
      place = page.next;
      pages++;
    } while (place);

    expect(pages).toBe(3);
    expect(seen).toHaveLength(120);
    expect(new Set(seen)).toEqual(new Set(ids));
    expect(Number(seen[0]?.slice(7))).toBeGreaterThanOrEqual(60);
  });

  test("begins where the address says, which may say nothing, but nothing wrong", () => {
    const at = (search: string) => parsePlace(new URLSearchParams(search));

    expect(at("")).toBeNull();
    expect(at("seen=2026-11-21T12:00:00.000Z&visitor=client:a")).toEqual({
      lastSeenAt: new Date("2026-11-21T12:00:00.000Z"),
      visitorId: "client:a",
    });
    expect(() => at("seen=soon&visitor=client:a")).toThrow('seen must be a moment, got "soon"');
  });
});
