import { Prisma } from "@prisma/client";
import { sessionsIn } from "../filters.server";
import { isLong, type Stretch } from "./rollup";

/** Whether a fact's moment may be of a session that started in a stretch, so that an index finds the facts of a short
 * one. Of a long one it costs less to look at all that came later, unless it has no session at all, as before a
 * shop's first. The end is an expression, so that it is not looked for from the shop's latest session backwards.
 * @param at the moment's column */
export function during({ shopId, from, to }: Stretch, at: string): Prisma.Sql {
  const sessions = Prisma.sql`from sessions s where ${sessionsIn(shopId, { from, to }, {})}`;
  const isBeforeTheEnd = isLong({ from, to })
    ? Prisma.sql`exists (select ${sessions})`
    : Prisma.sql`${Prisma.raw(at)} <= (select max(s.ended_at + interval '0') ${sessions})`;
  return Prisma.sql`${Prisma.raw(at)} >= ${from}::timestamptz and ${isBeforeTheEnd}`;
}
