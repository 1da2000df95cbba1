import { describe, expect, test } from "vitest";
import { viewportOf } from "~/projections/facts/clicks";
import { isBounce } from "~/projections/facts/sessions";
import type { PageContext, TimelineEvent } from "~/projections/visit";
import { CUSTOM_EXAMPLES } from "../../events/custom-examples";
import { minutes, timelineEvent } from "../../factories";
import { fold } from "../../fold";

type About = Partial<TimelineEvent & PageContext>;

/** Events a minute apart, in the order given. */
const inTurn = (...events: About[]): TimelineEvent[] =>
  events.map((event, minute) => timelineEvent({ occurredAt: minutes(minute), ...event }));

const page = (path: string) => ({ path });
const engaged = (path: string, visibleMs: number, about: object = {}) => ({
  path,
  name: "pixelnova:page_engaged",
  data: { visibleMs, scrollPercent: 40, ...about },
});
const click = (name: string, about: About = {}) => ({
  ...{ name: `pixelnova:${name}`, path: "/products/mug", ...about },
  data: CUSTOM_EXAMPLES["pixelnova:rage_clicked"],
});

describe("page views", () => {
  test("have the largest of what their page told, and each view of a path its own", () => {
    const { pageViews, sessions } = fold(
      inTurn(
        ...[page("/a"), engaged("/a", 3_000), page("/b"), engaged("/b", 20_000)],
        ...[engaged("/a", 9_000, { scrollPercent: 90, firstInteractionMs: 700 })],
        ...[page("/a"), engaged("/a", 1_000), page("/c")],
      ),
    );

    expect(pageViews).toMatchObject([
      { path: "/a", visibleMs: 9_000, scrollPercent: 90, firstInteractionMs: 700 },
      { path: "/b", visibleMs: 20_000, scrollPercent: 40, firstInteractionMs: null },
      { path: "/a", visibleMs: 1_000 },
      { path: "/c", visibleMs: null, scrollPercent: null },
    ]);
    expect(sessions).toMatchObject([{ engagedMs: 30_000, interactionCount: 0 }]);
  });

  test("count the rage and the dead clicks on them", () => {
    const { pageViews } = fold(
      inTurn(
        ...[page("/"), page("/products/mug"), click("rage_clicked"), click("dead_clicked")],
        ...[click("dead_clicked"), click("rage_clicked", { data: null, path: "/elsewhere" })],
      ),
    );

    expect(pageViews).toMatchObject([
      { rageClickCount: 0, deadClickCount: 0 },
      { rageClickCount: 1, deadClickCount: 2 },
    ]);
  });
});

describe("a report of an open page", () => {
  test("belongs to the session that it comes in, and is in none when that is over", () => {
    const late = { ...engaged("/", 1_500_000), occurredAt: minutes(31) };
    const soon = { ...engaged("/", 1_200_000), occurredAt: minutes(20) };
    const { sessions, pageViews } = fold([
      timelineEvent(),
      timelineEvent(soon),
      timelineEvent(late),
    ]);

    expect(sessions).toMatchObject([{ endedAt: minutes(20), eventCount: 2 }]);
    expect(pageViews).toMatchObject([{ visibleMs: 1_200_000 }]);
  });

  test("keeps no session going", () => {
    const { sessions } = fold([
      timelineEvent(),
      timelineEvent({ ...engaged("/", 60_000), occurredAt: minutes(20) }),
      timelineEvent({ occurredAt: minutes(40) }),
    ]);

    expect(sessions).toHaveLength(2);
  });

  test("alone is no session", () => {
    expect(fold([timelineEvent(engaged("/", 5_000))]).sessions).toEqual([]);
  });
});

test.for([
  [true, 1, 0, null],
  [true, 1, 0, 9_999],
  [false, 1, 0, 10_000],
  [false, 1, 1, 1_000],
  [false, 2, 0, null],
  [false, 0, 0, null],
] as const)(
  "whether it is a bounce is %s for %i pages, %i interactions, %j ms",
  ([bounced, pageViewCount, interactionCount, engagedMs]) => {
    expect(isBounce({ pageViewCount, interactionCount, engagedMs })).toBe(bounced);
  },
);

test("clicks have their kind, place, layout and page", () => {
  const { clicks, sessions } = fold(
    inTurn(
      page("/de/products/mug"),
      click("element_clicked", page("/de/products/mug")),
      click("rage_clicked"),
    ),
  );

  expect(clicks).toMatchObject([
    { kind: "click", pathTemplate: "/products/*", pageType: "product", viewport: "phone" },
    { kind: "rage", element: "main>button#buy", relativeX: 0.25, relativeY: 1 },
  ]);
  expect(sessions).toMatchObject([{ interactionCount: 1 }]);
});

test("a window is one of the layouts that themes have", () => {
  expect([749, 750, 989, 990].map(viewportOf)).toEqual(["phone", "tablet", "tablet", "desktop"]);
});

test("engagements tell what was done, how, with which product", () => {
  const custom = (name: keyof typeof CUSTOM_EXAMPLES) => ({ name, data: CUSTOM_EXAMPLES[name] });
  const { engagements } = fold(
    inTurn(
      custom("pixelnova:shared"),
      custom("pixelnova:wishlist_added"),
      custom("pixelnova:filter_applied"),
      custom("pixelnova:sort_changed"),
      custom("pixelnova:qr_scanned"),
      custom("pixelnova:group_quantity_changed"),
      custom("pixelnova:product_hovered"),
      custom("pixelnova:page_engaged"),
    ),
  );

  expect(
    engagements.map(({ kind, method, productId, quantity }) => [kind, method, productId, quantity]),
  ).toEqual([
    ["shared", "copy_link", "7", null],
    ["wishlist_added", null, "7", null],
    ["filter_applied", "filter.v.option.color=Red", null, null],
    ["sort_changed", "price-ascending", null, null],
    ["qr_scanned", "window", "7", null],
    ["group_quantity_changed", "spring", "7100000000001", 3],
    ["product_hovered", null, null, null],
  ]);
  expect(engagements.at(-1)).toMatchObject({ productHandle: "mug", dwellMs: 1_500 });
});

test("an event that was logged before its name had a schema is read by it, or left out", () => {
  const { engagements, pageViews } = fold(
    inTurn(
      page("/"),
      { name: "pixelnova:wishlist_added", data: { productId: 7, note: "old" } },
      { name: "pixelnova:wishlist_added", data: { productId: [] } },
      { name: "pixelnova:page_engaged", data: { visibleMs: "long" } },
      { name: "pixelnova:shared", data: null },
    ),
  );

  expect(engagements).toMatchObject([{ kind: "wishlist_added", productId: "7" }]);
  expect(pageViews).toMatchObject([{ visibleMs: null }]);
});

test("a search has as many results as the theme says, if those are more than Shopify names", () => {
  const search = (query: string, ...productIds: string[]) => ({
    ...{ name: "search_submitted", data: { searchResult: { query, productIds } } },
  });
  const shown = (resultCount: number) => ({
    ...{ name: "pixelnova:search_results_shown", data: { resultCount } },
  });

  const { searches } = fold(
    inTurn(
      search("tea", "7", "8"),
      shown(340),
      search("mug", "9"),
      search("cup", "7", "8"),
      shown(1),
    ),
  );

  expect(searches.map(({ resultCount }) => resultCount)).toEqual([340, 1, 2]);
});
