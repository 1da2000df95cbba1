import { expect, test } from "vitest";
import { callerOf } from "~/doors.server";

test("a caller behind a proxy on this machine is the last one that it names", () => {
  expect(callerOf("127.0.0.1", "198.51.100.1, 192.0.2.7")).toBe("192.0.2.7");
  expect(callerOf("::1", "")).toBe("::1");
});

test("somebody who connects from elsewhere cannot name another, unless every proxy is trusted", () => {
  expect(callerOf("203.0.113.9", "192.0.2.7")).toBe("203.0.113.9");
  expect(callerOf("203.0.113.9", "192.0.2.7", true)).toBe("192.0.2.7");
  expect(callerOf("203.0.113.9", "", true)).toBe("203.0.113.9");
});
