import { DAY } from "~/platform/time";
import type { Db } from "~/platform/db.server";
import { DAYS, TIME_ZONE } from "./shop";

/** What reports would cost that read the log: the same numbers, from the events alone. */
export const NAIVE: Readonly<Record<string, (db: Db, shopId: number) => Promise<unknown>>> = {
  "from the log: sessions, visitors and page views": (db, shopId) => db.$queryRaw`
    select count(*) filter (where is_first)::int as sessions, count(distinct client_id)::int as visitors,
           count(*) filter (where name = 'page_viewed')::int as "pageViews"
    from (
      select client_id, name, coalesce(occurred_at - lag(occurred_at) over (
               partition by client_id order by occurred_at), '1 hour') > '30 minutes' as is_first
      from pixel_events where shop_id = ${shopId}::int and occurred_at >= ${since()}
    ) as event`,
  "from the log: page views by day": (db, shopId) => db.$queryRaw`
    select (occurred_at at time zone ${TIME_ZONE}::text)::date as day, count(*)::int as views
    from pixel_events
    where shop_id = ${shopId}::int and occurred_at >= ${since()} and name = 'page_viewed'
    group by day`,
  "from the log: page views by path": (db, shopId) => db.$queryRaw`
    select payload #>> '{context,path}' as path, count(*)::int as views
    from pixel_events
    where shop_id = ${shopId}::int and occurred_at >= ${since()} and name = 'page_viewed'
    group by path order by views desc limit 10`,
};

const since = () => new Date(Date.now() - DAYS * DAY);
