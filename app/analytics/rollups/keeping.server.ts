import { Prisma } from "@prisma/client";
import { addDays, dayAt } from "~/platform/calendar";
import type { Database, Db } from "~/platform/db.server";
import { DAY, HOUR, MINUTE, SECOND } from "~/platform/time";
import { IS_CHANGED_BY } from "./changes.server";
import { rollupsOn } from "./registry.server";
import { BASES, type Basis, type Rollup } from "./rollup";
import { dayOf, hoursOf, isMonday, spanKey, weekOf, type Span } from "./tiles";

/** A shop and its days. */
export type OfShop = { shopId: number; timeZone: string };

/** How far back answers are kept; of its last days also by the hour. */
const DAYS_KEPT = 400;
const DAYS_OF_HOURS = 2;
/** A span may be kept when it has been over for so long, and nobody who came in it is still there. */
const SETTLED = HOUR;

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

/** Drops the hours of days that are kept as a whole by now. */
export const dropOldHours = (db: Database, { shopId }: OfShop, now: Date): Promise<void> =>
  db.$transaction(async (tx) => {
    const old = await tx.$queryRaw<Gone[]>`
      delete from rollup_spans where shop_id = ${shopId}::int and unit = 'hour'
        and ends_at < ${new Date(now.getTime() - (DAYS_OF_HOURS + 1) * DAY)}::timestamptz
      returning basis, unit, starts_at as "from"`;
    await dropGone(tx, shopId, old);
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
  let count = 0;
  for (const basis of BASES) {
    if (basis === "catalogue" && isChanging) continue;
    const kept = new Set(spans.filter((span) => span.basis === basis).map(spanKey));
    for (const span of missingSpans({ now, first, timeZone: shop.timeZone, kept })) {
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

type Missing = { now: Date; first: Date; timeZone: string; kept: ReadonlySet<string> };

/** The spans that are over and not kept, from that with the first fact on: the latest days first, each after its
 * hours, weeks after their days. */
export function missingSpans({ now, first, timeZone, kept }: Missing): Span[] {
  const today = dayAt(now, timeZone);
  const earliest = Math.max(first.getTime(), now.getTime() - DAYS_KEPT * DAY);
  const since = dayAt(new Date(earliest), timeZone);
  const spans: Span[] = [];
  for (let day = today, ago = 0; day >= since; day = addDays(day, -1), ago++) {
    const whole = dayOf(day, timeZone);
    if (ago < DAYS_OF_HOURS) spans.push(...hoursOf(whole).reverse());
    spans.push(whole);
    if (isMonday(day)) spans.push(weekOf(day, timeZone));
  }
  const canBeKept = ({ to }: Span) => to > first && to.getTime() + SETTLED <= now.getTime();
  return spans.filter((span) => canBeKept(span) && !kept.has(spanKey(span)));
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
  const parts = span.unit === "hour" ? [] : partsOf(span, shop.timeZone);
  const fromParts = parts.length > 0 && parts.every((part) => kept.has(spanKey(part)));
  if (span.unit === "week" && !fromParts) return false;
  if (await isOpen(db, shop.shopId, { span, now })) return false;
  await dropRows(db, shop.shopId, { basis, spans: [span] }); // of an attempt that was cut short
  for (const rollup of rollupsOn(basis))
    await (fromParts ? addUp : sumFacts)(db, rollup, { shop, span, parts });
  await db.$executeRaw`
    insert into rollup_spans (shop_id, basis, unit, starts_at, ends_at, time_zone)
    values (${shop.shopId}::int, ${basis}::text, ${span.unit}::text, ${span.from}::timestamptz,
            ${span.to}::timestamptz, ${shop.timeZone}::text)`;
  kept.add(spanKey(span));
  return true;
}

/** The spans of the next shorter unit. */
function partsOf(span: Span, timeZone: string): Span[] {
  if (span.unit === "day") return hoursOf(span);
  const monday = dayAt(span.from, timeZone);
  return Array.from({ length: 7 }, (_, n) => dayOf(addDays(monday, n), timeZone));
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

type Summed = { shop: OfShop; span: Span; parts: readonly Span[] };

const columnsOf = ({ keys, sums }: Rollup) => Prisma.raw([...keys, ...sums].join(", "));

function sumFacts(db: Db, rollup: Rollup, { shop: { shopId }, span }: Summed) {
  const columns = columnsOf(rollup);
  const facts = rollup.facts({ shopId, from: span.from, to: span.to, filters: {} }, () =>
    Prisma.raw("'all'::text"),
  );
  return db.$executeRaw`
    insert into ${Prisma.raw(rollup.table)} (shop_id, unit, starts_at, ${columns})
    select ${shopId}::int, ${span.unit}::text, ${span.from}::timestamptz, ${columns}
    from (${facts}) as facts`;
}

function addUp(db: Db, rollup: Rollup, { shop: { shopId }, span, parts }: Summed) {
  const keys = Prisma.raw(rollup.keys.join(", "));
  const sums = Prisma.raw(rollup.sums.map((name) => `sum(${name})`).join(", "));
  return db.$executeRaw`
    insert into ${Prisma.raw(rollup.table)} (shop_id, unit, starts_at, ${columnsOf(rollup)})
    select ${shopId}::int, ${span.unit}::text, ${span.from}::timestamptz, ${keys}, ${sums}
    from ${Prisma.raw(rollup.table)}
    where shop_id = ${shopId}::int and unit = ${parts[0]?.unit}::text
      and starts_at >= ${span.from}::timestamptz and starts_at < ${span.to}::timestamptz
      and ${rollup.within?.(span) ?? Prisma.sql`true`}
    group by ${keys}`;
}
