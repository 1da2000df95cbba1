import { Prisma } from "@prisma/client";

/** What a row tells of the weighted `sessions`, of them the `first`, `bounced` and `converted` ones, their
 * `pages` and their `duration`, as SQL of its columns; visitors and the median are worked out otherwise. */
export const SESSION_NUMBERS = Prisma.raw(`
  round(sessions)::int as sessions, coalesce(round(first), 0)::int as "newSessions",
  (duration / sessions)::float8 as "meanDuration", pages / sessions as "pagesPerSession",
  coalesce(bounced, 0) / sessions as "bounceRate",
  1 - coalesce(bounced, 0) / sessions as "engagementRate",
  coalesce(round(converted), 0)::int as "convertedSessions",
  coalesce(converted, 0) / sessions as "conversionRate"`);
