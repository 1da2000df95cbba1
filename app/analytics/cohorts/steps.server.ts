import { Prisma } from "@prisma/client";
import { MOST_STEPS as MOST_OF_COHORTS } from "./cells";
import { MOST_STEPS as MOST_SINCE, type RetentionUnit } from "./curve";

type Between = (first: Prisma.Sql, day: Prisma.Sql) => Prisma.Sql;

/** Whole days, weeks or months from a date to another one. */
export const SINCE: Record<RetentionUnit, Between> = {
  day: (first, day) => Prisma.sql`(${day} - ${first})`,
  week: (first, day) => Prisma.sql`((${day} - ${first}) / 7)`,
  month: (first, day) => Prisma.sql`
    (extract(year from age(${day}, ${first})) * 12
     + extract(month from age(${day}, ${first})))::int`,
};

/** How many weeks or months of the calendar after that of a date another one is in. */
const CALENDAR: Record<"week" | "month", Between> = {
  week: (first, day) => Prisma.sql`((${sundayBefore(day)} - ${sundayBefore(first)}) / 7)`,
  month: (first, day) => Prisma.sql`(${monthsOf(day)} - ${monthsOf(first)})`,
};
const sundayBefore = (day: Prisma.Sql) => Prisma.sql`(${day} - extract(isodow from ${day})::int)`;
const monthsOf = (day: Prisma.Sql) =>
  Prisma.sql`(extract(year from ${day}) * 12 + extract(month from ${day}))::int`;

/** The steps in which people are followed, and how far. */
export const STEPS = {
  day: { between: SINCE.day, most: MOST_SINCE.day },
  week: { between: SINCE.week, most: MOST_SINCE.week },
  month: { between: SINCE.month, most: MOST_SINCE.month },
  calendar_week: { between: CALENDAR.week, most: MOST_OF_COHORTS },
  calendar_month: { between: CALENDAR.month, most: MOST_OF_COHORTS },
} as const;
export type StepUnit = keyof typeof STEPS;
export const STEP_UNITS = Object.keys(STEPS).filter((name): name is StepUnit =>
  Object.hasOwn(STEPS, name),
);
