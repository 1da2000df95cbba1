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
import { ofPageViews, ofSessions, WEIGHT, type Bots } from "./weighing.server";

const TOP_PAGES = 10;

export type Overview = {
  totals: Totals;
  sessionsOverTime: SessionsOverTime;
  topPages: TopPage[];
  /** Of any period; null before the shop's first event. */
  lastEventAt: Date | null;
};

type Question = { period: Period; bots: Bots };

/** What happened in a shop's storefront in a period. Where only a share of visitors was sampled, the
 * numbers are estimates for all of them, in whole ones.
 * @param about.bots whether their visits count as well */
export async function overview(
  db: Db,
  shopId: number,
  { period, now, bots = "left out" }: { period: Period; now: Date; bots?: Bots },
): Promise<Overview> {
  const question = { period, bots };
  const [totals, counts, pages, last] = await Promise.all([
    totalsOf(db, shopId, question),
    countSessions(db, shopId, question),
    countPages(db, shopId, question),
    lastEventAt(db, shopId),
  ]);
  return {
    totals,
    sessionsOverTime: toSessionsOverTime(period, counts, now),
    topPages: toTopPages(pages, totals.pageViews),
    lastEventAt: last,
  };
}

/** When the last event of any session happened, a bot's too: it shows that the pixel works. */
async function lastEventAt(db: Db, shopId: number): Promise<Date | null> {
  const last = await db.session.findFirst({
    where: { shopId },
    orderBy: { endedAt: "desc" }, // one step into an index; an aggregate would read every session
    select: { endedAt: true },
  });
  return last?.endedAt ?? null;
}

async function totalsOf(db: Db, shopId: number, { period, bots }: Question): Promise<Totals> {
  const { from, to } = period;
  const rows = await db.$queryRaw<Totals[]>`
    select coalesce(round(sum(visitor)), 0)::int as visitors,
           coalesce(round(sum(sessions)), 0)::int as sessions,
           (select coalesce(round(sum(${WEIGHT})), 0)::int from page_views
            where shop_id = ${shopId} and viewed_at >= ${from} and viewed_at < ${to}
              and ${ofPageViews(bots)}) as "pageViews"
    from (select min(${WEIGHT}) as visitor, sum(${WEIGHT}) as sessions
          from sessions
          where shop_id = ${shopId} and started_at >= ${from} and started_at < ${to}
            and ${ofSessions(bots)}
          group by client_id) as client`;
  const [totals] = rows;
  if (!totals) throw new Error("an aggregate without groups returned no row");
  return totals;
}

/** The steps' starts come from the period, so that the days of the chart are those of the page. */
const countSessions = (db: Db, shopId: number, question: Question): Promise<StepCount[]> => {
  const { period, bots } = question;
  const starts = stepsOf(period).map((start) => start.toISOString());
  return db.$queryRaw<StepCount[]>`
    select width_bucket(started_at, ${starts}::timestamptz[]) - 1 as index,
           round(sum(${WEIGHT}))::int as sessions
    from sessions
    where shop_id = ${shopId} and started_at >= ${period.from} and started_at < ${period.to}
      and ${ofSessions(bots)}
    group by 1`;
};

/** Finds the pages first and counts visitors for these only: half the time of counting all. */
const countPages = (db: Db, shopId: number, { period, bots }: Question): Promise<PageCount[]> =>
  db.$queryRaw<PageCount[]>`
    with counted as not materialized (
      select path, client_id, ${WEIGHT} as weight
      from page_views
      where shop_id = ${shopId} and viewed_at >= ${period.from} and viewed_at < ${period.to}
        and ${ofPageViews(bots)}
    ), top as (
      select path, round(sum(weight))::int as views
      from counted
      group by path
      order by views desc, path
      limit ${TOP_PAGES}
    ), seen as (
      select path, views, min(weight) as visitor
      from top join counted using (path)
      group by path, views, client_id
    )
    select path, views, round(sum(visitor))::int as visitors
    from seen
    group by path, views
    order by views desc, path`;
