import { Readable } from "node:stream";
import { describe, expect, test } from "vitest";
import { HOUR, MINUTE, SECOND } from "~/platform/time";
import { linesOf } from "~/platform/lines.server";
import { moveFor, pauseAfter } from "~/shopify/bulk-operation";
import { batchesOf, groupsIn } from "~/shopify/bulk-result";
import { minutes, NOON } from "../factories";

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
  [{ status: "FAILED", errorCode: "ACCESS_DENIED" }, { kind: "refused" }],
  [{ status: "CANCELED" }, { kind: "restart" }],
] as const)("an operation that is %j asks for %j", ([about, move]) => {
  const none = { errorCode: null, createdAt: NOON, objectCount: 0, rootObjectCount: 0, url: null };
  const operation = { ...none, ...about };

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
  const groups = (rows: readonly unknown[]) => {
    const text = rows.map((row) => JSON.stringify(row)).join("\n");
    return groupsIn(linesOf(Readable.from([Buffer.from(text)])));
  };
  const all = async <Item>(items: AsyncIterable<Item>) => {
    const found: Item[] = [];
    for await (const item of items) found.push(item);
    return found;
  };
  const item = { id: "item", __parentId: "two" };

  test("are put to the one that they hang on", async () => {
    expect(await all(groups([{ id: "one" }, { id: "two", name: "#2" }, item]))).toEqual([
      { root: { id: "one" }, children: [] },
      { root: { id: "two", name: "#2" }, children: [{ id: "item" }] },
    ]);
  });

  test("come in batches, of which every object counts and those known are left out", async () => {
    const rows = [{ id: "one" }, { id: "two" }, item, { id: "three" }, { id: "four" }];

    const batches = await all(batchesOf(groups(rows), { skip: 1, size: 3 }));

    expect(
      batches.map(({ groups, objects }) => [groups.map(({ root }) => root.id), objects]),
    ).toEqual([
      [["two"], 3],
      [["three", "four"], 2],
    ]);
  });

  test.for<[string, unknown[]]>([
    ["a child whose parent is not before it", [{ id: "item", __parentId: "one" }]],
    ["what has no id", [{ name: "#1" }]],
    ["what is no object", ["cut"]],
  ])("are refused when there is %s", async ([, rows]) => {
    await expect(all(groups(rows))).rejects.toThrow(/^line 1 of the result/);
  });
});
