import type { Metric, Report } from "../report";

const FROM_VIEWS = { leavesOut: "Page views of bots.", source: "page_views" } as const;
const OF_TOLD = {
  leavesOut: "Page views of bots; those of which the tracker did not tell.",
  source: "page_views",
} as const;
const VIEWS = "page views";

/** What is counted of page views. Each counts in the period in which the page was opened. */
export const PAGE_METRICS = {
  views: {
    ...{ name: "Page views", kind: "count", unit: VIEWS },
    meaning: "Pages of your storefront that were opened, each as often as it was.",
    formula: "number of page views, each as 1 / sample rate",
    ...FROM_VIEWS,
  },
  uniqueViews: {
    ...{ name: "Unique views", kind: "count", unit: "pages of sessions" },
    meaning: "Page views that were the first of their page in their session.",
    formula: "number of page views whose path the session had not seen, each as 1 / sample rate",
    ...FROM_VIEWS,
  },
  exits: {
    ...{ name: "Exits", kind: "count", unit: VIEWS },
    meaning: "Views that were the last of their session.",
    formula: "number of page views that are the last of their session, each as 1 / sample rate",
    ...FROM_VIEWS,
  },
  exitRate: {
    ...{ name: "Exit rate", kind: "share", unit: "share of page views", isNullable: true },
    meaning: "Of the page views, those that were the last of their session.",
    formula: "exits ÷ page views",
    ...FROM_VIEWS,
  },
  meanVisible: {
    ...{ name: "Mean visible time", kind: "duration", unit: "milliseconds", isNullable: true },
    meaning: "How long a page was on the screen, in the mean.",
    formula: "sum of visible times ÷ page views that told of one",
    ...OF_TOLD,
  },
  medianVisible: {
    ...{ name: "Median visible time", kind: "duration", unit: "milliseconds", isNullable: true },
    meaning: "Half of the page views were on the screen for longer.",
    formula: "median of visible times, each as 1 / sample rate, within 2.5 %",
    ...OF_TOLD,
  },
  p90Visible: {
    ...{ name: "Visible time, 90 %", kind: "duration", unit: "milliseconds", isNullable: true },
    meaning: "A tenth of the page views were on the screen for longer.",
    formula: "90th percentile of visible times, each as 1 / sample rate, within 2.5 %",
    ...OF_TOLD,
  },
  toldVisible: {
    ...{ name: "Visible time known", kind: "count", unit: VIEWS },
    meaning: "Page views of which the tracker told how long they were visible.",
    formula: "number of page views with a visible time, each as 1 / sample rate",
    ...OF_TOLD,
  },
  meanScroll: {
    ...{ name: "Scroll depth", kind: "share", unit: "share of the page", isNullable: true },
    meaning: "How much of a page was scrolled into view, in the mean.",
    formula: "sum of the parts seen ÷ page views that told of one",
    ...OF_TOLD,
  },
  toldScroll: {
    ...{ name: "Scroll depth known", kind: "count", unit: VIEWS },
    meaning: "Page views of which the tracker told how far they were scrolled.",
    formula: "number of page views with a scroll depth, each as 1 / sample rate",
    ...OF_TOLD,
  },
  medianInteraction: {
    ...{ name: "First interaction", kind: "duration", unit: "milliseconds", isNullable: true },
    meaning: "Half of the page views were clicked, touched or typed on sooner, of those that were.",
    formula:
      "median of times from when a page was first visible to the first press, key or turn, each as 1 / sample rate, within 2.5 %",
    leavesOut: "Page views of bots; those without an interaction.",
    source: "page_views",
  },
  toldInteraction: {
    ...{ name: "With an interaction", kind: "count", unit: VIEWS },
    meaning: "Page views on which somebody pressed, typed or scrolled.",
    formula: "number of page views with a time of the first interaction, each as 1 / sample rate",
    leavesOut: "Page views of bots; those without an interaction.",
    source: "page_views",
  },
  rageClicks: {
    ...{ name: "Rage clicks", kind: "count", unit: "bursts of clicks" },
    meaning: "Bursts of clicks on one place that answered nothing.",
    formula: "sum of the page views' rage clicks, each as 1 / sample rate",
    ...OF_TOLD,
  },
  deadClicks: {
    ...{ name: "Dead clicks", kind: "count", unit: "clicks" },
    meaning: "Clicks that nothing came of.",
    formula: "sum of the page views' dead clicks, each as 1 / sample rate",
    ...OF_TOLD,
  },
} as const satisfies Record<string, Metric>;

/** Page views as a whole, by step of time, or by the type of page. */
export const PAGE_VIEWS = {
  path: "page-views",
  title: "Page views",
  meaning: "How often pages were opened, and how they were looked at.",
  columns: {
    of: {
      ...{ name: "Of", kind: "text" },
      meaning: "all, the moment at which a step of time begins, or the type of page.",
    },
    ...PAGE_METRICS,
  },
} as const satisfies Report;

/** Page views by path. */
export const TOP_PAGES = {
  path: "page-views/top-pages",
  title: "Top pages",
  meaning: "Each page by its path, those first that are asked for.",
  columns: {
    page: { ...{ name: "Page", kind: "text" }, meaning: "The page's path." },
    title: {
      ...{ name: "Title", kind: "text", isNullable: true },
      meaning: "What the page called itself when somebody last opened it in the period.",
    },
    pageType: { ...{ name: "Type", kind: "text" }, meaning: "The type of page, by its path." },
    ...PAGE_METRICS,
    exitRateAtLeast: {
      ...{ name: "Exit rate, at least", kind: "share", unit: "share of page views" },
      meaning: "What the exit rate is at least, so that one exit of one view does not lead.",
      formula: "lower end of the 95 % Wilson interval of the exit rate",
      ...FROM_VIEWS,
    },
  },
} as const satisfies Report;

const { views, toldVisible, meanVisible, medianVisible, p90Visible } = PAGE_METRICS;

/** How long pages were visible. */
export const AVERAGE_TIME = {
  path: "page-views/avg-time",
  title: "Time on pages",
  meaning: "How long pages were on the screen, by type or by path; those with most views first.",
  columns: {
    of: { ...{ name: "Of", kind: "text" }, meaning: "The type of page, or its path." },
    ...{ views, toldVisible, meanVisible, medianVisible, p90Visible },
  },
} as const satisfies Report;

/** What pages can be ranked by. */
export const PAGE_ORDERS = {
  views: "Page views",
  uniqueViews: "Unique views",
  exits: "Exits",
  exitRate: "Exit rate",
  rageClicks: "Rage clicks",
  deadClicks: "Dead clicks",
} as const;
export type PageOrder = keyof typeof PAGE_ORDERS;
