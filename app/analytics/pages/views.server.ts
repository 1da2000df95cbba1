import { Prisma } from "@prisma/client";
import { z } from "zod";
import type { Database } from "~/platform/db.server";
import { startsOf } from "../groups.server";
import { stepsOf } from "../period";
import type { Question, RowOf, Told } from "../report";
import { BUCKETS } from "../rollups/histogram.server";
import { askRollups } from "../rollups/reading.server";
import { PAGE_PARAMETERS, serve } from "../serve";
import type { View } from "../view";
import { AVERAGE_TIME, PAGE_VIEWS } from "./definitions";
import { ADDED_UP, PAGE_NUMBERS, PAGE_PERCENTILES } from "./numbers.server";
import { keptPages, pagesOf } from "./filtered.server";
import { levelOf, timePercentiles } from "./page-rollup.server";

export type PageNumbers = RowOf<typeof PAGE_VIEWS.columns>;
export type VisibleTimes = RowOf<typeof AVERAGE_TIME.columns>;

export const VIEWS_PARAMETERS = {
  by: z
    .enum(["all", "step", "type"])
    .default("all")
    .describe("What the rows are of: all page views, a step of time, or a type of page."),
};
type By = z.output<typeof VIEWS_PARAMETERS.by>;

/** A series has a row for each step, the oldest first; types come by their views, most first. */
export async function pageViews(
  db: Database,
  question: Question,
  { by }: { by: By },
): Promise<Told<PageNumbers>> {
  const steps = by === "step" ? stepsOf(question.view.period, question.view.unit) : [];
  const wanted = by === "type" ? "type" : "all";
  const level = levelOf(wanted);
  const of = Prisma.raw(by === "type" ? "page_type" : "of");
  const found = await askRollups<PageNumbers>(db, { question, steps }, (partsOf, tilingOf) => {
    const { pages, times, viewed } =
      by === "step" ? keptPages(wanted) : pagesOf(question, wanted, tilingOf);
    return Prisma.sql`
        with ${viewed} sums as (
          select ${of} as of, ${ADDED_UP} from ${partsOf(pages)} as p where level = ${level} group by 1
        ), percentiles as (
          ${timePercentiles(Prisma.sql`
            select ${of} as of, measure, first_bucket, ${BUCKETS}
            from ${partsOf(times)} as p where level = ${level}`)}
        ), times as (select of, ${PAGE_PERCENTILES} from percentiles group by of)
        select of, ${PAGE_NUMBERS}, "medianVisible", "p90Visible", "medianInteraction"
        from sums left join times using (of)
        order by views desc, of collate "C"`;
  });
  return { rows: complete(found, question.view, by) };
}

/** Nothing is a number as well: a step without page views has a row, and so have all of none. */
function complete(found: PageNumbers[], view: View, by: By): PageNumbers[] {
  if (by === "type") return found;
  const known = new Map(found.map((row) => [row.of, row]));
  const wanted = by === "all" ? ["all"] : startsOf(view);
  return wanted.map((of) => known.get(of) ?? withoutViews(of));
}

const withoutViews = (of: string): PageNumbers => ({
  ...{ of, views: 0, uniqueViews: 0, exits: 0, exitRate: null },
  ...{ meanVisible: null, medianVisible: null, p90Visible: null, toldVisible: 0 },
  ...{ meanScroll: null, toldScroll: 0, medianInteraction: null, toldInteraction: 0 },
  ...{ rageClicks: 0, deadClicks: 0 },
});

export const TIME_PARAMETERS = {
  by: z.enum(["type", "path"]).default("type").describe("What the rows are of."),
  limit: PAGE_PARAMETERS.limit,
};

/** How long pages were on the screen, those first that were opened most. */
export async function averageTime(
  db: Database,
  question: Question,
  { by, limit }: { by: "type" | "path"; limit: number },
): Promise<Told<VisibleTimes>> {
  const of = Prisma.raw(by === "type" ? "page_type" : "path");
  const rows = await askRollups<VisibleTimes>(db, { question, steps: [] }, (partsOf, tilingOf) => {
    const { pages, times, viewed } = pagesOf(question, by, tilingOf);
    return Prisma.sql`
      with ${viewed} most as (
        select ${of} as of, sum(views) as views, sum(visible_ms) as visible_ms,
               sum(told_visible) as told_visible
        from ${partsOf(pages)} as p where level = ${levelOf(by)}
        group by 1 order by round(sum(views)) desc, ${of} collate "C" limit ${limit}::int
      ), percentiles as (
        ${timePercentiles(Prisma.sql`
          select ${of} as of, measure, first_bucket, ${BUCKETS}
          from ${partsOf(times)} as p
          where level = ${levelOf(by)} and measure = 'visible'
            and ${of} = any (array(select of from most))`)}
      )
      select of, round(views)::int as views, round(told_visible)::int as "toldVisible",
             visible_ms / nullif(told_visible, 0) as "meanVisible", median as "medianVisible",
             p90 as "p90Visible"
      from most left join percentiles using (of)
      order by round(views) desc, of collate "C"`;
  });
  return { rows };
}

export const PAGE_VIEW_REPORTS = [
  serve(PAGE_VIEWS, VIEWS_PARAMETERS, pageViews),
  serve(AVERAGE_TIME, TIME_PARAMETERS, averageTime),
];
