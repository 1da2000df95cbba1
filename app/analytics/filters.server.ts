import { Prisma } from "@prisma/client";
import { DAY } from "~/platform/time";
import { FILTER_NAMES, type Dimension, type Filters } from "./filters";
import type { Period } from "./period";

const none = (column: string) => `coalesce(${column}, 'none')`;

/** What each dimension is of `sessions s`; `$zone` stands for the shop's time zone. */
const COLUMNS: Record<Dimension, string> = {
  channel: "s.channel",
  source: "coalesce(s.utm_source, s.referrer_host, 'none')",
  campaign: none("s.utm_campaign"),
  device: none("s.device"),
  browser: none("s.browser"),
  country: none("s.country"),
  landing: none("s.entry_path"),
  visitor: "case when s.is_returning then 'returning' else 'new' end",
  os: none("s.os"),
  language: none("s.language"),
  exit: none("s.exit_path"),
  hour: "to_char(s.started_at at time zone $zone, 'HH24')",
  weekday: "to_char(s.started_at at time zone $zone, 'ID')",
};

/** A dimension's value of `sessions s`, as text: hours are 00 to 23, weekdays 1, Monday, to 7.
 * @param timeZone the shop's, or an expression for it: one that PostgreSQL knows */
export function dimensionOf(dimension: Dimension, timeZone: string | Prisma.Sql): Prisma.Sql {
  const [before = "", after] = COLUMNS[dimension].split("$zone");
  if (after === undefined) return Prisma.raw(before);
  return Prisma.sql`${Prisma.raw(before)}${timeZone}::text${Prisma.raw(after)}`;
}

/** Whether `sessions s` are among those that filters choose. */
export const chosen = (filters: Filters): Prisma.Sql =>
  Prisma.join(
    [
      Prisma.sql`true`,
      ...FILTER_NAMES.flatMap((name) => {
        const value = filters[name];
        return value === undefined
          ? []
          : [Prisma.sql`${Prisma.raw(COLUMNS[name])} = ${value}::text`];
      }),
    ],
    " and ",
  );

/** Sessions `s` of a shop that started in a period, without those of bots. */
export const sessionsIn = (
  shopId: number,
  { from, to }: Pick<Period, "from" | "to">,
  filters: Filters,
): Prisma.Sql => Prisma.sql`
  s.shop_id = ${shopId}::int and s.started_at >= ${from}::timestamptz
  and s.started_at < ${to}::timestamptz and s.bot_rule is null and ${chosen(filters)}`;

/** Whether the session of a fact `f` is among those that filters choose.
 * @param within the stretch of time that the fact lies in, where it is one of what was done in its session: so only those
 *   sessions are looked at that may have been under way */
export const ofChosenSessions = (
  filters: Filters,
  within?: { from: Date; to: Date },
): Prisma.Sql =>
  FILTER_NAMES.every((name) => filters[name] === undefined)
    ? Prisma.sql`true`
    : Prisma.sql`exists (
        select from sessions s
        where s.shop_id = f.shop_id and s.session_id = f.session_id and ${chosen(filters)}
          ${within ? underWayIn(within) : Prisma.empty})`;

/** An index knows the sessions of more than a day, which are few. */
const underWayIn = ({ from, to }: { from: Date; to: Date }): Prisma.Sql => Prisma.sql`
  and s.started_at < ${to}::timestamptz and (
    s.started_at >= ${new Date(from.getTime() - DAY)}::timestamptz
    or s.ended_at - s.started_at > interval '1 day')`;
