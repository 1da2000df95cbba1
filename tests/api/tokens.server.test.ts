import { expect } from "vitest";
import { revokeToken, tokensOf } from "~/api/tokens.server";
import { MINUTE } from "~/platform/time";
import { shop } from "../factories";
import { askingIn, openShop, test, tokenFor } from "./calls";

test("tokens are kept as a hash, and their use is noted once a minute", async ({ db, context }) => {
  const shopId = await openShop(db);
  const token = await tokenFor(db, shopId);
  const kept = await db.apiToken.findMany({ where: { shopId } });
  expect(JSON.stringify(kept)).not.toContain(token.slice(8));
  expect(token).toMatch(new RegExp(`^${kept[0]?.hint}[\\w-]{39}$`));
  const lastUse = async () => (await tokensOf(db, shopId))[0]?.lastUsedAt?.getTime() ?? 0;

  await askingIn(context)("products", { token });
  const first = await lastUse();
  await askingIn(context)("products", { token });
  expect([first > 0, await lastUse()]).toEqual([true, first]);

  await db.apiToken.updateMany({ data: { lastUsedAt: new Date(first - 2 * MINUTE) } });
  await askingIn(context)("products", { token });
  expect(await lastUse()).toBeGreaterThanOrEqual(first);
});

test("a token of another shop cannot be revoked, and tokens are erased with their shop", async ({
  db,
}) => {
  const [shopId, { id: other }] = [await openShop(db), await shop(db)];
  await tokenFor(db, shopId);
  const [listed] = await tokensOf(db, shopId);
  const revoke = { tokenId: listed?.tokenId ?? "", now: new Date() };

  await expect(revokeToken(db, other, revoke)).rejects.toThrow("there is no token");
  await expect(revokeToken(db, shopId, { ...revoke, tokenId: "x" })).rejects.toThrow("no token");
  expect((await tokensOf(db, shopId))[0]?.revokedAt).toBeNull();

  await db.shop.delete({ where: { id: shopId } });
  expect(await tokensOf(db, shopId)).toEqual([]);
});
