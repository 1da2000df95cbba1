import { Prisma } from "@prisma/client";
import { sessionsIn } from "../filters.server";
import { COUNTS, ordersIn } from "../revenue/orders.server";
import type { Stretch } from "../rollups/rollup";
import { WEIGHT } from "../weighing.server";

/** Queries for each time that somebody came, and for what was before it. */
export type Comings = {
  /** `came`: each visit or order in a stretch of time, `at`, of a `person`, and what it brought, `minor`. */
  came: Prisma.Sql;
  /** Of each, the person's first one: `at`, its `weight`, `channel` and `device`. */
  begun: Prisma.Sql;
  /** Of each, when the one before it was: `at`. */
  before: Prisma.Sql;
};

/** What tells `sessions s` apart, as first visits. */
export const APART_BY_VISITS = {
  channel: Prisma.sql`s.channel`,
  device: Prisma.sql`coalesce(s.device, 'none')`,
};

/** What tells first orders apart by their `sessions s`, if any. */
export const APART_BY_ORDERS = {
  channel: Prisma.sql`coalesce(s.channel, 'unseen')`,
  device: Prisma.sql`case when s.session_id is null then 'unseen' else coalesce(s.device, 'none') end`,
};

export const VISITS = (asked: Stretch): Comings => ({
  came: Prisma.sql`
    select visitor_of(s) as person, s.started_at as at, s.session_id as id, 0 as minor
    from sessions s where ${sessionsIn(asked.shopId, asked, {})}`,
  begun: Prisma.sql`
    select s.started_at as at, ${WEIGHT} as weight, ${APART_BY_VISITS.channel} as channel,
           ${APART_BY_VISITS.device} as device
    from (${visitsOf(asked.shopId, Prisma.sql`not s.is_returning`)}) as s
    order by s.started_at limit 1`,
  before: Prisma.sql`
    select s.started_at as at
    from (${visitsOf(asked.shopId, Prisma.sql`(s.started_at, s.session_id) < (came.at, came.id)`)}) as s
    order by s.started_at desc limit 1`,
});

/** Those of a person who `came`, until then: by who they are, or by their browser where that is not known yet. */
function visitsOf(shopId: number, which: Prisma.Sql): Prisma.Sql {
  const until = Prisma.sql`
    s.shop_id = ${shopId}::int and s.bot_rule is null and s.started_at <= came.at and ${which}`;
  return Prisma.sql`
    select s.* from sessions s where s.visitor_id = came.person and ${until}
    union all
    select s.* from sessions s
    where came.person like 'client:%' and s.visitor_id is null
      and s.client_id = substr(came.person, 8) and ${until}`;
}

export const ORDERS = (asked: Stretch): Comings => ({
  came: Prisma.sql`
    select f.customer_id as person, f.placed_at as at, f.order_id as id, f.revenue_minor as minor
    from orders f where ${ordersIn(asked.shopId, asked, {})} and f.customer_id is not null`,
  begun: Prisma.sql`
    select o.placed_at as at, 1::float8 as weight, ${APART_BY_ORDERS.channel} as channel,
           ${APART_BY_ORDERS.device} as device
    from (
      select f.* from orders f where ${ordersOfCustomer(asked.shopId)}
      order by f.placed_at, f.order_id limit 1
    ) as o left join sessions s on s.shop_id = o.shop_id and s.session_id = o.session_id`,
  before: Prisma.sql`
    select f.placed_at as at from orders f
    where ${ordersOfCustomer(asked.shopId)} and (f.placed_at, f.order_id) < (came.at, came.id)
    order by f.placed_at desc, f.order_id desc limit 1`,
});

const ordersOfCustomer = (shopId: number) =>
  Prisma.sql`f.shop_id = ${shopId}::int and f.customer_id = came.person and ${COUNTS}`;
