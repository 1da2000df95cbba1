import { Prisma } from "@prisma/client";
import { z } from "zod";
import type { Database } from "~/platform/db.server";
import { stepsOf } from "../period";
import { pageOf, ranksAfter } from "../ranking.server";
import type { Question, RowOf, Told } from "../report";
import { askRollups } from "../rollups/reading.server";
import { PAGE_PARAMETERS, serve } from "../serve";
import { ADDED_PLACES, CLICKS, eachPlace, elementsOf, placesOf } from "./click-rollups.server";
import { HEATMAP, HEATMAP_CELLS, HEATMAP_PAGES, VIEWPORTS, type Place } from "./definitions";

export type ClickedElement = RowOf<typeof HEATMAP.columns>;
export type ClickedCell = RowOf<typeof HEATMAP_CELLS.columns>;
export type ClickedPage = RowOf<typeof HEATMAP_PAGES.columns>;

const PLACE_PARAMETERS = {
  template: z
    .string()
    .min(1)
    .max(255)
    .describe("The pages' path with * for handles and ids, as heatmap/pages has it."),
  viewport: z.enum(VIEWPORTS).describe("The layout, by the width of the window."),
};

/** What is summed of one place: kept rows are of all. */
const at = ({ template, viewport }: Place): Prisma.Sql => Prisma.sql`
  p.path_template = rollup_value(${template}::text) and p.viewport = ${viewport}::text`;

/** The elements that were clicked on the pages of a place, those with most clicks first. */
export async function heatmap(
  db: Database,
  question: Question,
  { limit, cursor, ...place }: Place & { limit: number; cursor?: string | undefined },
): Promise<Told<ClickedElement>> {
  const { period } = question.view;
  const steps = stepsOf(period, period.days.length <= 2 ? "hour" : "day");
  const middle = middleOf(question);
  const found = await askRollups<ClickedElement & { rank: number }>(
    db,
    { question, steps },
    (partsOf) => Prisma.sql`
      with counted as (
        select element, round(sum(clicks))::int as clicks,
               round(sum(rage_clicks))::int as "rageClicks",
               round(sum(dead_clicks))::int as "deadClicks", sum(sessions)::int as sessions,
               coalesce(sum(sessions) filter (where of::timestamptz < ${middle}::timestamptz), 0)::int
                 as "sessionsBefore",
               coalesce(sum(sessions) filter (where of::timestamptz >= ${middle}::timestamptz), 0)::int
                 as "sessionsAfter",
               min(of)::timestamptz as "firstAt", max(of)::timestamptz as "lastAt"
        from ${partsOf(elementsOf(place))} p where ${at(place)} group by element
      ), ranked as (
        select counted.*, clicks::float8 / nullif(sum(clicks) over (), 0)::float8 as share,
               clicks::float8 as rank
        from counted
      )
      select * from ranked
      where ${ranksAfter(cursor, { rank: Prisma.sql`rank`, key: Prisma.sql`element` })}
      order by rank desc, element limit ${limit + 1}::int`,
  );
  const { rows, next } = pageOf(found, limit, ({ element }) => element);
  return { rows: rows.map(({ rank: _, ...row }) => row), next };
}

/** Where the second half of a period begins; one that is not over ends now. */
function middleOf({ view: { period }, now }: Question): Date {
  const end = Math.min(period.to.getTime(), Math.max(now.getTime(), period.from.getTime()));
  return new Date((period.from.getTime() + end) / 2);
}

/** Where in the elements with most clicks these were, element by element.
 * @param asked.limit how many elements */
export async function heatmapCells(
  db: Database,
  question: Question,
  { limit, ...place }: Place & { limit: number },
): Promise<Told<ClickedCell>> {
  const rows = await askRollups<ClickedCell>(
    db,
    { question, steps: [] },
    (partsOf) => Prisma.sql`
      with clicked as materialized (
        select p.element, p.tenth, places.place, places.clicks
        from (
          select element, tenth, ${ADDED_PLACES} from ${partsOf(placesOf(place))} p
          where ${at(place)} group by 1, 2
        ) as p cross join lateral ${eachPlace}
        where places.clicks > 0
      ), most as (
        select element, round(sum(clicks)) as total from clicked
        group by element order by total desc, element limit ${limit}::int
      )
      select element, place as column, tenth as row, round(clicks)::int as clicks
      from clicked join most using (element)
      order by most.total desc, element, tenth, place`,
  );
  return { rows };
}

/** Every template and layout that was clicked, those with most clicks first. */
export async function heatmapPages(
  db: Database,
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
