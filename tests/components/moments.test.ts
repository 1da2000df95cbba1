import { expect, test } from "vitest";
import { ago, longMoment, stepLabel } from "~/components/moments";

const NOW = "2026-11-21T12:00:00.000Z";

test.each([
  ["2026-11-21T12:00:09.000Z", "just now"],
  ["2026-11-21T11:59:55.001Z", "just now"],
  ["2026-11-21T11:59:55.000Z", "5 seconds ago"],
  ["2026-11-21T11:58:59.000Z", "1 minute ago"],
  ["2026-11-21T09:00:01.000Z", "2 hours ago"],
  ["2026-11-18T12:00:00.000Z", "3 days ago"],
])("%s was %s at noon", (at, words) => {
  expect(ago(at, NOW)).toBe(words);
});

test("moments are told in the shop's time zone", () => {
  expect(longMoment("2026-11-21T03:04:05.000Z", "America/St_Johns")).toBe("Nov 20, 2026, 23:34:05");
  expect(stepLabel("2026-11-20T23:00:00.000Z", "Europe/Berlin", "hour")).toBe("00:00");
  expect(stepLabel("2026-11-20T23:00:00.000Z", "Europe/Berlin", "day")).toBe("Nov 21");
});
