import { expect } from "vitest";
import { append, ensurePartitions } from "~/events/log.server";
import { parseQuietMinutes } from "~/projections/visitors/quiet";
import { setQuietMinutes } from "~/projections/visitors/quiet.server";
import { test } from "../../database";
import { logEvent, minutes, NOON, shop } from "../../factories";
import { catchUp, prepareFolds } from "../../folding";

const merchandise = { id: "70", price: null, product: { id: "7" } };

test("a shop's own measure of quiet judges the carts that it has, and no other shop's", async ({
  db,
}) => {
  await ensurePartitions(db, NOON);
  await prepareFolds(db);
  const shops = [await shop(db), await shop(db)] as const;
  for (const { id } of shops) {
    const payload = { data: { cartLine: { merchandise, quantity: 1, cost: null } } };
    await append(db, id, [logEvent({ name: "product_added_to_cart", payload })]);
    await catchUp(db, id);
  }
  const abandonedAt = async ({ id }: { id: number }) =>
    (await db.cart.findMany({ where: { shopId: id } })).map((cart) => cart.abandonedAt);
  expect(await abandonedAt(shops[0])).toEqual([minutes(60)]);

  await setQuietMinutes(db.pool, shops[0].id, 15);
  for (const { id } of shops) await catchUp(db, id);

  expect(await abandonedAt(shops[0])).toEqual([minutes(15)]);
  expect(await abandonedAt(shops[1])).toEqual([minutes(60)]);
});

test.for(["15", "60", "10080"])("%s minutes can be chosen", (text) =>
  expect(parseQuietMinutes(text)).toBe(Number(text)),
);

test.for(["14", "10081", "-60", "1e2", "", "sixty", null])("%j minutes cannot", (text) =>
  expect(() => parseQuietMinutes(text)).toThrow(
    `minutes must be a whole number from 15 to 10080, got ${JSON.stringify(text)}`,
  ),
);
