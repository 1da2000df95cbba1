import { Prisma } from "@prisma/client";
import { z } from "zod";
import type { Db } from "~/platform/db.server";
import { leastShare } from "../interval.server";
import { pageOf, ranksAfter } from "../ranking.server";
import type { Question, RowOf, Told } from "../report";
import { PAGE_PARAMETERS, serve } from "../serve";
import { readParameters } from "../view";
import { PAGE_ORDERS, TOP_PAGES, type PageOrder } from "./definitions";
import { PAGE_FACTS, PAGE_SUMS, pageViewsIn } from "./views.server";

export type TopPage = RowOf<typeof TOP_PAGES.columns>;

const ORDER_NAMES = Object.keys(PAGE_ORDERS).filter((name): name is PageOrder =>
  Object.hasOwn(PAGE_ORDERS, name),
);

export const TOP_PARAMETERS = {
  sort: z
    .enum(ORDER_NAMES)
    .default("views")
    .describe("What comes first, most of it: the exit rate by what it is at least."),
  pageType: z.string().max(32).optional().describe("Only pages of this type."),
  ...PAGE_PARAMETERS,
};
type Asked = {
  sort: PageOrder;
  pageType?: string | undefined;
  limit: number;
  cursor?: string | undefined;
};

/** What an address asks of top pages.
 * @throws {InvalidInput} */
export const parseTopPages = (search: URLSearchParams): Asked =>
  readParameters(z.object(TOP_PARAMETERS), search);

/** Pages by what they are ranked by, most first; of equal ones by their path. */
export async function topPages(
  db: Db,
  question: Question,
  { sort, pageType, limit, cursor }: Asked,
): Promise<Told<TopPage>> {
  const rank = Prisma.raw(sort === "exitRate" ? '"exitRateAtLeast"' : `"${sort}"`);
  const ofType = pageType === undefined ? Prisma.sql`true` : Prisma.sql`f.page_type = ${pageType}`;
  const found = await db.$queryRaw<(TopPage & { rank: number })[]>`
    with viewed as not materialized (
      select f.path collate "C" as page, f.title, f.page_type, f.viewed_at, ${PAGE_FACTS}
      from page_views f where ${pageViewsIn(question)} and ${ofType}
    ), uniques as (
      select page, round(sum(weight))::int as "uniqueViews"
      from (select page, min(weight) as weight from viewed group by page, session_id) as pair
      group by page
    ), counted as (
      select page, (array_agg(title order by viewed_at desc))[1] as title,
             min(page_type) as "pageType", ${PAGE_SUMS}, ${AT_LEAST} as "exitRateAtLeast"
      from viewed group by page
    ), ranked as (
      select counted.*, "uniqueViews", ${rank}::float8 as rank
      from counted join uniques using (page)
    )
    select * from ranked
    where ${ranksAfter(cursor, { rank: Prisma.sql`rank`, key: Prisma.sql`page` })}
    order by rank desc, page limit ${limit + 1}::int`;
  const { rows, next } = pageOf(found, limit, ({ page }) => page);
  return { rows: rows.map(toRow), next };
}

/** Of the rows as they are: what was not sampled makes nothing surer. */
const AT_LEAST = leastShare(Prisma.sql`(count(*) filter (where is_exit))`, Prisma.sql`count(*)`);

const toRow = ({ rank: _, ...row }: TopPage & { rank: number }): TopPage => row;

export const TOP_PAGE_REPORTS = [serve(TOP_PAGES, TOP_PARAMETERS, topPages)];
