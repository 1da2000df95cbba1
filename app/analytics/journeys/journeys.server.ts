import { Prisma } from "@prisma/client";
import { z } from "zod";
import type { Db } from "~/platform/db.server";
import { readCursor, writeCursor } from "~/platform/cursor.server";
import { sessionsIn } from "../filters.server";
import type { Question, RowOf, Told } from "../report";
import { PAGE_PARAMETERS, serve } from "../serve";
import { readParameters } from "../view";
import { JOURNEYS, MOST_PAGES, THEN } from "./definitions";
import { DIRECTIONS, NAMED_BY } from "./directions";

export const JOURNEY_PARAMETERS = {
  direction: z
    .enum(DIRECTIONS)
    .default("entry")
    .describe("entry: a session's first pages. purchase: the last ones before its purchase."),
  pages: z
    .enum(NAMED_BY)
    .default("type")
    .describe("What a page is named by: its type, such as product, or its path."),
  length: z.coerce
    .number()
    .int()
    .min(2)
    .max(MOST_PAGES)
    .default(MOST_PAGES)
    .describe("Pages of a journey, at most."),
  starts: z.string().max(2_048).optional().describe("Only journeys whose first page is this."),
  ...PAGE_PARAMETERS,
};
type Asked = z.output<z.ZodObject<typeof JOURNEY_PARAMETERS>>;

export type Journey = RowOf<typeof JOURNEYS.columns>;

/** What an address asks to see of journeys.
 * @throws {InvalidInput} */
export const readJourneys = (search: URLSearchParams): Asked =>
  readParameters(z.object(JOURNEY_PARAMETERS), search);

const PLACE = z.tuple([z.coerce.number(), z.string()]);

/** A shop's journeys, the commonest first. Each session of the period has one: all its pages are its own, also those
 * after midnight. */
export async function journeys(db: Db, question: Question, asked: Asked): Promise<Told<Journey>> {
  const after = asked.cursor === undefined ? null : readCursor(asked.cursor, PLACE);
  const beyond = after
    ? Prisma.sql`where (-sessions, pages) > (${-after[0]}::int, ${after[1]}::text)`
    : Prisma.empty;
  const found = await db.$queryRaw<Journey[]>`
    with ${journeysOf(question, asked)}, counted as (
      select pages, max(length)::int as length, round(sum(weight))::int as sessions,
             round(min(everyone))::int as "all", sum(weight) / min(everyone) as share,
             coalesce(round(sum(weight) filter (where purchased)), 0)::int as purchases
      from journey cross join (select sum(weight) as everyone from journey) as total
      where ${asked.starts ?? null}::text is null or first = ${asked.starts ?? null}::text
      group by pages
    )
    select pages, length, sessions, "all", share, purchases from counted ${beyond}
    order by -sessions, pages limit ${asked.limit + 1}`;
  const rows = found.slice(0, asked.limit);
  const last = found.length > asked.limit ? rows.at(-1) : undefined;
  return { rows, next: last ? writeCursor([String(last.sessions), last.pages]) : null };
}

/** A row for each session: its pages without repetitions, the first or the last so many of them. */
function journeysOf({ shopId, view }: Question, { direction, pages, length }: Asked): Prisma.Sql {
  const isToPurchase = direction === "purchase";
  const page = Prisma.raw(pages === "type" ? "f.page_type" : "f.path");
  const order = Prisma.raw(isToPurchase ? "viewed_at desc, event_id desc" : "viewed_at, event_id");
  const until = isToPurchase ? Prisma.sql`and f.viewed_at <= chosen.purchased_at` : Prisma.empty;
  return Prisma.sql`chosen as materialized (
    select s.session_id, s.ended_at, (1::real / s.sample_rate)::float8 as weight,
           bought.reached_at as purchased_at
    from sessions s
    left join funnel_steps bought
      on bought.shop_id = s.shop_id and bought.session_id = s.session_id and bought.place = 9
    where ${sessionsIn(shopId, view.period, view.filters)}
      and (${!isToPurchase}::boolean or bought.reached_at is not null)
  ), seen as (
    select session_id, weight, purchased_at, f.viewed_at, f.event_id, ${page} as page,
           lag(${page}) over (partition by session_id collate "C" order by f.viewed_at, f.event_id) as before
    from page_views f join chosen using (session_id)
    where f.shop_id = ${shopId}::int and f.viewed_at >= ${view.period.from}::timestamptz
      and f.viewed_at <= (select max(ended_at) from chosen) ${until}
  ), placed as (
    select session_id, weight, purchased_at, viewed_at, event_id, page,
           row_number() over (partition by session_id collate "C" order by ${order}) as place
    from seen where page is distinct from before
  ), journey as materialized (
    select string_agg(page, ${THEN}::text order by viewed_at, event_id) as pages, count(*) as length,
           (array_agg(page order by viewed_at, event_id))[1] as first,
           min(weight) as weight, bool_or(purchased_at is not null) as purchased
    from placed where place <= ${length}::int group by session_id collate "C"
  )`;
}

export const JOURNEY_REPORTS = [serve(JOURNEYS, JOURNEY_PARAMETERS, journeys)];
