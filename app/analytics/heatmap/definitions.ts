import type { Column, Metric, Report } from "../report";

const OF_CLICKS = { leavesOut: "Clicks of bots.", source: "clicks" } as const;

/** A theme's layouts, by the window's width: phone below 750 pixels, desktop from 990 on. */
export const VIEWPORTS = ["phone", "tablet", "desktop"] as const;
export type Viewport = (typeof VIEWPORTS)[number];
/** The pages of which template, in which layout. */
export type Place = { template: string; viewport: Viewport };

const element = {
  ...{ name: "Element", kind: "text" },
  meaning: "What was clicked, as a selector without the shopper's words.",
} as const satisfies Column;

export const CLICK_METRICS = {
  clicks: {
    ...{ name: "Clicks", kind: "count", unit: "clicks" },
    meaning: "Clicks of any kind, also those in rage and in vain, in sessions of the period.",
    formula: "number of clicks, each as 1 / sample rate",
    ...OF_CLICKS,
  },
  rageClicks: {
    ...{ name: "Rage clicks on it", kind: "count", unit: "bursts of clicks" },
    meaning: "Bursts of three clicks or more of which at least one changed nothing.",
    formula: "number of bursts, each as 1 / sample rate",
    ...OF_CLICKS,
  },
  deadClicks: {
    ...{ name: "Dead clicks on it", kind: "count", unit: "series of clicks" },
    meaning: "Series of clicks on what looks as if it did something, and nothing came of it.",
    formula: "number of series, each as 1 / sample rate",
    ...OF_CLICKS,
  },
} as const satisfies Record<string, Metric>;

const share = {
  ...{ name: "Share of clicks", kind: "share", unit: "share of clicks", isNullable: true },
  meaning: "Of all clicks on pages of this template and layout, those on the element.",
  formula: "clicks on the element ÷ clicks on all elements",
  ...OF_CLICKS,
} as const satisfies Metric;

const sessions = {
  kind: "count",
  unit: "sessions",
  formula: "number of different sessions, each as one",
  ...OF_CLICKS,
} as const;

/** Clicks on the pages of one template in one layout, by element. */
export const HEATMAP = {
  path: "heatmap",
  title: "Elements that were clicked",
  meaning:
    "What was clicked on the pages of a template, in one of the theme's layouts: the elements clicked most first.",
  columns: {
    element,
    ...{ ...CLICK_METRICS, share },
    sessions: {
      ...{ ...sessions, name: "Sessions with a click" },
      meaning: "Sessions that were seen to click the element.",
    },
    sessionsBefore: {
      ...{ ...sessions, name: "Sessions, first half" },
      meaning: "Those of them that began in the first half of the period, by whole days.",
    },
    sessionsAfter: {
      ...{ ...sessions, name: "Sessions, second half" },
      meaning: "Those that began in its second half; a period that is not over ends now.",
    },
    firstAt: {
      ...{ name: "First click", kind: "moment" },
      meaning: "When the day began on which it was first clicked; of up to two days, the hour.",
    },
    lastAt: {
      ...{ name: "Last click", kind: "moment" },
      meaning: "When the day began on which it was last clicked; of up to two days, the hour.",
    },
  },
} as const satisfies Report;

/** Where in the elements the clicks were. */
export const HEATMAP_CELLS = {
  path: "heatmap/cells",
  title: "Places of clicks",
  meaning:
    "Where in each element the clicks were: its box is cut into ten columns and ten rows. Cells without clicks are left out.",
  columns: {
    element,
    column: { ...{ name: "Column", kind: "count" }, meaning: "From 0, the leftmost, to 9." },
    row: {
      ...{ name: "Row", kind: "count" },
      meaning: "From 0, the uppermost, to 9. A press of a key is in the middle, at 5 and 5.",
    },
    clicks: {
      ...CLICK_METRICS.clicks,
      leavesOut: "Clicks of bots; those whose place in the element is not known.",
    },
  },
} as const satisfies Report;

/** What heatmaps there are. */
export const HEATMAP_PAGES = {
  path: "heatmap/pages",
  title: "Pages that were clicked",
  meaning:
    "Every template of pages and every layout that was clicked, those with most clicks first.",
  columns: {
    template: {
      ...{ name: "Template", kind: "text" },
      meaning: "What pages of one layout have in common: their path, with * for handles and ids.",
    },
    viewport: {
      ...{ name: "Layout", kind: "text" },
      meaning: "phone, tablet or desktop, by the width of the window.",
    },
    pageType: { ...{ name: "Type", kind: "text" }, meaning: "The type of page, by its path." },
    ...CLICK_METRICS,
  },
} as const satisfies Report;
