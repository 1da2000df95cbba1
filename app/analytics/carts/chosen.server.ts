import { Prisma } from "@prisma/client";
import { FILTER_NAMES } from "../filters";
import { chosen } from "../filters.server";
import type { Question } from "../report";

/** Carts `k` of a shop that began in a period, without those of bots: a cart is of the session in which
 * it began. */
export const cartsIn = ({ shopId, view }: Question): Prisma.Sql => Prisma.sql`
  k.shop_id = ${shopId}::int and k.started_at >= ${view.period.from}::timestamptz
  and k.started_at < ${view.period.to}::timestamptz and not k.is_bot
  and ${ofChosenSessions(view.filters)}`;

const ofChosenSessions = (filters: Question["view"]["filters"]): Prisma.Sql =>
  FILTER_NAMES.every((name) => filters[name] === undefined)
    ? Prisma.sql`true`
    : Prisma.sql`exists (
        select from cart_actions a
        join sessions s on s.shop_id = a.shop_id and s.session_id = a.session_id
        where a.shop_id = k.shop_id and a.event_id = k.cart_id and ${chosen(filters)})`;

/** What carts `k` are at a moment, in the words of docs/carts.md; those that came back and are neither
 * bought nor left again are open. The same rule as `cartStateAt`. */
export const stateAt = (now: Date): Prisma.Sql => Prisma.sql`
  case when k.converted_at is not null then 'converted'
       when k.item_count = 0 then 'emptied'
       when k.abandoned_at <= ${now}::timestamptz then 'abandoned'
       else 'open' end`;
