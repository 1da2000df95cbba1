import { describe, expect } from "vitest";
import { chance } from "../../dev/chance";
import { test } from "../database";
import { minutes, NOON, shop } from "../factories";
import { checkOut, rowsOf } from "./visitors/world";

describe("a checkout", () => {
  test("is one row over all its steps: when each was first reached, and how it stood at the last", async ({
    db,
  }) => {
    const { id } = await shop(db);
    const { step } = rowsOf(db, id);
    await step({ step: "contact", reachedAt: minutes(3) });
    await step({ step: "contact", reachedAt: minutes(1) });
    await step();
    await step({
      ...{ step: "shipping", reachedAt: minutes(90), clientId: "phone", sessionId: "later" },
      ...{ itemCount: 2n, totalMinor: 2_500n, sampleRate: 0.5 },
    });

    await checkOut(db, id);

    expect(await db.checkout.findMany({ where: { shopId: id } })).toEqual([
      {
        ...{ shopId: id, checkoutToken: "token", startedAt: NOON, contactAt: minutes(1) },
        ...{ addressAt: null, shippingAt: minutes(90), paymentAt: null, completedAt: null },
        ...{ lastAt: minutes(90), clientId: "phone", sessionId: "later", orderId: null },
        ...{ itemCount: 2n, totalMinor: 2_500n, currency: "EUR", isBot: false, sampleRate: 0.5 },
      },
    ]);
  });

  test("is completed by the pixel's word, and by a verified order that the pixel missed", async ({
    db,
  }) => {
    const { id } = await shop(db);
    const { step, order } = rowsOf(db, id);
    await step({ checkoutToken: "seen", step: "completed", orderId: 5n, reachedAt: minutes(9) });
    await step({ checkoutToken: "missed" });
    await order({ checkoutToken: "seen", orderId: 5n, placedAt: minutes(8) });
    await order({ checkoutToken: "missed", orderId: 6n, placedAt: minutes(7) });

    await checkOut(db, id, ["seen", "missed"]);

    expect(
      await db.checkout.findMany({ where: { shopId: id }, orderBy: { checkoutToken: "asc" } }),
    ).toMatchObject([
      { checkoutToken: "missed", completedAt: minutes(7), orderId: 6n },
      { checkoutToken: "seen", completedAt: minutes(9), orderId: 5n },
    ]);
  });

  test("without a step has no row, whatever was ordered", async ({ db }) => {
    const { id } = await shop(db);
    const { step, order } = rowsOf(db, id);
    await step();
    await order({ checkoutToken: "token" });
    await checkOut(db, id);
    expect(await db.checkout.count({ where: { shopId: id } })).toBe(1);

    await db.checkoutStep.deleteMany({ where: { shopId: id } });
    await checkOut(db, id);

    expect(await db.checkout.count({ where: { shopId: id } })).toBe(0);
  });
});

const STEPS = ["started", "contact", "address", "shipping", "payment", "completed"] as const;

test("a thousand checkouts come out as their steps say, in whichever batches, and only those named", async ({
  db,
}) => {
  const luck = chance("checkouts");
  const [mine, other] = [await shop(db), await shop(db)];
  const tokens = Array.from({ length: 1_000 }, (_, index) => `t${index}`);
  const steps = Array.from({ length: 5_000 }, (_, index) => ({
    ...{ eventId: `e${index}`, sessionId: `s${luck.between(0, 50)}`, clientId: "ana" },
    ...{
      reachedAt: minutes(luck.between(0, 10_000)),
      step: STEPS[luck.between(0, 5)] ?? "started",
    },
    ...{ checkoutToken: tokens[luck.between(0, 999)] ?? "", itemCount: BigInt(luck.between(0, 9)) },
    ...{ isBot: luck.happens(0.3), sampleRate: 1 },
  }));
  for (const { id: shopId } of [mine, other])
    await db.checkoutStep.createMany({ data: steps.map((step) => ({ shopId, ...step })) });

  await checkOut(db, mine.id, tokens);
  const whole = await db.checkout.findMany({ where: { shopId: mine.id } });
  await checkOut(db, mine.id, tokens.slice(0, 300));
  await checkOut(db, mine.id, tokens.slice(200).toReversed());

  const found = await db.checkout.findMany({ where: { shopId: mine.id } });
  const byToken = (rows: typeof found) => new Map(rows.map((row) => [row.checkoutToken, row]));
  expect(byToken(found)).toEqual(byToken(whole));
  for (const [token, row] of byToken(found)) {
    const own = steps.filter(({ checkoutToken }) => checkoutToken === token);
    const first = (name?: string) =>
      own
        .filter(({ step }) => !name || step === name)
        .map(({ reachedAt }) => reachedAt)
        .sort((a, b) => a.getTime() - b.getTime())[0] ?? null;
    const last = own
      .toSorted(
        (a, b) => a.reachedAt.getTime() - b.reachedAt.getTime() || (a.eventId < b.eventId ? -1 : 1),
      )
      .at(-1);
    expect(row).toMatchObject({
      ...{ startedAt: first(), contactAt: first("contact"), addressAt: first("address") },
      ...{
        shippingAt: first("shipping"),
        paymentAt: first("payment"),
        completedAt: first("completed"),
      },
      ...{ lastAt: last?.reachedAt, sessionId: last?.sessionId, itemCount: last?.itemCount },
      isBot: own.every(({ isBot }) => isBot),
    });
  }
  expect(found).toHaveLength(new Set(steps.map(({ checkoutToken }) => checkoutToken)).size);
  expect(await db.checkout.count({ where: { shopId: other.id } })).toBe(0);
});
