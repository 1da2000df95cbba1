import { Prisma } from "@prisma/client";
import { THEN } from "~/projections/journey";
import { sessionsIn } from "../filters.server";
import type { Question } from "../report";
import type { Direction } from "./directions";

type Paths = { direction: Direction; length: number };

/** A row for each session: its pages without repetitions, the first or the last so many of them. */
export function byPaths({ shopId, view }: Question, { direction, length }: Paths): Prisma.Sql {
  const isToPurchase = direction === "purchase";
  const order = Prisma.raw(isToPurchase ? "viewed_at desc, event_id desc" : "viewed_at, event_id");
  const until = isToPurchase ? Prisma.sql`and f.viewed_at <= chosen.purchased_at` : Prisma.empty;
  return Prisma.sql`chosen as materialized (
    select s.session_id, s.ended_at, (1::real / s.sample_rate)::float8 as weight,
           bought.reached_at as purchased_at
    from sessions s
    left join funnel_steps bought
      on bought.shop_id = s.shop_id and bought.session_id = s.session_id and bought.place = 9
    where ${sessionsIn(shopId, view.period, view.filters)}
      and (${!isToPurchase}::boolean or bought.reached_at is not null)
  ), seen as (
    select session_id, weight, purchased_at, f.viewed_at, f.event_id, f.path as page,
           lag(f.path) over (partition by session_id collate "C" order by f.viewed_at, f.event_id) as before
    from page_views f join chosen using (session_id)
    where f.shop_id = ${shopId}::int and f.viewed_at >= ${view.period.from}::timestamptz
      and f.viewed_at <= (select max(ended_at) from chosen) ${until}
  ), placed as (
    select session_id, weight, purchased_at, viewed_at, event_id, page,
           row_number() over (partition by session_id collate "C" order by ${order}) as place
    from seen where page is distinct from before
  ), journey as materialized (
    select string_agg(page, ${THEN}::text order by viewed_at, event_id) as pages, count(*) as length,
           (array_agg(page order by viewed_at, event_id))[1] as first,
           min(weight) as weight, min(weight * (purchased_at is not null)::int) as bought
    from placed where place <= ${length}::int group by session_id collate "C"
  )`;
}
