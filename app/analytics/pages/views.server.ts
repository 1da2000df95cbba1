import { Prisma } from "@prisma/client";
import { z } from "zod";
import type { Db } from "~/platform/db.server";
import { ofChosenSessions } from "../filters.server";
import { stepsOf } from "../period";
import type { Question, RowOf, Told } from "../report";
import { PAGE_PARAMETERS, serve } from "../serve";
import type { View } from "../view";
import { WEIGHT } from "../weighing.server";
import { AVERAGE_TIME, PAGE_VIEWS } from "./definitions";

export type PageNumbers = RowOf<typeof PAGE_VIEWS.columns>;
export type VisibleTimes = RowOf<typeof AVERAGE_TIME.columns>;

/** People's page views `f` of a period, in the sessions that a view chooses. */
export const pageViewsIn = ({ shopId, view }: Pick<Question, "shopId" | "view">): Prisma.Sql =>
  Prisma.sql`
    f.shop_id = ${shopId}::int and f.viewed_at >= ${view.period.from}::timestamptz
    and f.viewed_at < ${view.period.to}::timestamptz and not f.is_bot
    and ${ofChosenSessions(view.filters)}`;

/** What is needed of page views `f`, with how many each stands for. Texts are sorted as bytes, and read
 * where they are needed rather than put aside: a quarter of the time at 400,000 views. */
export const PAGE_FACTS = Prisma.sql`
  f.session_id collate "C" as session_id, f.path collate "C" as path, f.is_exit, f.visible_ms,
  f.scroll_percent, f.first_interaction_ms, f.rage_click_count, f.dead_click_count, ${WEIGHT} as weight`;

/** The metrics of such page views, without the unique ones. */
export const PAGE_SUMS = Prisma.sql`
  round(sum(weight))::int as views,
  coalesce(round(sum(weight) filter (where is_exit)), 0)::int as exits,
  coalesce(sum(weight) filter (where is_exit), 0) / sum(weight) as "exitRate",
  sum(weight * visible_ms) / sum(weight) filter (where visible_ms is not null) as "meanVisible",
  percentile_cont(0.5) within group (order by visible_ms) as "medianVisible",
  percentile_cont(0.9) within group (order by visible_ms) as "p90Visible",
  coalesce(round(sum(weight) filter (where visible_ms is not null)), 0)::int as "toldVisible",
  sum(weight * scroll_percent) / sum(weight) filter (where scroll_percent is not null) / 100
    as "meanScroll",
  coalesce(round(sum(weight) filter (where scroll_percent is not null)), 0)::int as "toldScroll",
  percentile_cont(0.5) within group (order by first_interaction_ms) as "medianInteraction",
  coalesce(round(sum(weight) filter (where first_interaction_ms is not null)), 0)::int
    as "toldInteraction",
  round(sum(weight * rage_click_count))::int as "rageClicks",
  round(sum(weight * dead_click_count))::int as "deadClicks"`;

export const VIEWS_PARAMETERS = {
  by: z
    .enum(["all", "step", "type"])
    .default("all")
    .describe("What the rows are of: all page views, a step of time, or a type of page."),
};
type By = z.output<typeof VIEWS_PARAMETERS.by>;

/** A series has a row for each step, the oldest first; types come by their views, most first. */
export async function pageViews(
  db: Db,
  question: Question,
  { by }: { by: By },
): Promise<Told<PageNumbers>> {
  const found = await db.$queryRaw<PageNumbers[]>`
    with viewed as not materialized (
      select ${groupOf(question.view, by)} as of, ${PAGE_FACTS}
      from page_views f where ${pageViewsIn(question)}
    ), uniques as (
      select of, round(sum(weight))::int as "uniqueViews"
      from (select of, min(weight) as weight from viewed group by of, session_id, path) as pair
      group by of
    )
    select sums.*, "uniqueViews"
    from (select of, ${PAGE_SUMS} from viewed group by of) as sums join uniques using (of)
    order by views desc, of`;
  return { rows: complete(found, question.view, by) };
}

function groupOf(view: View, by: By): Prisma.Sql {
  if (by === "all") return Prisma.sql`'all'::text collate "C"`;
  if (by === "type") return Prisma.sql`f.page_type collate "C"`;
  const starts = stepsOf(view.period, view.unit).map((start) => start.toISOString());
  return Prisma.sql`(${starts}::text[])[width_bucket(f.viewed_at, ${starts}::timestamptz[])] collate "C"`;
}

/** Nothing is a number as well: a step without page views has a row, and so have all of none. */
function complete(found: PageNumbers[], view: View, by: By): PageNumbers[] {
  if (by === "type") return found;
  const known = new Map(found.map((row) => [row.of, row]));
  const wanted =
    by === "all" ? ["all"] : stepsOf(view.period, view.unit).map((start) => start.toISOString());
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
  db: Db,
  question: Question,
  { by, limit }: { by: "type" | "path"; limit: number },
): Promise<Told<VisibleTimes>> {
  const group = by === "type" ? Prisma.sql`f.page_type` : Prisma.sql`f.path`;
  const rows = await db.$queryRaw<VisibleTimes[]>`
    select ${group} as of, round(sum(${WEIGHT}))::int as views,
           coalesce(round(sum(${WEIGHT}) filter (where visible_ms is not null)), 0)::int
             as "toldVisible",
           sum(${WEIGHT} * visible_ms) / sum(${WEIGHT}) filter (where visible_ms is not null)
             as "meanVisible",
           percentile_cont(0.5) within group (order by visible_ms) as "medianVisible",
           percentile_cont(0.9) within group (order by visible_ms) as "p90Visible"
    from page_views f where ${pageViewsIn(question)}
    group by 1 order by views desc, of limit ${limit}::int`;
  return { rows };
}

export const PAGE_VIEW_REPORTS = [
  serve(PAGE_VIEWS, VIEWS_PARAMETERS, pageViews),
  serve(AVERAGE_TIME, TIME_PARAMETERS, averageTime),
];
