import { describe, expect, test } from "vitest";
import { readWish } from "~/analytics/annotations/annotation";
import { marksOf } from "~/analytics/annotations/marks";

function form(fields: Record<string, string>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  return form;
}

describe("a form that notes what happened", () => {
  test("is read, without the spaces around its words", () => {
    expect(
      readWish(form({ day: "2026-02-28", kind: "campaign", text: "  Spring \n mail " })),
    ).toEqual({
      wish: { day: "2026-02-28", kind: "campaign", text: "Spring mail" },
    });
  });

  test.for([
    [{ day: "2026-02-30" }, { day: "Choose a day from 2000 to 2099." }],
    [{ day: "" }, { day: "Choose a day from 2000 to 2099." }],
    [{ day: "1999-12-31" }, { day: "Choose a day from 2000 to 2099." }],
    [{ text: " " }, { text: "Say in a few words what happened." }],
    [{ text: "x".repeat(201) }, { text: "At most 200 characters, got 201." }],
    [{ kind: "toString" }, { kind: "Choose what it was." }],
    [
      { day: "soon", text: "" },
      { day: "Choose a day from 2000 to 2099.", text: "Say in a few words what happened." },
    ],
  ] as const)("says what is wrong with %j", ([wrong, faults]) => {
    const right = { day: "2026-11-21", kind: "other", text: "Fair" };
    expect(readWish(form({ ...right, ...wrong }))).toEqual({ faults });
  });
});

describe("the marks of a chart", () => {
  const DAYS = ["2026-11-19T23:00:00.000Z", "2026-11-20T23:00:00.000Z", "2026-11-21T23:00:00.000Z"];
  const noted = (startsAt: string, text = startsAt) => ({ startsAt, text });

  test("stand at the step in which something happened, numbered in order of time", () => {
    const marks = marksOf(DAYS, [
      noted("2026-11-22T12:00:00.000Z", "mail"),
      noted("2026-11-21T22:59:59.999Z", "theme"),
      noted("2026-11-20T23:00:00.000Z", "campaign"),
    ]);

    expect(marks).toEqual([
      {
        ...{ index: 1, label: "1–2" },
        noted: [
          { ...noted("2026-11-20T23:00:00.000Z", "campaign"), number: 1 },
          { ...noted("2026-11-21T22:59:59.999Z", "theme"), number: 2 },
        ],
      },
      {
        index: 2,
        label: "3",
        noted: [{ ...noted("2026-11-22T12:00:00.000Z", "mail"), number: 3 }],
      },
    ]);
  });

  test("are none of what happened before the first step, or where there is no step", () => {
    expect(marksOf(DAYS, [noted("2026-11-19T22:59:59.999Z")])).toEqual([]);
    expect(marksOf([], [noted("2026-11-20T12:00:00.000Z")])).toEqual([]);
  });
});
