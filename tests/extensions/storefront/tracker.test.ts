import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { selectorOf, type Named } from "../../../extensions/tracker/element";
import { fieldsOf } from "../../../extensions/tracker/markup";
import { measurePage } from "../../../extensions/tracker/page";
import { verdictOf } from "../../../extensions/tracker/verdict";
import { CUSTOM } from "~/events/custom-events";

const clicks = (answers: readonly boolean[], paceMs = 300) =>
  answers.map((isAnswered, i) => ({ timeStamp: i * paceMs, isAnswered }));

describe("a series of clicks", () => {
  test.for([
    ["rage_clicked", [false, false, false], 300],
    ["rage_clicked", [true, false, true], 300],
    [undefined, [true, true, true, true], 300],
    ["dead_clicked", [false, false], 300],
    ["dead_clicked", [false, false, false], 700],
    [undefined, [true], 300],
    [undefined, [], 300],
  ] as const)("is %s for answers %j every %d ms", ([verdict, answers, pace]) => {
    expect(verdictOf(clicks(answers, pace), answers.length > 0)).toBe(verdict);
  });

  test("on what does not look as if it did something is rage, never dead", () => {
    expect(verdictOf(clicks([false]), false)).toBeUndefined();
    expect(verdictOf(clicks([false, false, false]), false)).toBe("rage_clicked");
  });
});

describe("an element's name", () => {
  const node = (localName: string, about: Partial<Named> & { id?: string } = {}): Named => ({
    ...{ localName, parentElement: null, previousElementSibling: null },
    getAttribute: (name) => (name === "id" ? (about.id ?? null) : null),
    ...about,
  });

  test("goes up to the nearest id, whose numbers say nothing", () => {
    const section = node("section", {
      id: "Address_7001-ana@example.com",
      parentElement: node("main"),
    });
    const before = node("button", { previousElementSibling: node("input") });
    const button = node("button", { parentElement: section, previousElementSibling: before });

    expect(selectorOf(button)).toBe("section#Address_*-ana-example-com>button:nth-of-type(2)");
  });

  test("is what the server takes, however deep and long", () => {
    const parent = node("b", { id: "é".repeat(500) });
    const deep = Array.from({ length: 9 }).reduce<Named>(
      (above) => node("shopify-thing", { parentElement: above }),
      node("html"),
    );
    const { element } = CUSTOM["pixelnova:element_clicked"].shape;

    expect(selectorOf(deep).split(">")).toHaveLength(4);
    expect(element.parse(selectorOf(node("a", { parentElement: parent })))).toHaveLength(200);
    expect(element.parse(selectorOf(deep))).toBe(Array(4).fill("shopify-thing").join(">"));
  });
});

test("markup's attributes are fields, but for those that say what to do", () => {
  const dataset = {
    ...{ pixelnovaEvent: "shared", pixelnovaView: "x", pixelnovaTitle: "y", other: "z" },
    ...{ pixelnovaProductId: "7", pixelnovaViewer: "1.2.3", pixelnovaPrice: "-1.50" },
  };

  expect(fieldsOf(dataset)).toEqual({ productId: 7, viewer: "1.2.3", price: -1.5 });
});

describe("a page's visible time", () => {
  const page = { visibilityState: "visible", documentElement: { scrollHeight: 2_000 } };
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ["performance", "setTimeout", "clearTimeout"] });
    vi.stubGlobal("document", page);
    vi.stubGlobal("innerHeight", 500);
    page.visibilityState = "visible";
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  /** Measures, and gives what was told by the moment it was told and a way to make things happen. */
  function measured() {
    const ears = new Map<string, ((event: { type: string }) => void)[]>();
    const told: [atSeconds: number, visibleMs: unknown][] = [];
    measurePage(
      (types, hear) => {
        for (const type of types)
          ears.set(type, [...(ears.get(type) ?? []), hear as (event: object) => void]);
      },
      (_name, fields) => told.push([performance.now() / 1_000, Object.values(fields)[0]]),
    );
    const happen = (type: string, state = page.visibilityState) => {
      page.visibilityState = state;
      for (const hear of ears.get(type) ?? []) hear({ type });
    };
    return { told, happen };
  }

  test("is told after 10 seconds, 30, 90 and so on, and for half an hour at most", () => {
    const { told } = measured();

    vi.advanceTimersByTime(5 * 3_600_000);

    expect(told.map(([at, visibleMs]) => [at, visibleMs])).toEqual([
      ...[10, 30, 90, 270, 810].map((second) => [second, second * 1_000]),
      [2_430, 1_800_000],
    ]);
  });

  test("stands still while the page is hidden, and goes on when it is back", () => {
    const { told, happen } = measured();

    vi.advanceTimersByTime(4_000);
    happen("visibilitychange", "hidden");
    vi.advanceTimersByTime(3_600_000);
    happen("pagehide");
    happen("pageshow", "visible");
    vi.advanceTimersByTime(2_000);
    happen("pagehide");

    expect(told.map(([, visibleMs]) => visibleMs)).toEqual([4_000, 6_000]);
  });

  test("of less than a second more is not told again", () => {
    const { told, happen } = measured();

    vi.advanceTimersByTime(4_000);
    happen("visibilitychange", "hidden");
    happen("visibilitychange", "visible");
    vi.advanceTimersByTime(900);
    happen("pagehide");

    expect(told).toEqual([[4, 4_000]]);
  });
});
