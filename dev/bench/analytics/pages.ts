import { keyNumbersCompared } from "~/analytics/key-numbers.server";
import { overview } from "~/analytics/overview.server";
import type { Preset } from "~/analytics/period";
import type { Question } from "~/analytics/report";
import { REPORTS } from "~/analytics/reports.server";
import { comparisonOf } from "~/analytics/view";
import type { Database } from "~/platform/db.server";

/** What is read to show a page, as its route's loader does: all at once. */
export type Page = {
  name: string;
  /** What it shows unless told. */
  period: Preset;
  read: (db: Database, question: Question) => Promise<unknown>;
};

/** A page that is made of reports.
 * @param asked reports and what is asked of them; after a `*`, also of the period that is set against it */
const pageOf = (name: string, asked: readonly string[], period: Preset = "7d"): Page => ({
  ...{ name, period },
  read: (db, question) => {
    const view = comparisonOf(question.view);
    return Promise.all(
      asked.flatMap((one) => {
        const ask = (of: Question) => askReport(db, of, one.replace("*", ""));
        return view && one.startsWith("*")
          ? [ask(question), ask({ ...question, view })]
          : ask(question);
      }),
    );
  },
});

/** @param asked a report's path and what is asked of it, such as `funnel?by=step` */
export async function askReport(db: Database, question: Question, asked: string) {
  const [path = "", search = ""] = asked.split("?");
  const report = REPORTS.get(path);
  if (!report) throw new TypeError(`there is no report "${path}"`);
  return report.read(db, question, new URLSearchParams(search));
}

const totals = (path: string) => [`*${path}?by=all`, `*${path}?by=step`];
const CHOSEN = "template=/products/*&viewport=phone";

export const PAGES: readonly Page[] = [
  {
    ...{ name: "home", period: "7d" },
    read: (db, { shopId, view: { period }, now }) => overview(db, shopId, { period, now }),
  },
  { name: "home's key numbers", period: "7d", read: keyNumbersCompared },
  pageOf("sessions", [...totals("sessions/stats"), "sessions/stats?by=channel"]),
  pageOf("every session", ["sessions"]),
  pageOf("pages", [...totals("page-views"), "page-views?by=type", "page-views/top-pages"]),
  pageOf("heatmap", ["*heatmap/pages", `heatmap?${CHOSEN}`, `heatmap/cells?${CHOSEN}`]),
  pageOf("funnel", [
    ...["*funnel?by=all", ...totals("funnel/conversion-rate")],
    "funnel/conversion-rate?by=channel",
  ]),
  pageOf("journeys", ["*journeys"]),
  pageOf("search", [...totals("search"), "search?by=query", "search?by=query&rank=zeroResults"]),
  pageOf("products", [...totals("products"), "products?by=product"]),
  pageOf("carts", [
    ...[...totals("cart/abandonment-rate"), ...totals("cart/average-value"), "cart/value-bands"],
    ...["cart/top-products", "checkout"],
  ]),
  pageOf("revenue", [
    ...[...totals("revenue"), "revenue?by=customer", "revenue/by-type?by=product-type"],
    "revenue/refunds",
  ]),
  pageOf("customers", [...totals("customers"), "customers/ltv", "customers/rfm"], "365d"),
  pageOf("cohorts", ["cohorts", "*retention"], "90d"),
  pageOf("data quality", ["*data-quality?by=all", "data-quality?by=step", "data-quality/losses"]),
];
