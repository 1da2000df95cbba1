import { Prisma } from "@prisma/client";
import { dayAt } from "~/platform/calendar";
import type { Database } from "~/platform/db.server";
import { DAY } from "~/platform/time";
import { FILTER_NAMES } from "../filters";
import { daysFrom } from "../period";
import type { Question } from "../report";
import { firstMoment } from "../rollups/keeping.server";
import { askRollups } from "../rollups/reading.server";
import type { Tiling } from "../rollups/tiles";
import type { Asked } from "./definitions";
import { cohortRollup, type KeptBy } from "./rollup.server";
import type { StepUnit } from "./steps.server";

/** What is kept of the people who are asked for: by what, and of which value of it where a filter names one. */
export type Kept = { by: KeptBy; value: string | null };

/** Null where nothing is kept. One filter by what is kept chooses one of its values, for filters choose by the
 * first time. */
export function keptOf({ view: { filters } }: Question, { first, split }: Asked): Kept | null {
  if (split === "product") return null;
  const [filter, ...others] = FILTER_NAMES.filter((name) => filters[name] !== undefined);
  const by = split === "none" ? "all" : split;
  if (!filter) return { by, value: null };
  if (others.length > 0 || (filter !== "channel" && filter !== "device")) return null;
  const value = filters[filter] ?? null;
  if (first === "order" && value === "unseen") return null; // no session is, but an order without one
  return by === "all" || by === filter ? { by: filter, value } : null;
}

/** So much time is read from facts beside what is kept; counting all costs less than more of it. */
const MOST_LIVE = 3 * DAY;

/** @param since when the shop's facts begin: reading what was before costs nothing */
const isMostlyKept = ({ live }: Tiling, since: Date): boolean =>
  live
    .map(({ from, to }) => to.getTime() - Math.max(from.getTime(), since.getTime()))
    .reduce((sum, time) => sum + Math.max(0, time), 0) <= MOST_LIVE;

type Ways = {
  /** What is asked of `parts`: rows of the rollup of whose first time is in the period, followed until now. */
  kept: (parts: Prisma.Sql) => Prisma.Sql;
  /** The query for the same without what is kept. */
  counted: Prisma.Sql;
};

/** Asks what is kept of visits or orders, or counts them where too little is.
 * @param about `unit`: the steps in which people are followed */
export async function askKept<Row extends object>(
  db: Database,
  about: { question: Question; asked: Asked; unit: StepUnit },
  { kept, counted }: Ways,
): Promise<Row[]> {
  const { question, asked, unit } = about;
  const { view, now, shopId } = question;
  const known = keptOf(question, asked);
  const since = known && now >= view.period.from ? await firstMoment(db, shopId) : null;
  if (!known || !since) return db.$queryRaw<Row[]>(counted);
  const rollup = cohortRollup(asked.first, { by: [known.by], units: [unit] });
  return askRollups<Row>(db, { question: untilNow(question), steps: [] }, (partsOf, tilingOf) =>
    isMostlyKept(tilingOf(rollup), since)
      ? kept(rowsOf(partsOf(rollup), question, { unit, known }))
      : counted,
  );
}

/** Who came first in the period may come again until now. */
function untilNow({ shopId, view, now }: Question): Question {
  const { days, timeZone, from } = view.period;
  const today = dayAt(now, timeZone);
  const all = daysFrom(days[0] ?? today, today, timeZone);
  const period = { ...view.period, ...all, from, to: new Date(now.getTime() + 1) };
  return { shopId, now, view: { ...view, period, filters: {} } };
}

type Known = { unit: StepUnit; known: Kept };

function rowsOf(parts: Prisma.Sql, { view }: Question, { unit, known }: Known): Prisma.Sql {
  const { days } = view.period;
  const { by, value } = known;
  return Prisma.sql`(
    select * from ${parts} as part
    where dimension = ${Prisma.raw(`'${by}'::text`)} and step_unit = ${Prisma.raw(`'${unit}'::text`)}
      and first_day between ${days[0]}::text::date and ${days.at(-1)}::text::date
      and ${value === null ? Prisma.sql`true` : Prisma.sql`value = ${value}::text`})`;
}
