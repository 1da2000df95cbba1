import { DIMENSION_NAMES } from "~/analytics/filters";
import { REPORTS } from "~/analytics/reports.server";
import type { Wanted } from "./timing";

/** What is asked of the reports, and how soon they should answer: what pages show and their tabs, without
 * a filter; what somebody thought of: filters and funnels of their own. */
export type Questions = { name: string; wanted: Wanted; asked: readonly string[] };

const by = (...names: readonly string[]) => names.map((name) => `by=${name}`);
const DIMENSIONS = by(...DIMENSION_NAMES);
const CHOSEN = "template=/products/*&viewport=phone";

/** What pages ask, by the report; one that is not here is asked without more. */
const OF_PAGES: Readonly<Record<string, readonly string[]>> = {
  "sessions/stats": [...by("all", "step"), ...DIMENSIONS],
  "page-views": by("all", "step", "type"),
  "page-views/avg-time": by("type", "path"),
  "page-views/top-pages": ["sort=views", "sort=exitRate", "sort=rageClicks", "pageType=product"],
  heatmap: [CHOSEN],
  "heatmap/cells": [CHOSEN],
  funnel: by("all"),
  "funnel/conversion-rate": [...by("all", "step"), ...DIMENSIONS],
  journeys: ["", "pages=path", "direction=purchase", "direction=purchase&pages=path", "length=3"],
  search: [...by("all", "step", "query"), "by=query&rank=zeroResults"],
  products: by("all", "step", "product", "variant", "vendor", "type", "collection"),
  "cart/abandonment-rate": [...by("all", "step"), ...DIMENSIONS],
  "cart/average-value": by("all", "step"),
  "cart/top-products": by("product", "variant", "vendor"),
  revenue: by("all", "step", "customer", "channel", "source"),
  "revenue/by-type": by("product-type", "vendor"),
  customers: by("all", "step"),
  cohorts: ["", "first=visit", "split=channel", "first=visit&split=channel"],
  retention: ["", "first=visit", "split=channel", "first=visit&split=channel"],
  "data-quality": by("all", "step"),
  "sessions/{id}": [],
};

const ONE = "device=mobile";
const TWO = "device=mobile&channel=email";

const STEPS = [
  { kind: "page", pageType: "product" },
  { kind: "product" },
  { kind: "added" },
  { kind: "checkout", checkoutStep: "started" },
  { kind: "purchase" },
];
const built = (steps: readonly object[]) =>
  `funnel?steps=${encodeURIComponent(JSON.stringify(steps))}`;

const FILTERED = [
  ...[
    "sessions/stats?by=all",
    "sessions/stats?by=step",
    "sessions/stats?by=landing",
    "page-views?by=all",
  ],
  ...["page-views/top-pages?sort=views", "funnel?by=all", "funnel/conversion-rate?by=channel"],
  ...[
    "journeys?length=3",
    "search?by=query",
    "products?by=product",
    "cart/abandonment-rate?by=all",
  ],
  ...["revenue?by=step", "heatmap/pages?", "cohorts?first=visit"],
];

const asks = (path: string, search: string) => (search === "" ? path : `${path}?${search}`);

export const QUESTIONS: readonly Questions[] = [
  {
    ...{ name: "what pages ask", wanted: { ms: 100, growth: 2 } },
    asked: [...REPORTS.keys()].flatMap((path) =>
      (OF_PAGES[path] ?? [""]).map((search) => asks(path, search)),
    ),
  },
  {
    ...{ name: "what somebody thought of", wanted: { ms: 1_000 } },
    asked: [
      ...FILTERED.map((asked) => `${asked}&${ONE}`),
      ...FILTERED.map((asked) => `${asked}&${TWO}`),
      ...["period=30d", "period=90d"].flatMap((period) =>
        [built(STEPS.slice(0, 3)), built(STEPS)].map((asked) => `${asked}&${period}`),
      ),
      `${built(STEPS.slice(2))}&${ONE}`,
      `${built(STEPS.slice(0, 3))}&order=loose&countedBy=visitor`,
    ],
  },
];
