import { expect, test } from "vitest";
import { createWindows, limitHeaders } from "~/platform/windows";

const LIMIT = { count: 10, seconds: 60 };

test("a caller has its share, then nothing until the window ends", () => {
  const spend = createWindows(LIMIT);

  expect(spend("ana", 6, 0)).toMatchObject({ isAllowed: true, remaining: 4 });
  expect(spend("ana", 6, 1_000)).toMatchObject({ isAllowed: false, remaining: 4 });
  expect(spend("ana", 4, 2_000)).toMatchObject({ isAllowed: true, remaining: 0 });
  expect(spend("ana", 1, 59_999).isAllowed).toBe(false);
  expect(spend("ana", 1, 60_000).isAllowed).toBe(true);
});

test("callers do not share", () => {
  const spend = createWindows(LIMIT);
  spend("ana", 10, 0);

  expect(spend("bo", 10, 0).isAllowed).toBe(true);
});

test("one request that is more than a whole share is let in alone", () => {
  const spend = createWindows(LIMIT);

  expect(spend("ana", 50, 0).isAllowed).toBe(true);
  expect(spend("ana", 1, 1).isAllowed).toBe(false);
});

test("the headers tell what is left, and a refused caller when to come back", () => {
  const spend = createWindows(LIMIT);

  expect(limitHeaders(spend("ana", 10, 0))).toEqual({
    ...{ "RateLimit-Limit": "10", "RateLimit-Remaining": "0", "RateLimit-Reset": "60" },
  });
  expect(limitHeaders(spend("ana", 1, 15_500))).toMatchObject({ "Retry-After": "45" });
});
