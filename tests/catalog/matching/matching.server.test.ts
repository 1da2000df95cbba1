import { expect } from "vitest";
import { test } from "../../database";
import { minutes, shop } from "../../factories";
import { groupsOf, link, list, say, search, twoStores } from "./two-stores";

const TENT = "Fjell two-person tunnel tent";

test("listings that are one product are a group, once they are searched", async ({ db }) => {
  const own = await shop(db);
  await list(db, own, { 1: TENT, 2: "Tunnel tent Fjell, two person", 3: "Alder camp lantern" });

  expect(await search(db, own)).toBe(true);

  expect(await groupsOf(db, own)).toEqual([["1", "2"]]);
});

test("what did not change is not searched again, and what changed is", async ({ db }) => {
  const own = await shop(db);
  await list(db, own, { 1: TENT, 2: TENT, 3: "Alder camp lantern" });
  await search(db, own);
  const before = await db.matchMember.findMany({ where: { shopId: own.id } });

  expect(await search(db, own)).toBe(false);
  await list(db, own, { 3: TENT }, minutes(1));
  expect(await search(db, own)).toBe(true);

  expect(await groupsOf(db, own)).toEqual([["1", "2", "3"]]);
  const after = await db.matchMember.findMany({ where: { shopId: own.id } });
  expect(new Set(after.map(({ groupId }) => groupId))).toEqual(
    new Set(before.map(({ groupId }) => groupId)),
  );
});

test("a listing that is gone is in no group", async ({ db }) => {
  const own = await shop(db);
  await list(db, own, { 1: TENT, 2: TENT });
  await search(db, own);

  await db.product.update({
    where: { shopId_productId: { shopId: own.id, productId: 2 } },
    data: { deletedAt: minutes(1) },
  });
  await search(db, own);

  expect(await groupsOf(db, own)).toEqual([]);
});

test("the merchant's word holds, also when everything is searched again", async ({ db }) => {
  const own = await shop(db);
  const name = (productId: number) => `${own.domain}/${productId}`;
  await list(db, own, { 1: TENT, 2: TENT, 3: "Alder camp lantern", 4: "Camp light" });
  await search(db, own);

  await say(db, own, { kind: "reject", one: name(1), other: name(2) });
  await say(db, own, { kind: "confirm", one: name(3), other: name(4) });
  expect(await groupsOf(db, own)).toEqual([["3", "4"]]);

  await list(db, own, { 5: TENT, 6: "Spirit stove" }, minutes(1));
  await search(db, own);
  const groups = await groupsOf(db, own);
  expect(groups).toContainEqual(["3", "4"]);
  expect(groups.filter((ids) => ids.includes("5"))).toHaveLength(1);
  expect(groups).not.toContainEqual(expect.arrayContaining(["1", "2"]));

  await say(db, own, { kind: "confirm", one: name(2), other: name(1) }, minutes(2));
  expect(await groupsOf(db, own)).toEqual([
    ["1", "2", "5"],
    ["3", "4"],
  ]);
});

test("a group is split and merged again", async ({ db }) => {
  const own = await shop(db);
  await list(db, own, { 1: TENT, 2: TENT, 3: TENT, 4: TENT });
  await search(db, own);
  const groupIds = async () => {
    const rows = await db.matchMember.groupBy({ by: "groupId", where: { shopId: own.id } });
    return rows.map(({ groupId }) => groupId);
  };
  const [groupId = ""] = await groupIds();

  const listings = [`${own.domain}/2`, `${own.domain}/4`];
  await say(db, own, { kind: "split", groupId, listings });
  expect(await groupsOf(db, own)).toEqual([
    ["1", "3"],
    ["2", "4"],
  ]);

  await say(db, own, { kind: "merge", groupIds: await groupIds() }, minutes(1));
  expect(await groupsOf(db, own)).toEqual([["1", "2", "3", "4"]]);
});

test("what is said in one store holds in the store that is linked with it", async ({ db }) => {
  const [one, other] = await twoStores(db);
  await list(db, one, { 1: TENT });
  await list(db, other, { 2: TENT });
  await link(db, [one, other]);
  await search(db, one);
  await search(db, other);
  expect([await groupsOf(db, one), await groupsOf(db, other)]).toEqual([
    [["1", "2"]],
    [["1", "2"]],
  ]);

  const names = { one: `${one.domain}/1`, other: `${other.domain}/2` };
  await say(db, one, { kind: "reject", ...names });

  expect([await groupsOf(db, one), await groupsOf(db, other)]).toEqual([[], []]);
});

test("a split of nothing, a group that is no more and a listing that is not there are refused", async ({
  db,
}) => {
  const own = await shop(db);
  await list(db, own, { 1: TENT, 2: TENT });
  await search(db, own);
  const { groupId } = await db.matchMember.findFirstOrThrow({ where: { shopId: own.id } });
  const both = [`${own.domain}/1`, `${own.domain}/2`];

  for (const listings of [[], both])
    await expect(say(db, own, { kind: "split", groupId, listings })).rejects.toThrow("some of");
  const gone = "00000000-0000-4000-8000-000000000000";
  await expect(say(db, own, { kind: "merge", groupIds: [groupId, gone] })).rejects.toThrow(
    "look again",
  );
  await expect(
    say(db, own, { kind: "confirm", one: `${own.domain}/1`, other: `${own.domain}/9` }),
  ).rejects.toThrow("no listing");
});
