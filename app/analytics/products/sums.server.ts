import { Prisma } from "@prisma/client";
import type { Db } from "~/platform/db.server";
import { ofChosenSessions, sessionsIn } from "../filters.server";
import type { Question } from "../report";
import { WEIGHT } from "../weighing.server";
import { abandonedLines } from "../carts/lines.server";
import { keyOf, type ProductsBy } from "./keys.server";

/** What is added up of products, before any rate. Sessions, views and carts are weighted. */
export type ProductSums = {
  of: string;
  viewedSessions: number;
  /** As many unweighted sessions prove as much. */
  sampled: number;
  views: number;
  addedSessions: number;
  viewedAndAdded: number;
  viewedAndBought: number;
  orders: number;
  units: number;
  grossMinor: number;
  discountMinor: number;
  refundedUnits: number;
  refundedMinor: number;
  abandonedCarts: number;
};

/** Everything that was done with products in a period, by what tells them apart; in no order. */
export function productSums(db: Db, question: Question, by: ProductsBy): Promise<ProductSums[]> {
  const keyed = keyOf(question.view, by);
  return db.$queryRaw<ProductSums[]>`
    with chosen as materialized (${sessions(question)}),
    done as (${doneInSessions(question)}),
    by_session as (
      select ${keyed.key} as of, t.session_id, min(t.weight) as weight,
             sum(t.weight) filter (where t.kind = 'viewed') as views,
             bool_or(t.kind = 'added') as added, bool_or(t.kind = 'bought') as bought
      from done t ${keyed.joined} group by 1, 2
    ), seen as (
      select of, sum(weight) filter (where views > 0) as viewed, sum(views) as views,
             sum(weight ^ 2) filter (where views > 0) as squares,
             sum(weight) filter (where added) as added,
             sum(weight) filter (where views > 0 and added) as viewed_and_added,
             sum(weight) filter (where views > 0 and bought) as viewed_and_bought
      from by_session group by of
    ), sold as (
      select ${keyed.key} as of, count(distinct t.order_id) as orders, sum(t.quantity) as units,
             sum(t.price_minor * t.quantity) as gross, sum(t.discount_minor) as discounts
      from (${linesSold(question)}) t ${keyed.joined} group by 1
    ), given_back as (
      select ${keyed.key} as of, sum(t.quantity) as units, sum(t.subtotal_minor) as money
      from (${linesRefunded(question)}) t ${keyed.joined} group by 1
    ), lying as (
      select of, sum(weight) as carts
      from (select distinct ${keyed.key} as of, t.cart_id, t.weight
            from (${abandonedLines(question)}) t ${keyed.joined}) as each
      group by of
    )
    select of, coalesce(seen.viewed, 0) as "viewedSessions", coalesce(seen.views, 0) as views,
           coalesce(seen.viewed ^ 2 / seen.squares, 0) as sampled,
           coalesce(seen.added, 0) as "addedSessions",
           coalesce(seen.viewed_and_added, 0) as "viewedAndAdded",
           coalesce(seen.viewed_and_bought, 0) as "viewedAndBought",
           coalesce(sold.orders, 0)::int as orders, coalesce(sold.units, 0)::int as units,
           coalesce(sold.gross, 0)::float8 as "grossMinor",
           coalesce(sold.discounts, 0)::float8 as "discountMinor",
           coalesce(given_back.units, 0)::int as "refundedUnits",
           coalesce(given_back.money, 0)::float8 as "refundedMinor",
           coalesce(lying.carts, 0) as "abandonedCarts"
    from seen full join sold using (of) full join given_back using (of) full join lying using (of)
    where of is not null`;
}

const sessions = ({ shopId, view }: Question) => Prisma.sql`
  select s.session_id, s.started_at, s.ended_at, s.order_count, ${WEIGHT} as weight
  from sessions s where ${sessionsIn(shopId, view.period, view.filters)}`;

/** Facts of the chosen sessions; the time is bounded so that an index finds them. */
function doneInSessions({ shopId, view }: Question): Prisma.Sql {
  const during = (at: string) => Prisma.sql`
    f.shop_id = ${shopId}::int and ${Prisma.raw(`f.${at}`)} >= ${view.period.from}::timestamptz
    and ${Prisma.raw(`f.${at}`)} <= (select max(ended_at) from chosen)
    and f.product_id is not null`;
  return Prisma.sql`
    select f.shop_id, f.session_id, f.product_id, f.variant_id, f.vendor, f.product_type,
           'viewed' as kind, chosen.weight, chosen.started_at as at
    from product_views f join chosen using (session_id) where ${during("viewed_at")}
    union all
    select f.shop_id, f.session_id, f.product_id, f.variant_id, null, null, 'added',
           chosen.weight, chosen.started_at
    from cart_actions f join chosen using (session_id)
    where ${during("acted_at")} and f.kind = 'added'
    union all
    select i.shop_id, o.session_id, i.product_id, i.variant_id, i.vendor, null, 'bought',
           chosen.weight, chosen.started_at
    from chosen join orders o on o.shop_id = ${shopId}::int and o.session_id = chosen.session_id
    join order_items i on i.shop_id = o.shop_id and i.order_id = o.order_id
    where chosen.order_count > 0 and not o.is_test and o.cancelled_at is null
      and i.product_id is not null`;
}

/** The orders that count, as `f`. */
const counted = ({ view }: Question) => Prisma.sql`
  not f.is_test and f.cancelled_at is null and ${ofChosenSessions(view.filters)}`;

const linesSold = (question: Question) => Prisma.sql`
  select i.*, null as product_type, i.placed_at as at
  from order_items i join orders f on f.shop_id = i.shop_id and f.order_id = i.order_id
  where i.shop_id = ${question.shopId}::int and i.product_id is not null
    and i.placed_at >= ${question.view.period.from}::timestamptz
    and i.placed_at < ${question.view.period.to}::timestamptz and ${counted(question)}`;

const linesRefunded = (question: Question) => Prisma.sql`
  select i.shop_id, i.product_id, i.variant_id, i.vendor, null as product_type, r.quantity,
         r.subtotal_minor, r.refunded_at as at
  from refund_items r join orders f on f.shop_id = r.shop_id and f.order_id = r.order_id
  join order_items i on i.shop_id = r.shop_id and i.order_id = r.order_id
    and i.line_item_id = r.line_item_id
  where r.shop_id = ${question.shopId}::int and i.product_id is not null
    and r.refunded_at >= ${question.view.period.from}::timestamptz
    and r.refunded_at < ${question.view.period.to}::timestamptz and ${counted(question)}`;
