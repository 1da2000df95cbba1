import { Prisma } from "@prisma/client";
import { FILTER_NAMES, type Filters } from "../filters";
import { chosen } from "../filters.server";
import type { Question } from "../report";
import type { Stretch } from "../rollups/rollup";

/** Carts `k` of a shop that began in a stretch of time, without those of bots: a cart is of the session in
 * which it began. */
export const cartsIn = ({ shopId, from, to, filters }: Stretch): Prisma.Sql => Prisma.sql`
  k.shop_id = ${shopId}::int and k.started_at >= ${from}::timestamptz
  and k.started_at < ${to}::timestamptz and not k.is_bot and ${ofChosenSessions(filters)}`;

const ofChosenSessions = (filters: Filters): Prisma.Sql =>
  FILTER_NAMES.every((name) => filters[name] === undefined)
    ? Prisma.sql`true`
    : Prisma.sql`exists (
        select from cart_actions a
        join sessions s on s.shop_id = a.shop_id and s.session_id = a.session_id
        where a.shop_id = k.shop_id and a.event_id = k.cart_id and ${chosen(filters)})`;

/** Whether carts `k` are abandoned, or will be unless something is done with them. */
export const IS_LEFT = Prisma.sql`k.converted_at is null and k.item_count > 0`;

/** Those of them that are not abandoned yet: few, and an index on that moment finds them. */
export const isOpen = (now: Date): Prisma.Sql => Prisma.sql`k.abandoned_at > ${now}::timestamptz`;

/** What carts `k` are, in the words of docs/carts.md, whatever the time: those that were left may be open
 * still, as `isOpen` tells. */
export const STATE = Prisma.sql`
  case when k.converted_at is not null then 'converted' when k.item_count = 0 then 'emptied'
       else 'left' end`;

/** In how long a cart `k` came to its last change, as a bucket. */
export const USED_FOR = Prisma.sql`
  duration_bucket((extract(epoch from k.last_action_at - k.started_at) * 1000)::bigint)`;

/** What a cart `k` stands for, also beside its session. */
export const WEIGHT_OF_CART = Prisma.sql`weight_of(k.sample_rate)`;

/** Joins the session in which a cart `k` began, `s`. */
export const joinSession = (join: "join" | "left join"): Prisma.Sql => Prisma.sql`
  ${Prisma.raw(join)} cart_actions a on a.shop_id = k.shop_id and a.event_id = k.cart_id
  ${Prisma.raw(join)} sessions s on s.shop_id = a.shop_id and s.session_id = a.session_id`;

/** The period that a question is about, with its filters. */
export const stretchOf = ({ shopId, view }: Question): Stretch => ({
  ...{ shopId, from: view.period.from, to: view.period.to, filters: view.filters },
});
