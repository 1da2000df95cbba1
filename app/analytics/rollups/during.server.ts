import { Prisma } from "@prisma/client";
import { sessionsIn } from "../filters.server";
import type { Stretch } from "./rollup";

/** Whether a fact's moment may be of a session that started in a stretch, so that an index finds the facts of a short
 * one. Where it is not known, the sessions tell until when they went on: by an expression, so that it is not looked
 * for from the shop's latest session backwards.
 * @param at the moment's column */
export function during({ shopId, from, to, until }: Stretch, at: string): Prisma.Sql {
  const last = until
    ? Prisma.sql`${until}::timestamptz`
    : Prisma.sql`(select max(s.ended_at + interval '0') from sessions s where ${sessionsIn(shopId, { from, to }, {})})`;
  return Prisma.sql`${Prisma.raw(at)} >= ${from}::timestamptz and ${Prisma.raw(at)} <= ${last}`;
}
