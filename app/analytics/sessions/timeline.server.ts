import { Prisma } from "@prisma/client";
import { z } from "zod";
import { readCursor, writeCursor } from "~/platform/cursor.server";
import type { Db } from "~/platform/db.server";
import { NotFound } from "~/platform/errors";
import { FILED_BEHIND } from "~/projections/history.server";
import { pathOf, type PageContext, type TimelineEvent } from "~/projections/visit";
import type { Question, RowOf, Told } from "../report";
import { PAGE_PARAMETERS, serve } from "../serve";
import { SESSION_TIMELINE } from "./single-definitions";
import { detailsOf, nameOf, orderInWords, type OrderTold } from "./timeline";

export type TimelineRow = RowOf<typeof SESSION_TIMELINE.columns>;
type Asked = { id: string; limit: number; cursor?: string | undefined };

/** What a session's page says above its timeline. */
export type SingleSession = {
  sessionId: string;
  clientId: string;
  visitor: string;
  startedAt: Date;
  endedAt: Date;
  number: number;
  channel: string;
  source: string | null;
  device: string | null;
  browser: string | null;
  country: string | null;
  pages: number;
  engagedTime: number | null;
  /** The rule by which it was taken for a bot's; null for a person's. */
  botRule: string | null;
  orders: number;
  /** In minor units of the shop's currency. */
  revenue: number;
};

/** One session, be it a person's or a bot's.
 * @throws {NotFound} */
export async function readSession(db: Db, shopId: number, id: string): Promise<SingleSession> {
  const [session] = await db.$queryRaw<SingleSession[]>`
    select s.session_id as "sessionId", s.client_id as "clientId",
           coalesce(s.visitor_id, 'client:' || s.client_id) as visitor,
           s.started_at as "startedAt", s.ended_at as "endedAt", s.number, s.channel,
           coalesce(s.utm_source, s.referrer_host) as source, s.device, s.browser, s.country,
           s.page_view_count as pages, s.engaged_ms as "engagedTime", s.bot_rule as "botRule",
           s.order_count as orders, s.revenue_minor::float8 as revenue
    from sessions s where s.shop_id = ${shopId}::int and s.session_id = ${id}::text`;
  if (!session) throw new NotFound(`there is no session ${JSON.stringify(id)}`);
  return session;
}

/** A page of what happened in a session, the first first: its browser's events from its first to its
 * last, and the orders that came of it.
 * @throws {NotFound} */
export async function sessionTimeline(
  db: Db,
  { shopId }: Pick<Question, "shopId">,
  { id, limit, cursor }: Asked,
): Promise<Told<TimelineRow>> {
  const session = await readSession(db, shopId, id);
  const found = await readEntries(db, { shopId, session }, { limit: limit + 1, cursor });
  const entries = found.slice(0, limit);
  const last = found.length > limit ? entries.at(-1) : undefined;
  return {
    rows: entries.map((entry) => toRow(entry, session)),
    next: last ? writeCursor([last.at.toISOString(), last.seq, last.id]) : null,
  };
}

type Entry = {
  at: Date;
  /** As text: its place among the events of one moment. */
  seq: string;
  id: string;
  name: string;
  payload: { context?: PageContext | null; data?: unknown };
};

/** An entry for an order says in `data` what it came to. */
function readEntries(
  db: Db,
  { shopId, session }: { shopId: number; session: SingleSession },
  { limit, cursor }: { limit: number; cursor: string | undefined },
): Promise<Entry[]> {
  const { sessionId, clientId, startedAt, endedAt } = session;
  return db.$queryRaw<Entry[]>`
    with entry as (
      select e.occurred_at as at, coalesce(e.seq, 0) as seq, e.event_id as id, e.name, e.payload
      from pixel_events e
      where e.shop_id = ${shopId}::int and e.client_id = ${clientId}::text
        and e.occurred_at >= ${startedAt}::timestamptz and e.occurred_at <= ${endedAt}::timestamptz
        and e.week >= date_trunc('week',
          ${new Date(startedAt.getTime() - FILED_BEHIND)}::timestamptz at time zone 'utc')::date
      union all
      select o.placed_at, 2147483647, o.order_id::text, 'order', json_build_object('data',
        json_build_object('name', o.name, 'currency', o.currency, 'total', o.total_minor,
                          'refunded', o.refunded_minor, 'isTest', o.is_test,
                          'isCancelled', o.cancelled_at is not null))
      from orders o where o.shop_id = ${shopId}::int and o.session_id = ${sessionId}::text
    )
    select at, seq::text, id, name, payload from entry where ${after(cursor)}
    order by at, entry.seq, id limit ${limit}::int`;
}

const PLACE = z.tuple([z.iso.datetime(), z.string().regex(/^\d+$/), z.string()]);

function after(cursor: string | undefined): Prisma.Sql {
  if (cursor === undefined) return Prisma.sql`true`;
  const [at, seq, id] = readCursor(cursor, PLACE);
  return Prisma.sql`(at, seq, id) > (${at}::timestamptz, ${seq}::text::int, ${id}::text)`;
}

function toRow(entry: Entry, { clientId, startedAt }: SingleSession): TimelineRow {
  const { at, id, name, payload } = entry;
  const row = { at, sinceStart: at.getTime() - startedAt.getTime(), event: name, id };
  if (name === "order")
    return {
      ...{ ...row, what: "Order placed", page: null },
      details: orderInWords(payload.data as OrderTold),
    };
  const event: TimelineEvent = {
    ...{ eventId: id, name, clientId, customerId: null, occurredAt: at, seq: Number(entry.seq) },
    ...{ context: payload.context ?? null, data: payload.data, sampleRate: null },
  };
  return { ...row, what: nameOf(event), details: detailsOf(event), page: pathOf(event) };
}

const TIMELINE_PARAMETERS = {
  id: z.string().min(1).max(128).describe("The session's id, as the list of sessions has it."),
  ...PAGE_PARAMETERS,
};

export const TIMELINE_REPORTS = [serve(SESSION_TIMELINE, TIMELINE_PARAMETERS, sessionTimeline)];
