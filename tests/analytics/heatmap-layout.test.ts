import { expect, test } from "vitest";
import { daysAround, layoutChange, type Clicked } from "~/analytics/heatmap/layout";

const at = (day: number) => new Date(`2026-06-${String(day).padStart(2, "0")}T12:00:00Z`);

/** An element that was clicked from the first of June to the tenth; a test states what differs. */
const clicked = (element: string, sessions: [number, number], about: Partial<Clicked> = {}) => ({
  ...{ element, sessionsBefore: sessions[0], sessionsAfter: sessions[1] },
  ...{ firstAt: at(1), lastAt: at(10), ...about },
});

test("a layout stays where every element is clicked in both halves, though less and more", () => {
  expect(layoutChange([clicked("a", [100, 1]), clicked("b", [1, 90])])).toBeNull();
});

test("an element that is clicked no more, and one that is new, say that the layout changed", () => {
  const change = layoutChange([
    clicked("menu", [50, 50]),
    clicked("old", [10, 0], { lastAt: at(4) }),
    clicked("new", [0, 12], { firstAt: at(6) }),
  ]);

  expect(change).toEqual({ gone: ["old"], come: ["new"], from: at(4), until: at(6) });
});

test("an element that was clicked in nine sessions may be missing by chance", () => {
  expect(layoutChange([clicked("menu", [50, 50]), clicked("rare", [9, 0])])).toBeNull();
});

test("an element is not missed in a half in which hardly anything was clicked", () => {
  expect(layoutChange([clicked("menu", [90, 9]), clicked("other", [90, 0])])).toBeNull();
  expect(layoutChange([clicked("menu", [180, 40]), clicked("other", [90, 0])])?.gone).toEqual([
    "other",
  ]);
});

test("a period in which clicks begin midway, or without any, says nothing of the layout", () => {
  expect(layoutChange([clicked("a", [0, 40]), clicked("b", [0, 30])])).toBeNull();
  expect(layoutChange([])).toBeNull();
});

test("the days before and after a change are offered, without those of the change", () => {
  const days = ["2026-06-01", "2026-06-02", "2026-06-03", "2026-06-04", "2026-06-05"];
  const dayOf = (moment: Date) => moment.toISOString().slice(0, 10);

  expect(daysAround({ from: at(2), until: at(3) }, days, dayOf)).toEqual({
    before: { from: "2026-06-01", to: "2026-06-01" },
    after: { from: "2026-06-04", to: "2026-06-05" },
  });
  expect(daysAround({ from: at(1), until: at(5) }, days, dayOf)).toEqual({
    ...{ before: null, after: null },
  });
});
