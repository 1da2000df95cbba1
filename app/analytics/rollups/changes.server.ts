import { Prisma } from "@prisma/client";

/** Whether a change `c` is one of a span `s`: of its basis or of facts, on which all depend, and within one of
 * its hours or of all. */
export const IS_CHANGED_BY: Prisma.Sql = Prisma.sql`(
  c.basis in ('facts', s.basis)
  and (c.hour is null or c.hour < s.ends_at and c.hour + interval '1 hour' > s.starts_at))`;
