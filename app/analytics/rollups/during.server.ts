import { Prisma } from "@prisma/client";
import { sessionsIn } from "../filters.server";
import { isLong, type Stretch } from "./rollup";

/** Until when the sessions of a stretch went on. Of a long one it costs less to look at what came later. The end is
 * an expression, so that it is not looked for from the shop's latest session backwards. */
export const lastMoment = ({ shopId, from, to }: Stretch): Prisma.Sql =>
  isLong({ from, to })
    ? Prisma.sql`'infinity'::timestamptz`
    : Prisma.sql`(select max(s.ended_at + interval '0') from sessions s where ${sessionsIn(shopId, { from, to }, {})})`;
