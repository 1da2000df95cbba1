import { Prisma } from "@prisma/client";
import { sessionsIn } from "../filters.server";
import type { Question } from "../report";
import { COUNTS, IS_FIRST, ordersIn } from "../revenue/orders.server";
import { WEIGHT } from "../weighing.server";
import { APART_BY_ORDERS, APART_BY_VISITS } from "./comings.server";
import { MOST_GROUPS, type Asked, type Split } from "./definitions";

/** The ctes `followed (person, first_at, weight, grp)`, people whose first order or visit is in the
 * period and among what the filters choose, and `acts (person, at)`, all orders or visits from then on
 * until now. People are customers or visitors. */
export const peopleOf = (question: Question, { first, split }: Asked): Prisma.Sql => Prisma.sql`
  firsts as materialized (
    ${first === "order" ? firstOrders(question, split) : firstVisits(question, split)}
  ), largest as (
    select grp from firsts group by grp order by sum(weight) desc, grp limit ${MOST_GROUPS}::int
  ), followed as (
    select firsts.person, firsts.first_at, firsts.weight, coalesce(largest.grp, 'other') as grp
    from firsts left join largest using (grp)
  ), acts as (
    ${first === "order" ? orders(question) : visits(question)}
  )`;

const SPLITS_OF_ORDERS: Record<Split, Prisma.Sql> = {
  none: Prisma.sql`'all'`,
  ...APART_BY_ORDERS,
  product: Prisma.sql`coalesce((
    select coalesce(p.title, i.title) from order_items i
    left join products p on p.shop_id = i.shop_id and p.product_id = i.product_id
    where i.shop_id = f.shop_id and i.order_id = f.order_id
    order by i.price_minor * i.quantity - i.discount_minor desc, i.line_item_id limit 1), 'none')`,
};

const firstOrders = ({ shopId, view, now }: Question, split: Split) => Prisma.sql`
  select f.customer_id as person, f.placed_at as first_at, 1::float8 as weight,
         ${SPLITS_OF_ORDERS[split]} as grp
  from orders f
  left join sessions s on s.shop_id = f.shop_id and s.session_id = f.session_id
  where ${ordersIn(shopId, view.period, view.filters)} and f.placed_at <= ${now}::timestamptz
    and ${IS_FIRST}`;

const orders = ({ shopId, view, now }: Question) => Prisma.sql`
  select f.customer_id as person, f.placed_at as at from orders f
  where f.shop_id = ${shopId}::int and ${COUNTS} and f.customer_id is not null
    and f.placed_at >= ${view.period.from}::timestamptz and f.placed_at <= ${now}::timestamptz`;

const SPLITS_OF_VISITS: Record<Split, Prisma.Sql> = {
  none: Prisma.sql`'all'`,
  ...APART_BY_VISITS,
  product: Prisma.sql`coalesce((
    select coalesce(p.title, sp.product_id::text) from session_products sp
    left join products p on p.shop_id = sp.shop_id and p.product_id = sp.product_id
    where sp.shop_id = s.shop_id and sp.session_id = s.session_id and sp.view_count > 0
    order by sp.first_at, sp.product_id limit 1), 'none')`,
};

const PERSON = Prisma.sql`coalesce(s.visitor_id, 'client:' || s.client_id)`;

const firstVisits = ({ shopId, view, now }: Question, split: Split) => Prisma.sql`
  select distinct on (person) ${PERSON} as person, s.started_at as first_at, ${WEIGHT} as weight,
         ${SPLITS_OF_VISITS[split]} as grp
  from sessions s
  where ${sessionsIn(shopId, view.period, view.filters)} and not s.is_returning
    and s.started_at <= ${now}::timestamptz
  order by person, s.started_at`;

const visits = ({ shopId, view, now }: Question) => Prisma.sql`
  select ${PERSON} as person, s.started_at as at from sessions s
  where s.shop_id = ${shopId}::int and s.bot_rule is null
    and s.started_at >= ${view.period.from}::timestamptz and s.started_at <= ${now}::timestamptz`;
