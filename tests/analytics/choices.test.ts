import { expect, test } from "vitest";
import { choiceOf, filtersOf } from "~/analytics/rollups/choices";

test("rows are named by the one filter that chooses their sessions, where it has few values", () => {
  expect(choiceOf({ device: "mobile" })).toBe("device=mobile");
  expect(choiceOf({ country: "" })).toBe("country=");
  expect(choiceOf({})).toBeNull();
  expect(choiceOf({ landing: "/" })).toBeNull();
  expect(choiceOf({ device: "mobile", channel: "email" })).toBeNull();
  expect(choiceOf({ device: "mobile", landing: "/" })).toBeNull();
});

test("a name tells its filter, whatever is in the value", () => {
  for (const filters of [{ browser: "a=b" }, { visitor: "new" }, { channel: "" }])
    expect(filtersOf(choiceOf(filters) ?? "device=")).toEqual(filters);
});
