import { describe, expect } from "vitest";
import {
  acceptLinkCode,
  CODE_LIVES,
  linkedStores,
  makeLinkCode,
  revokeLink,
} from "~/catalog/store-links.server";
import { offersOf } from "~/catalog/offers.server";
import { listGroups, listQuestions } from "~/catalog/matching/queue.server";
import type { Database } from "~/platform/db.server";
import { test } from "../database";
import { minutes, NOON, shop } from "../factories";
import { groupsOf, link, list, say, search, twoStores } from "./matching/two-stores";

const TENT = "Fjell two-person tunnel tent";
const domains = async (db: Database, shopId: number) =>
  (await linkedStores(db, shopId)).map(({ domain }) => domain);

/** All that a shop is told of matches, as text. */
async function seenBy(db: Database, shopId: number): Promise<string> {
  const seen = await Promise.all([
    offersOf(db, shopId, "1"),
    listGroups(db, shopId, 1),
    listQuestions(db, shopId),
    linkedStores(db, shopId),
    db.matchMember.findMany({ where: { shopId }, select: { listingShopId: true } }),
    db.matchPair.findMany({ where: { shopId }, select: { oneShopId: true, otherShopId: true } }),
  ]);
  return JSON.stringify(seen);
}

describe("two stores", () => {
  test("are linked by the code that the one shows and the other is given", async ({ db }) => {
    const [one, other] = await twoStores(db);

    await link(db, [one, other]);

    expect(await domains(db, one.id)).toEqual([other.domain]);
    expect(await domains(db, other.id)).toEqual([one.domain]);
  });

  test("are not linked by a code that was used, is old, is replaced, or is their own", async ({
    db,
  }) => {
    const [one, other] = await twoStores(db);
    const third = await shop(db);
    const accept = (shopId: number, code: string, now = NOON) =>
      acceptLinkCode(db.pool, { shopId, code }, now);
    const refused = /No other store shows this code now/;

    const replaced = await makeLinkCode(db, one.id, NOON);
    const code = await makeLinkCode(db, one.id, NOON);
    await expect(accept(other.id, replaced)).rejects.toThrow(refused);
    await expect(accept(one.id, code)).rejects.toThrow(refused);
    await expect(accept(other.id, code, minutes(CODE_LIVES / 60_000))).rejects.toThrow(refused);
    await expect(accept(other.id, "AAAA-AAAA-AAAA-AAAA")).rejects.toThrow(refused);
    await expect(accept(other.id, "what?")).rejects.toThrow(refused);
    await accept(other.id, code.toLowerCase().replaceAll("-", " "));
    await expect(accept(third.id, code)).rejects.toThrow(refused);

    expect(await domains(db, third.id)).toEqual([]);
  });

  test("see nothing of each other before, everything while, and nothing once either ends it", async ({
    db,
  }) => {
    const [one, other] = await twoStores(db);
    await list(db, one, { 1: TENT, 3: "Alder camp lantern" });
    await list(db, other, { 2: TENT, 4: `${TENT}s` });
    await search(db, one);
    await search(db, other);
    expect(await seenBy(db, one.id)).not.toContain(other.domain);

    await link(db, [one, other]);
    expect(await search(db, one)).toBe(true);
    await search(db, other);
    expect(await groupsOf(db, one)).toEqual([["1", "2", "4"]]);
    expect(await seenBy(db, one.id)).toContain(other.domain);
    const offers = await offersOf(db, one.id, "1");
    expect(offers.map(({ currency, offers }) => [currency, offers.length])).toEqual([
      ["EUR", 1],
      ["NZD", 2],
    ]);

    await revokeLink(db.pool, { shopId: other.id, domain: one.domain });
    for (const [viewer, hidden] of [
      [one, other],
      [other, one],
    ] as const) {
      const seen = await seenBy(db, viewer.id);
      expect(seen).not.toContain(hidden.domain);
      expect(seen).not.toContain(`hopId":${hidden.id}}`);
      expect(seen).not.toContain(`hopId":${hidden.id},`);
    }
    await search(db, one);
    await search(db, other);
    expect(await groupsOf(db, one)).toEqual([]);
    expect(await groupsOf(db, other)).toEqual([["2", "4"]]);
  });

  test("cannot be spoken for by a shop that is not linked with them", async ({ db }) => {
    const [one, other] = await twoStores(db);
    const stranger = await shop(db);
    await list(db, one, { 1: TENT });
    await list(db, other, { 2: TENT });
    await list(db, stranger, { 9: TENT });
    await link(db, [one, other]);
    await search(db, one);
    await search(db, stranger);

    expect(await seenBy(db, stranger.id)).not.toMatch(one.domain);
    await expect(
      say(db, stranger, {
        kind: "confirm",
        one: `${stranger.domain}/9`,
        other: `${one.domain}/1`,
      }),
    ).rejects.toThrow("no listing");
    const { groupId } = await db.matchMember.findFirstOrThrow({ where: { shopId: one.id } });
    await expect(
      say(db, stranger, { kind: "split", groupId, listings: [`${stranger.domain}/9`] }),
    ).rejects.toThrow("look again");
    await revokeLink(db.pool, { shopId: stranger.id, domain: one.domain });
    expect(await domains(db, one.id)).toEqual([other.domain]);
  });

  test("are linked two by two: a store sees nothing of its partner's partner", async ({ db }) => {
    const [one, middle] = await twoStores(db);
    const far = await shop(db);
    await list(db, one, { 1: TENT });
    await list(db, middle, { 2: TENT });
    await list(db, far, { 3: TENT });
    await link(db, [one, middle]);
    await link(db, [middle, far]);

    for (const store of [one, middle, far]) await search(db, store);

    expect(await groupsOf(db, middle)).toEqual([["1", "2", "3"]]);
    expect(await groupsOf(db, one)).toEqual([["1", "2"]]);
    expect(await seenBy(db, one.id)).not.toContain(far.domain);
  });
});

test("another store's offers want a link, whatever a group may still say", async ({ db }) => {
  const [one, other] = await twoStores(db);
  await list(db, one, { 1: TENT });
  await list(db, other, { 2: TENT });
  await link(db, [one, other]);
  await search(db, one);
  expect(await offersOf(db, one.id, "1")).toHaveLength(2);

  await db.storeLink.deleteMany({ where: { shopId: one.id } });

  expect(await groupsOf(db, one)).toEqual([["1", "2"]]);
  expect(await offersOf(db, one.id, "1")).toMatchObject([
    { currency: "EUR", offers: [{ domain: one.domain }] },
  ]);
});

test("an offer is what shoppers can see: active, published, and not deleted", async ({ db }) => {
  const own = await shop(db);
  await list(db, own, { 1: TENT, 2: TENT, 3: TENT, 4: TENT, 5: TENT });
  await search(db, own);
  const change = (productId: number, data: Record<string, unknown>) =>
    db.product.update({ where: { shopId_productId: { shopId: own.id, productId } }, data });
  await change(2, { status: "DRAFT" });
  await change(3, { status: "UNLISTED" });
  await change(4, { publishedAt: null });
  await change(5, { deletedAt: NOON });

  const [sum] = await offersOf(db, own.id, "1");

  expect(sum?.offers.map(({ productId }) => productId)).toEqual(["1"]);
  expect(sum).toMatchObject({ currency: "EUR", minPriceMinor: 1_990, maxPriceMinor: 1_990 });
  expect(await offersOf(db, own.id, "2")).toMatchObject([{ offers: [{ productId: "1" }] }]);
  expect(await offersOf(db, own.id, "99")).toEqual([]);
});
