import { Prisma } from "@prisma/client";
import { addDays, dayAt } from "~/platform/calendar";
import type { Database, Db } from "~/platform/db.server";
import { MINUTE, SECOND } from "~/platform/time";
import { IS_CHANGED_BY } from "./changes.server";
import { filtersOf, type Choice } from "./choices";
import { comparedDays, lastDays, missingSpans, SETTLED } from "./missing";
import { rollupsOn } from "./registry.server";
import { BASES, type Basis, type Rollup } from "./rollup";
import { dayOf, hoursOf, spanKey, weekOf, type Span } from "./tiles";

/** A shop and its days. */
export type OfShop = { shopId: number; timeZone: string };

/** A catalogue may change all the time, and each time all that was kept by it has to be kept anew: that is not
 * begun more often. */
const CATALOGUE_REST = 5 * MINUTE;

/** Drops what is kept of hours that have changed, and of days that are no longer the shop's. Only one
 * process may do this, or keep anything, for a shop at a time. A change of every hour stays noted, so that nobody
 * reads what it changes, where that was kept anew only just now.
 * @returns how many spans were dropped */
export const forgetChanged = (db: Database, { shopId, timeZone }: OfShop): Promise<number> =>
  db.$transaction(async (tx) => {
    const gone = await tx.$queryRaw<Gone[]>`
      with taken as (
        delete from rollup_changes
        where shop_id = ${shopId}::int and (hour is not null or not exists (
          select from rollup_spans where shop_id = ${shopId}::int and basis = 'catalogue'
          having min(kept_at) > now() - ${CATALOGUE_REST / SECOND}::int * interval '1 second'))
        returning basis, hour
      ), changed as materialized (select distinct basis, hour from taken)
      delete from rollup_spans s
      where shop_id = ${shopId}::int and (time_zone <> ${timeZone}::text or exists (
        select from changed c where ${IS_CHANGED_BY}))
      returning basis, unit, starts_at as "from"`;
    await dropGone(tx, shopId, gone);
    return gone.length;
  }, PATIENT);

/** Keeping a span of a large shop may take as long. */
const PATIENT = { maxWait: 10 * SECOND, timeout: 10 * MINUTE };

type Gone = Pick<Span, "unit" | "from"> & { basis: Basis };

async function dropGone(db: Db, shopId: number, gone: readonly Gone[]): Promise<void> {
  for (const basis of BASES) {
    const spans = gone.filter((span) => span.basis === basis);
    if (spans.length > 0) await dropRows(db, shopId, { basis, spans });
  }
}

type Dropped = { basis: Basis; spans: readonly Pick<Span, "unit" | "from">[] };

async function dropRows(db: Db, shopId: number, { basis, spans }: Dropped): Promise<void> {
  const [units, starts] = [spans.map(({ unit }) => unit), spans.map(({ from }) => from)];
  for (const { table } of rollupsOn(basis))
    await db.$executeRaw`
      delete from ${Prisma.raw(table)} k
      using unnest(${units}::text[], ${starts}::timestamptz[]) as t(unit, starts_at)
      where k.shop_id = ${shopId}::int and k.unit = t.unit and k.starts_at = t.starts_at`;
}

/** Of a day that others are set against hours are kept where it had more sessions than this: to count those of a day
 * with fewer takes no time. */
const MANY = 1_000;

/** The days with many sessions among those in whose midst a period ends that one until now is set against. */
async function busyDays(db: Db, { shopId, timeZone }: OfShop, now: Date): Promise<Set<string>> {
  const days = comparedDays(dayAt(now, timeZone));
  const spans = days.map((day) => dayOf(day, timeZone));
  const busy = await db.$queryRaw<{ day: string }[]>`
    select day
    from unnest(${days}::text[], ${spans.map(({ from }) => from)}::timestamptz[],
                ${spans.map(({ to }) => to)}::timestamptz[]) as of(day, since, until)
    where exists (
      select from sessions where shop_id = ${shopId}::int and started_at >= since and started_at < until
      order by started_at offset ${MANY}::int limit 1)`;
  return new Set(busy.map(({ day }) => day));
}

/** Drops the hours of days that are kept as a whole by now, except those of which hours are kept today, or were
 * yesterday. */
export const dropOldHours = (db: Database, shop: OfShop, now: Date): Promise<void> =>
  db.$transaction(async (tx) => {
    const today = dayAt(now, shop.timeZone);
    const days = [today, addDays(today, -1)]
      .flatMap((day) => [...lastDays(day), ...comparedDays(day)])
      .map((day) => dayOf(day, shop.timeZone));
    const old = await tx.$queryRaw<Gone[]>`
      delete from rollup_spans where shop_id = ${shop.shopId}::int and unit = 'hour'
        and not exists (
          select from unnest(${days.map(({ from }) => from)}::timestamptz[],
                             ${days.map(({ to }) => to)}::timestamptz[]) as day(since, until)
          where starts_at >= since and ends_at <= until)
      returning basis, unit, starts_at as "from"`;
    await dropGone(tx, shop.shopId, old);
  }, PATIENT);

/** Keeps what can be kept and is not, the latest spans first. One that cannot be is passed over, and so is what
 * would not hold, by a change of every hour that stays noted.
 * @param limit spans, at most
 * @returns how many were kept */
export async function keepMissing(
  db: Database,
  shop: OfShop,
  { now, limit }: { now: Date; limit: number },
): Promise<number> {
  const first = await firstMoment(db, shop.shopId);
  if (!first) return 0;
  const spans = await db.$queryRaw<Gone[]>`
    select basis, unit, starts_at as "from" from rollup_spans where shop_id = ${shop.shopId}::int`;
  const isChanging =
    (await db.rollupChange.count({ where: { shopId: shop.shopId, hour: null } })) > 0;
  const byHours = await busyDays(db, shop, now);
  let count = 0;
  for (const basis of BASES) {
    if (basis === "catalogue" && isChanging) continue;
    const kept = new Set(spans.filter((span) => span.basis === basis).map(spanKey));
    for (const span of missingSpans({ now, first, timeZone: shop.timeZone, kept, byHours })) {
      if (count === limit) return count;
      if (await keepSpan(db, shop, { basis, span, now, kept })) count++;
    }
  }
  return count;
}

/** When a shop's facts begin; null where there are none. */
export async function firstMoment(db: Db, shopId: number): Promise<Date | null> {
  const [row] = await db.$queryRaw<{ first: Date | null }[]>`
    select least((select min(started_at) from sessions where shop_id = ${shopId}::int),
                 (select min(placed_at) from orders where shop_id = ${shopId}::int)) as first`;
  return row?.first ?? null;
}

type Keeping = { basis: Basis; span: Span; now: Date; kept: Set<string> };

/** Keeps the answers of a span: of facts, or of the shorter spans that it consists of where all of them are
 * kept. Each statement is a transaction of its own, so that none is long under way for who reads the log behind
 * the oldest writer: what changes in between is noted, and noted until it is forgotten.
 * @returns false where somebody who came in it may still be there */
async function keepSpan(
  db: Db,
  shop: OfShop,
  { basis, span, now, kept }: Keeping,
): Promise<boolean> {
  const parts = partsOf(span, shop.timeZone);
  const fromParts = parts.length > 0 && parts.every((part) => kept.has(spanKey(part)));
  if (isLong(span) && !fromParts) return false;
  if (await isOpen(db, shop.shopId, { span, now })) return false;
  await dropRows(db, shop.shopId, { basis, spans: [span] }); // of an attempt that was cut short
  for (const rollup of rollupsOn(basis))
    await (fromParts ? addUp : sumFacts)(db, rollup, { shop, span });
  await db.$executeRaw`
    insert into rollup_spans (shop_id, basis, unit, starts_at, ends_at, time_zone)
    values (${shop.shopId}::int, ${basis}::text, ${span.unit}::text, ${span.from}::timestamptz,
            ${span.to}::timestamptz, ${shop.timeZone}::text)`;
  kept.add(spanKey(span));
  return true;
}

/** Whether to read a span's facts at once would be too much. */
const isLong = ({ unit }: Span): boolean => unit === "week" || unit === "fourWeeks";

/** The spans of the next shorter unit; none of an hour. */
export function partsOf(span: Span, timeZone: string): Span[] {
  const since = (days: number) => addDays(dayAt(span.from, timeZone), days);
  switch (span.unit) {
    case "hour":
      return [];
    case "day":
      return hoursOf(span);
    case "week":
      return [0, 1, 2, 3, 4, 5, 6].map((day) => dayOf(since(day), timeZone));
    case "fourWeeks":
      return [0, 1, 2, 3].map((week) => weekOf(since(7 * week), timeZone));
  }
}

async function isOpen(db: Db, shopId: number, { span, now }: { span: Span; now: Date }) {
  const [row] = await db.$queryRaw<{ open: boolean }[]>`
    select exists (
      select from sessions
      where shop_id = ${shopId}::int and started_at >= ${span.from}::timestamptz
        and started_at < ${span.to}::timestamptz
        and ended_at > ${new Date(now.getTime() - SETTLED)}::timestamptz) as open`;
  return row?.open ?? false;
}

/** What is to be kept: of all sessions, or of those that a filter chooses. */
type Summed = { shop: OfShop; span: Span; choice?: Choice };

const columnsOf = ({ keys, sums, hasChoices }: Rollup) =>
  Prisma.raw([...(hasChoices ? ["chosen_by"] : []), ...keys, ...sums].join(", "));

/** Keeps a span's rows of facts. */
export function sumFacts(db: Db, rollup: Rollup, { shop: { shopId }, span, choice }: Summed) {
  const columns = columnsOf(rollup);
  const filters = choice === undefined ? {} : filtersOf(choice);
  const facts = rollup.facts({ shopId, from: span.from, to: span.to, filters }, () =>
    Prisma.raw("'all'::text"),
  );
  return db.$executeRaw`
    insert into ${Prisma.raw(rollup.table)} (shop_id, unit, starts_at, ${columns})
    select ${shopId}::int, ${span.unit}::text, ${span.from}::timestamptz, ${columns}
    from (select facts.*, ${choice ?? ""}::text as chosen_by from (${facts}) as facts) as facts`;
}

/** Keeps a span's rows by adding up those of the shorter spans that it consists of. */
export function addUp(db: Db, rollup: Rollup, { shop, span, choice }: Summed) {
  const { shopId, timeZone } = shop;
  const keys = Prisma.raw([...(rollup.hasChoices ? ["chosen_by"] : []), ...rollup.keys].join(", "));
  const sums = Prisma.raw(rollup.sums.map((name) => `sum(${name})`).join(", "));
  const chosen = rollup.hasChoices ? Prisma.sql`chosen_by = ${choice ?? ""}::text` : TRUE;
  return db.$executeRaw`
    insert into ${Prisma.raw(rollup.table)} (shop_id, unit, starts_at, ${columnsOf(rollup)})
    select ${shopId}::int, ${span.unit}::text, ${span.from}::timestamptz, ${keys}, ${sums}
    from ${Prisma.raw(rollup.table)}
    where shop_id = ${shopId}::int and unit = ${partsOf(span, timeZone)[0]?.unit}::text
      and starts_at >= ${span.from}::timestamptz and starts_at < ${span.to}::timestamptz
      and ${rollup.within?.(span) ?? TRUE} and ${chosen}
    group by ${keys}`;
}

const TRUE = Prisma.sql`true`;
