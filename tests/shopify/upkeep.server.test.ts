import { describe, expect } from "vitest";
import { DAY } from "~/platform/time";
import { describeShops } from "~/shopify/shop-details.server";
import { keepTokensAlive } from "~/shopify/token-keep-alive.server";
import { count, HARBOUR, NORTHWIND, test, visit } from "./stand-in";

const inDays = (days: number) => new Date(Date.now() + days * DAY);

describe("keeping tokens alive", () => {
  test("renews those of shops that were quiet for half of their token's life", async ({
    context,
    platform,
  }) => {
    await visit(context, NORTHWIND);
    await visit(context, HARBOUR);

    expect(await keepTokensAlive(context, inDays(44))).toBe(0);
    expect(await keepTokensAlive(context, inDays(46))).toBe(2);
    expect(count(platform, "token refresh")).toBe(2);
  });

  test("goes on with the next shop when one cannot be reached", async ({
    context,
    db,
    network,
  }) => {
    await visit(context, NORTHWIND);
    await visit(context, HARBOUR);
    network.answerWith((input, init) =>
      new Request(input).url.includes(NORTHWIND)
        ? Promise.reject(new Error("no route to host"))
        : network.shopify(input, init),
    );

    expect(await keepTokensAlive(context, inDays(46))).toBe(1);
    expect(await db.accessToken.count()).toBe(2);
  });

  test("leaves shops alone that have left", async ({ context, db }) => {
    await visit(context, NORTHWIND);
    await db.shop.updateMany({ data: { uninstalledAt: new Date() } });

    expect(await keepTokensAlive(context, inDays(80))).toBe(0);
  });
});

test("a shop's details follow what its merchant changes", async ({ context, db }) => {
  await visit(context, NORTHWIND);
  await db.shop.updateMany({
    data: { name: "Old name", timeZone: "UTC", plan: null, moneyFormat: null },
  });

  await describeShops(context);

  expect(await db.shop.findFirst()).toMatchObject({
    name: "Northwind Outdoor",
    timeZone: "Europe/Berlin",
    plan: "Grow",
    moneyFormat: "€{{amount}}",
  });
});
