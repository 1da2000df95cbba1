import { describe, expect } from "vitest";
import { test } from "../../database";
import { minutes, NOON, shop } from "../../factories";
import { checkOut, rowsOf, summarize } from "./world";

/** The visitors that wait to be made anew. */
const stale = async (db: Parameters<typeof checkOut>[0], shopId: number) =>
  (await db.staleVisitor.findMany({ where: { shopId } })).map(({ visitorId }) => visitorId);
const BOTH = ["customer:1", "client:ana"];

describe("carts", () => {
  test("go on over the visits of a browser, and belong to whom the last one does", async ({
    db,
  }) => {
    const { id } = await shop(db);
    const { session, cartAction } = rowsOf(db, id);
    const first = await session({ visitorId: "customer:1" });
    const second = await session({ visitorId: "customer:1", startedAt: minutes(40) });
    const { eventId } = await cartAction({ sessionId: first.sessionId });
    await cartAction({ sessionId: second.sessionId, actedAt: minutes(45), variantId: 71n });

    await summarize(db, id, BOTH);

    expect(await db.cart.findMany({ where: { shopId: id } })).toMatchObject([
      {
        ...{ cartId: eventId, clientId: "ana", visitorId: "customer:1", startedAt: NOON },
        ...{ itemCount: 2n, valueMinor: 2_000n, abandonedAt: minutes(105), convertedAt: null },
      },
    ]);
  });

  test("are quiet for as long as the shop says", async ({ db }) => {
    const { id } = await shop(db);
    await db.shop.update({ where: { id }, data: { cartQuietMinutes: 15 } });
    const { session, cartAction } = rowsOf(db, id);
    await cartAction({ sessionId: (await session()).sessionId });

    await summarize(db, id, BOTH);

    expect(await db.cart.findMany({ where: { shopId: id } })).toMatchObject([
      { abandonedAt: minutes(15) },
    ]);
  });

  test("are converted by the checkout that they led to, even on another browser", async ({
    db,
  }) => {
    const { id } = await shop(db);
    const { session, cartAction, step } = rowsOf(db, id);
    const { sessionId } = await session();
    await session({ clientId: "phone", visitorId: "client:phone", sessionId: "phone" });
    await cartAction({ sessionId });
    await step({ sessionId, reachedAt: minutes(2) });
    await step({
      clientId: "phone",
      sessionId: "phone",
      step: "completed",
      reachedAt: minutes(200),
    });

    await checkOut(db, id);
    await summarize(db, id, await stale(db, id));

    expect(await db.cart.findMany({ where: { shopId: id } })).toMatchObject([
      {
        ...{ clientId: "ana", visitorId: "client:ana", convertedAt: minutes(200) },
        recoveredAt: minutes(200),
      },
    ]);
  });

  test("are converted by a verified order whose completion no pixel saw", async ({ db }) => {
    const { id } = await shop(db);
    const { session, cartAction, step, order } = rowsOf(db, id);
    const { sessionId } = await session();
    await cartAction({ sessionId });
    await step({ sessionId, reachedAt: minutes(2) });
    await order({ checkoutToken: "token", placedAt: minutes(5) });

    await checkOut(db, id);
    await summarize(db, id, BOTH);

    expect(await db.cart.findMany({ where: { shopId: id } })).toMatchObject([
      { convertedAt: minutes(5), recoveredAt: null, abandonedAt: null },
    ]);
  });
});
