import { expect, test } from "vitest";
import { clockOffset, occurrence } from "~/events/clock";
import { minutes, NOON } from "../factories";

const DAY = 24 * 60;

test("a clock within five minutes of ours is believed", () => {
  expect(clockOffset(minutes(5), NOON)).toBe(0);
  expect(clockOffset(minutes(-5), NOON)).toBe(0);
});

test("a clock that is two hours ahead is set back by two hours", () => {
  const offset = clockOffset(minutes(120), NOON);

  expect(occurrence(minutes(119), offset, NOON)).toEqual({ occurredAt: minutes(-1) });
});

test("a clock that is a year behind still tells when things happened", () => {
  const offset = clockOffset(minutes(-365 * DAY), NOON);

  expect(occurrence(minutes(-365 * DAY - 3), offset, NOON)).toEqual({ occurredAt: minutes(-3) });
});

test("what is older than seven days or still to come is refused with its reason", () => {
  expect(occurrence(minutes(-7 * DAY - 1), 0, NOON)).toMatchObject({
    reason: "too_old",
  });
  expect(occurrence(minutes(6), 0, NOON)).toMatchObject({ reason: "in_the_future" });
  expect(occurrence(minutes(-7 * DAY), 0, NOON)).toEqual({ occurredAt: minutes(-7 * DAY) });
});
