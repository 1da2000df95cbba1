import type { Db } from "~/platform/db.server";
import {
  toSessionsOverTime,
  toTopPages,
  type PageCount,
  type SessionsOverTime,
  type StepCount,
  type TopPage,
  type Totals,
} from "./overview";
import { stepsOf, type Period } from "./period";

const TOP_PAGES = 10;

export type Overview = {
  totals: Totals;
  sessionsOverTime: SessionsOverTime;
  topPages: TopPage[];
  /** Of any period; null before the shop's first event. */
  lastEventAt: Date | null;
};

/** What happened in a shop's storefront in a period. */
export async function overview(
  db: Db,
  shopId: number,
  { period, now }: { period: Period; now: Date },
): Promise<Overview> {
  const [totals, counts, pages, last] = await Promise.all([
    totalsOf(db, shopId, period),
    countSessions(db, shopId, period),
    countPages(db, shopId, period),
    lastEventAt(db, shopId),
  ]);
  return {
    totals,
    sessionsOverTime: toSessionsOverTime(period, counts, now),
    topPages: toTopPages(pages, totals.pageViews),
    lastEventAt: last,
  };
}

/** When the last event of any session happened. */
async function lastEventAt(db: Db, shopId: number): Promise<Date | null> {
  const last = await db.session.findFirst({
    where: { shopId },
    orderBy: { endedAt: "desc" }, // one step into an index; an aggregate would read every session
    select: { endedAt: true },
  });
  return last?.endedAt ?? null;
}

async function totalsOf(db: Db, shopId: number, { from, to }: Period): Promise<Totals> {
  const rows = await db.$queryRaw<Totals[]>`
    select count(distinct client_id)::int as visitors,
           count(*)::int as sessions,
           (select count(*)::int from page_views
            where shop_id = ${shopId} and viewed_at >= ${from} and viewed_at < ${to}) as "pageViews"
    from sessions
    where shop_id = ${shopId} and started_at >= ${from} and started_at < ${to}`;
  const [totals] = rows;
  if (!totals) throw new Error("an aggregate without groups returned no row");
  return totals;
}

/** The steps' starts come from the period, so that the days of the chart are those of the page. */
const countSessions = (db: Db, shopId: number, period: Period): Promise<StepCount[]> => {
  const starts = stepsOf(period).map((start) => start.toISOString());
  return db.$queryRaw<StepCount[]>`
    select width_bucket(started_at, ${starts}::timestamptz[]) - 1 as index,
           count(*)::int as sessions
    from sessions
    where shop_id = ${shopId} and started_at >= ${period.from} and started_at < ${period.to}
    group by 1`;
};

/** Finds the pages first and counts visitors for these only: half the time of counting all. */
const countPages = (db: Db, shopId: number, { from, to }: Period): Promise<PageCount[]> =>
  db.$queryRaw<PageCount[]>`
    with top as (
      select path, count(*)::int as views
      from page_views
      where shop_id = ${shopId} and viewed_at >= ${from} and viewed_at < ${to}
      group by path
      order by views desc, path
      limit ${TOP_PAGES}
    )
    select path, views, count(distinct client_id)::int as visitors
    from top join page_views using (path)
    where shop_id = ${shopId} and viewed_at >= ${from} and viewed_at < ${to}
    group by path, views
    order by views desc, path`;
