import { expect, test } from "vitest";
import { entryOf, keyOf, surplus, type Entry } from "../../../extensions/pixel/src/backlog";

const DAY = "2026-11-20T09:00";
const entry = (name: string, second: number): Entry => {
  const id = `${name}-${second}`;
  const timestamp = `${DAY}:${String(second).padStart(2, "0")}.000Z`;
  const made = entryOf(keyOf(id), { id, name, timestamp, filler: "x".repeat(9_000) });
  if (!made) throw new Error(`${id} is no entry`);
  return made;
};

test("the oldest events go first, a checkout's later, and purchases last of all", () => {
  let waiting = [
    entry("checkout_completed", 30),
    entry("checkout_completed", 1),
    entry("payment_info_submitted", 4),
    entry("checkout_started", 3),
    ...Array.from({ length: 9 }, (_, i) => entry("page_viewed", 20 + i)),
    entry("page_viewed", 2),
  ];
  const given: string[] = [];

  const extra = { ...entry("checkout_completed", 59), bytes: 100_000 };
  for (let least = surplus([...waiting, extra]); least && least !== extra;) {
    const gone = least;
    given.push(gone.key);
    waiting = waiting.filter((other) => other !== gone);
    least = surplus([...waiting, extra]);
  }

  expect(given).toEqual(
    [
      "page_viewed-2",
      ...Array.from({ length: 9 }, (_, i) => `page_viewed-${20 + i}`),
      "checkout_started-3",
      "payment_info_submitted-4",
      "checkout_completed-1",
      "checkout_completed-30",
    ].map(keyOf),
  );
});
