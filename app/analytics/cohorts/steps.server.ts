import { Prisma } from "@prisma/client";
import type { RetentionUnit } from "./curve";

/** Whole days, weeks or months from a date to another one. */
export const SINCE: Record<RetentionUnit, (first: Prisma.Sql, day: Prisma.Sql) => Prisma.Sql> = {
  day: (first, day) => Prisma.sql`(${day} - ${first})`,
  week: (first, day) => Prisma.sql`((${day} - ${first}) / 7)`,
  month: (first, day) => Prisma.sql`
    (extract(year from age(${day}, ${first})) * 12
     + extract(month from age(${day}, ${first})))::int`,
};

/** The beginning of the calendar's week or month that a date is in. */
export const CALENDAR: Record<"week" | "month", (day: Prisma.Sql) => Prisma.Sql> = {
  week: (day) => Prisma.sql`date_trunc('week', ${day}::timestamp)`,
  month: (day) => Prisma.sql`date_trunc('month', ${day}::timestamp)`,
};
