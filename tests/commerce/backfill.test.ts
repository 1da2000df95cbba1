import { Readable } from "node:stream";
import { describe, expect, test } from "vitest";
import { moveFor, pauseAfter, sinceOf } from "~/commerce/backfill";
import { ordersIn } from "~/commerce/bulk-result";
import { linesOf } from "~/events/lines.server";
import { DAY, HOUR, MINUTE, SECOND } from "~/platform/time";
import { minutes, NOON } from "../factories";

describe("a backfill reaches back", () => {
  const some = { scopes: ["read_orders"] };
  const all = { scopes: ["read_orders", "read_all_orders"] };
  const before = (days: number) => new Date(NOON.getTime() - days * DAY);

  test("60 days, or to the first order where that was granted", () => {
    expect(sinceOf(some, NOON)).toEqual(before(60));
    expect(sinceOf(all, NOON)).toBeNull();
    expect(sinceOf(some, NOON, 7)).toEqual(before(7));
    expect(sinceOf(all, NOON, 365)).toEqual(before(365));
  });

  test("no further than was granted", () => {
    expect(() => sinceOf(some, NOON, "all")).toThrow(/read_all_orders/);
    expect(() => sinceOf(some, NOON, 61)).toThrow(/60 days/);
  });
});

test.for([
  [{ status: "RUNNING" }, { kind: "wait" }],
  [
    { status: "COMPLETED", objectCount: 3, url: "https://r" },
    { kind: "read", url: "https://r" },
  ],
  [{ status: "COMPLETED" }, { kind: "done" }],
  [{ status: "COMPLETED", objectCount: 3 }, { kind: "restart" }],
  [{ status: "EXPIRED", objectCount: 3 }, { kind: "restart" }],
  [{ status: "FAILED", errorCode: "TIMEOUT" }, { kind: "restart" }],
  [{ status: "CANCELED" }, { kind: "restart" }],
] as const)("an operation that is %j asks for %j", ([about, move]) => {
  const operation = { errorCode: null, objectCount: 0, rootObjectCount: 0, url: null, ...about };

  expect(moveFor(operation)).toMatchObject(move);
});

test("an operation that Shopify does not know asks for another", () => {
  expect(moveFor(null).kind).toBe("restart");
});

test("a young operation is looked at often, an old one once a minute", () => {
  const after = (ms: number) => pauseAfter(NOON, new Date(NOON.getTime() + ms));

  expect([after(SECOND), after(5 * MINUTE), after(3 * HOUR)]).toEqual([
    ...[2 * SECOND, 15 * SECOND, MINUTE],
  ]);
  expect(pauseAfter(minutes(1), NOON)).toBe(2 * SECOND);
});

describe("the lines of a result", () => {
  async function group(...rows: unknown[]) {
    const text = rows.map((row) => JSON.stringify(row)).join("\n");
    const orders: object[] = [];
    for await (const order of ordersIn(linesOf(Readable.from([Buffer.from(text)]))))
      orders.push(order);
    return orders;
  }

  test("are put into the order that they follow", async () => {
    const item = { id: "item", __parentId: "two" };

    expect(await group({ id: "one" }, { id: "two", name: "#2" }, item)).toEqual([
      { id: "one", lineItems: [] },
      { id: "two", name: "#2", lineItems: [{ id: "item" }] },
    ]);
  });

  test.for<[string, unknown[]]>([
    ["a child whose parent is not before it", [{ id: "item", __parentId: "one" }]],
    ["what has no id", [{ name: "#1" }]],
    ["what is no object", ["cut"]],
  ])("are refused when there is %s", async ([, rows]) => {
    await expect(group(...rows)).rejects.toThrow(/^line 1 of the result/);
  });
});
