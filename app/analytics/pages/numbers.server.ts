import { Prisma } from "@prisma/client";

/** The sums of page views added up, of a query's rows of PAGES. */
export const ADDED_UP = Prisma.sql`
  sum(row_count)::bigint as row_count, sum(exit_rows)::bigint as exit_rows, sum(views) as views,
  sum(unique_views) as unique_views, sum(exits) as exits, sum(visible_ms) as visible_ms,
  sum(told_visible) as told_visible, sum(scroll_percent) as scroll_percent,
  sum(told_scroll) as told_scroll, sum(told_interaction) as told_interaction,
  sum(rage_clicks) as rage_clicks, sum(dead_clicks) as dead_clicks`;

/** The metrics that such sums tell. */
export const PAGE_NUMBERS = Prisma.sql`
  round(views)::int as views, round(unique_views)::int as "uniqueViews",
  round(exits)::int as exits, exits / views as "exitRate",
  visible_ms / nullif(told_visible, 0) as "meanVisible", round(told_visible)::int as "toldVisible",
  scroll_percent / nullif(told_scroll, 0) / 100 as "meanScroll",
  round(told_scroll)::int as "toldScroll", round(told_interaction)::int as "toldInteraction",
  round(rage_clicks)::int as "rageClicks", round(dead_clicks)::int as "deadClicks"`;

/** Those of times, of rows of percentiles. */
export const PAGE_PERCENTILES = Prisma.sql`
  min(median) filter (where measure = 'visible') as "medianVisible",
  min(p90) filter (where measure = 'visible') as "p90Visible",
  min(median) filter (where measure = 'interaction') as "medianInteraction"`;
