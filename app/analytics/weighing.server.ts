import { Prisma } from "@prisma/client";

/** How many sessions or page views a row stands for: itself and those that were not sampled. Divided
 * as `real`, which makes 10 of 0.1, then widened, so that a sum of many loses none. Of a visitor's
 * rows the smallest weight counts: the highest rate decided whether they were seen at all. */
export const WEIGHT = Prisma.sql`(1::real / sample_rate)::float8`;
