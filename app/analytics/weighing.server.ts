import { Prisma } from "@prisma/client";

/** Whether a metric counts what bots did. */
export type Bots = "left out" | "included";

/** How many sessions or page views a row stands for: itself and those that were not sampled. Divided
 * as `real`, which makes 10 of 0.1, then widened, so that a sum of many loses none. Of a visitor's
 * rows the smallest weight counts: the highest rate decided whether they were seen at all. */
export const WEIGHT = Prisma.sql`(1::real / sample_rate)::float8`;

/** Chooses among `sessions`. */
export const ofSessions = (bots: Bots): Prisma.Sql =>
  bots === "included" ? Prisma.sql`true` : Prisma.sql`bot_rule is null`;

/** The same among `page_views`. */
export const ofPageViews = (bots: Bots): Prisma.Sql =>
  bots === "included" ? Prisma.sql`true` : Prisma.sql`not is_bot`;
