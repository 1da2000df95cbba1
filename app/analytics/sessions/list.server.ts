import { Prisma } from "@prisma/client";
import { z } from "zod";
import { readCursor, writeCursor } from "~/platform/cursor.server";
import type { Db } from "~/platform/db.server";
import { sessionsIn } from "../filters.server";
import type { Question, RowOf, Told } from "../report";
import { PAGE_PARAMETERS, serve } from "../serve";
import { SESSION_LIST } from "./single-definitions";

export type ListedSession = RowOf<typeof SESSION_LIST.columns>;
type Asked = { limit: number; cursor?: string | undefined };

const PLACE = z.tuple([z.iso.datetime(), z.string()]);

/** A page of the sessions that started in a period, the newest first. None stands for others: where
 * only a share of visitors was sampled, the rest is not there. */
export async function listSessions(
  db: Db,
  { shopId, view }: Question,
  { limit, cursor }: Asked,
): Promise<Told<ListedSession>> {
  const found = await db.$queryRaw<ListedSession[]>`
    select s.session_id as "sessionId", s.started_at as "startedAt",
           (extract(epoch from s.ended_at - s.started_at) * 1000)::float8 as duration,
           coalesce(s.visitor_id, 'client:' || s.client_id) as visitor, s.number, s.channel,
           coalesce(s.utm_source, s.referrer_host) as source, s.device, s.country,
           s.entry_path as landing, s.exit_path as exit, s.page_view_count as pages,
           s.engaged_ms as "engagedTime", s.order_count as orders,
           s.revenue_minor::float8 as revenue
    from sessions s
    where ${sessionsIn(shopId, view.period, view.filters)} and ${before(cursor)}
    order by s.started_at desc, s.session_id desc
    limit ${limit + 1}::int`;
  const rows = found.slice(0, limit);
  const last = found.length > limit ? rows.at(-1) : undefined;
  return { rows, next: last ? writeCursor([last.startedAt.toISOString(), last.sessionId]) : null };
}

function before(cursor: string | undefined): Prisma.Sql {
  if (cursor === undefined) return Prisma.sql`true`;
  const [startedAt, sessionId] = readCursor(cursor, PLACE);
  return Prisma.sql`(s.started_at, s.session_id) < (${startedAt}::timestamptz, ${sessionId}::text)`;
}

export const SESSION_LIST_REPORTS = [serve(SESSION_LIST, PAGE_PARAMETERS, listSessions)];
