import { Prisma } from "@prisma/client";
import { z } from "zod";
import type { Db } from "~/platform/db.server";
import { ofChosenSessions } from "../filters.server";
import { pageOf, ranksAfter } from "../ranking.server";
import type { Question, RowOf, Told } from "../report";
import { askRollups } from "../rollups/reading.server";
import { PAGE_PARAMETERS, serve } from "../serve";
import { WEIGHT } from "../weighing.server";
import { CLICKS } from "./click-rollup.server";
import { HEATMAP, HEATMAP_CELLS, HEATMAP_PAGES, VIEWPORTS, type Viewport } from "./definitions";

export type ClickedElement = RowOf<typeof HEATMAP.columns>;
export type ClickedCell = RowOf<typeof HEATMAP_CELLS.columns>;
export type ClickedPage = RowOf<typeof HEATMAP_PAGES.columns>;

/** The pages of which template, in which layout. */
export type Place = { template: string; viewport: Viewport };

const PLACE_PARAMETERS = {
  template: z
    .string()
    .min(1)
    .max(255)
    .describe("The pages' path with * for handles and ids, as heatmap/pages has it."),
  viewport: z.enum(VIEWPORTS).describe("The layout, by the width of the window."),
};

/** People's clicks `f` of a period, in the sessions that a view chooses. */
const clicksIn = ({ shopId, view }: Question): Prisma.Sql => Prisma.sql`
  f.shop_id = ${shopId}::int and f.clicked_at >= ${view.period.from}::timestamptz
  and f.clicked_at < ${view.period.to}::timestamptz and not f.is_bot
  and ${ofChosenSessions(view.filters)}`;

const at = ({ template, viewport }: Place): Prisma.Sql =>
  Prisma.sql`f.path_template = ${template}::text and f.viewport = ${viewport}::text`;

const countOf = (kind: "click" | "rage" | "dead"): Prisma.Sql =>
  Prisma.sql`coalesce(round(sum(${WEIGHT}) filter (where f.kind = ${kind})), 0)::int`;

/** Ids are sorted as bytes: the database's language costs more than the counting. */
const SESSIONS = Prisma.sql`count(distinct f.session_id collate "C")`;

/** The elements that were clicked on the pages of a place, those with most clicks first. */
export async function heatmap(
  db: Db,
  question: Question,
  { limit, cursor, ...place }: Place & { limit: number; cursor?: string | undefined },
): Promise<Told<ClickedElement>> {
  const middle = middleOf(question);
  const found = await db.$queryRaw<(ClickedElement & { rank: number })[]>`
    with counted as (
      select f.element, ${countOf("click")} as clicks, ${countOf("rage")} as "rageClicks",
             ${countOf("dead")} as "deadClicks", ${SESSIONS}::int as sessions,
             ${SESSIONS} filter (where f.clicked_at < ${middle}::timestamptz)::int
               as "sessionsBefore",
             ${SESSIONS} filter (where f.clicked_at >= ${middle}::timestamptz)::int
               as "sessionsAfter",
             min(f.clicked_at) as "firstAt", max(f.clicked_at) as "lastAt"
      from clicks f where ${clicksIn(question)} and ${at(place)}
      group by f.element
    ), ranked as (
      select counted.*, clicks::float8 / nullif(sum(clicks) over (), 0)::float8 as share,
             clicks::float8 as rank
      from counted
    )
    select * from ranked
    where ${ranksAfter(cursor, { rank: Prisma.sql`rank`, key: Prisma.sql`element` })}
    order by rank desc, element limit ${limit + 1}::int`;
  const { rows, next } = pageOf(found, limit, ({ element }) => element);
  return { rows: rows.map(({ rank: _, ...row }) => row), next };
}

/** Where the second half of a period begins; one that is not over ends now. */
function middleOf({ view: { period }, now }: Question): Date {
  const end = Math.min(period.to.getTime(), Math.max(now.getTime(), period.from.getTime()));
  return new Date((period.from.getTime() + end) / 2);
}

const TENTHS = 10;

/** Where in the elements with most clicks these were, element by element.
 * @param asked.limit how many elements */
export async function heatmapCells(
  db: Db,
  question: Question,
  { limit, ...place }: Place & { limit: number },
): Promise<Told<ClickedCell>> {
  const cell = (column: Prisma.Sql) =>
    Prisma.sql`least(floor(${column} * ${TENTHS}::int), ${TENTHS - 1}::int)::int`;
  const rows = await db.$queryRaw<ClickedCell[]>`
    with clicked as materialized (
      select f.element, f.relative_x, f.relative_y, ${WEIGHT} as weight
      from clicks f where ${clicksIn(question)} and ${at(place)} and f.kind = 'click'
    ), most as (
      select element, round(sum(weight)) as clicks from clicked
      group by element order by clicks desc, element limit ${limit}::int
    )
    select element, ${cell(Prisma.sql`relative_x`)} as column, ${cell(Prisma.sql`relative_y`)} as row,
           round(sum(weight))::int as clicks
    from clicked join most using (element)
    where relative_x is not null and relative_y is not null
    group by element, most.clicks, 2, 3 order by most.clicks desc, element, 3, 2`;
  return { rows };
}

/** Every template and layout that was clicked, those with most clicks first. */
export async function heatmapPages(
  db: Db,
  question: Question,
  { limit }: { limit: number },
): Promise<Told<ClickedPage>> {
  const rows = await askRollups<ClickedPage>(
    db,
    { question, steps: [] },
    (partsOf) => Prisma.sql`
      select path_template as template, viewport, min(page_type) as "pageType",
             round(sum(clicks))::int as clicks, round(sum(rage_clicks))::int as "rageClicks",
             round(sum(dead_clicks))::int as "deadClicks"
      from ${partsOf(CLICKS)} as p
      group by 1, 2 order by 4 desc, path_template collate "C", 2 limit ${limit}::int`,
  );
  return { rows };
}

const { limit } = PAGE_PARAMETERS;

export const HEATMAP_REPORTS = [
  serve(HEATMAP, { ...PLACE_PARAMETERS, ...PAGE_PARAMETERS }, heatmap),
  serve(HEATMAP_CELLS, { ...PLACE_PARAMETERS, limit: limit.describe("Elements.") }, heatmapCells),
  serve(HEATMAP_PAGES, { limit }, heatmapPages),
];
