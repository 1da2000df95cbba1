import { describe, expect, test } from "vitest";
import { sinceOf } from "~/commerce/backfill";
import { DAY } from "~/platform/time";
import { NOON } from "../factories";

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
