import { Prisma } from "@prisma/client";
import { z } from "zod";
import type { Database } from "~/platform/db.server";
import { leastShare } from "../interval.server";
import { pageOf, ranksAfter } from "../ranking.server";
import type { Question, RowOf, Told } from "../report";
import { BUCKETS } from "../rollups/histogram.server";
import { askRollups } from "../rollups/reading.server";
import { PAGE_PARAMETERS, serve } from "../serve";
import { readParameters } from "../view";
import { PAGE_ORDERS, TOP_PAGES, type PageOrder } from "./definitions";
import { ADDED_UP, PAGE_NUMBERS, PAGE_PERCENTILES } from "./numbers.server";
import { pagesOf } from "./filtered.server";
import { levelOf, timePercentiles } from "./page-rollup.server";

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

/** Pages by what they are ranked by, most first; of equal ones by their path. Times and titles are looked
 * up for those alone that are told of. */
export async function topPages(
  db: Database,
  question: Question,
  asked: Asked,
): Promise<Told<TopPage>> {
  const { shopId, view } = question;
  const found = await askRollups<TopPage & { rank: number }>(
    db,
    { question, steps: [] },
    (partsOf, tilingOf) => {
      const { pages, times, viewed } = pagesOf(question, "path", tilingOf);
      return Prisma.sql`
        with ${viewed} ${answerOf(partsOf(pages), asked)}, percentiles as (
          ${timePercentiles(Prisma.sql`
            select path as of, measure, first_bucket, ${BUCKETS}
            from ${partsOf(times)} as p
            where level = ${levelOf("path")} and path = any (array(select page from answer))`)}
        ), times as (select of as page, ${PAGE_PERCENTILES} from percentiles group by of)
        select answer.*, "medianVisible", "p90Visible", "medianInteraction", title
        from answer left join times using (page) left join lateral (
          select f.title from page_views f
          where f.shop_id = ${shopId}::int and hashtext(f.path) = hashtext(page) and f.path = page collate "C"
            and f.viewed_at >= ${view.period.from}::timestamptz
            and f.viewed_at < ${view.period.to}::timestamptz and not f.is_bot
          order by f.viewed_at desc limit 1
        ) as latest on true
        order by rank desc, page collate "C"`;
    },
  );
  const { rows, next } = pageOf(found, asked.limit, ({ page }) => page);
  return { rows: rows.map(toRow), next };
}

/** The pages that are told of, and one more. */
function answerOf(parts: Prisma.Sql, { sort, pageType, limit, cursor }: Asked): Prisma.Sql {
  const rank = Prisma.raw(sort === "exitRate" ? '"exitRateAtLeast"' : `"${sort}"`);
  const ofType = pageType === undefined ? Prisma.sql`true` : Prisma.sql`page_type = ${pageType}`;
  return Prisma.sql`
    sums as (
      select path as page, min(page_type) as "pageType", ${ADDED_UP}
      from ${parts} as p where level = ${levelOf("path")} and ${ofType} group by path
    ), ranked as (
      select counted.*, ${rank}::float8 as rank
      from (select page, "pageType", ${PAGE_NUMBERS}, ${AT_LEAST} as "exitRateAtLeast" from sums)
        as counted
    ), answer as (
      select * from ranked
      where ${ranksAfter(cursor, { rank: Prisma.sql`rank`, key: Prisma.sql`page collate "C"` })}
      order by rank desc, page collate "C" limit ${limit + 1}::int
    )`;
}

/** Of the rows as they are: what was not sampled makes nothing surer. */
const AT_LEAST = leastShare(Prisma.sql`exit_rows`, Prisma.sql`row_count`);

const toRow = ({ rank: _, ...row }: TopPage & { rank: number }): TopPage => row;

export const TOP_PAGE_REPORTS = [serve(TOP_PAGES, TOP_PARAMETERS, topPages)];
