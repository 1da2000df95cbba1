import { expect } from "vitest";
import { requestSync } from "~/catalog/sync-state.server";
import { test } from "../database";
import { minutes, NOON, shop } from "../factories";
import { adminVariant, listed, merge } from "./listed";

test("what is gone before anybody knew it is not brought in by a sync that saw it before", async ({
  db,
}) => {
  const { id: shopId } = await shop(db);
  await requestSync(db, shopId, { reason: "install", now: NOON });
  await merge(db, shopId, [], { asOf: minutes(2), asked: ["7"] });

  await merge(db, shopId, [listed(), listed({ id: "8" }, [adminVariant({ id: "80" })])], {
    ...{ asOf: minutes(1), source: "sync", asked: "all" },
  });

  const known = await db.product.findMany({ where: { shopId } });
  expect(known.map(({ productId }) => productId)).toEqual([8n]);
});

test("what was gone and is there again, and what no sync can have seen, leaves no trace", async ({
  db,
}) => {
  const { id: shopId } = await shop(db);
  await merge(db, shopId, [], { asOf: minutes(1), asked: ["9"] });
  await requestSync(db, shopId, { reason: "nightly", now: NOON });
  await merge(db, shopId, [], { asOf: minutes(1), asked: ["7"] });
  expect(await db.goneProduct.findMany({ where: { shopId } })).toMatchObject([
    { shopId, productId: 7n },
  ]);

  await merge(db, shopId, [listed()], { asOf: minutes(2), asked: "all" });

  expect(await db.product.findMany({ where: { shopId } })).toMatchObject([{ deletedAt: null }]);
  expect(await db.goneProduct.count({ where: { shopId } })).toBe(0);
});
