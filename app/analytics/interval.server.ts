import { Prisma } from "@prisma/client";

/** Two-sided 95 %: the quantile of the normal distribution. */
const Z = 1.959963984540054;

/** The lower end of the 95 % interval of a share, Wilson's, as SQL: 1 of 1 is at least 0.21, 90 of 100
 * are at least 0.83. Null where nothing was counted.
 * @param part, whole columns: how many of how many were counted
 * @see Wilson (1927), Probable inference, the law of succession, and statistical inference */
export const leastShare = (part: Prisma.Sql, whole: Prisma.Sql): Prisma.Sql => {
  const share = Prisma.sql`(${part}::float8 / nullif(${whole}, 0))`;
  return Prisma.sql`case when ${whole} > 0 then
    greatest(0, (${share} + ${Z * Z}::float8 / (2 * ${whole})
      - ${Z}::float8 * sqrt(${share} * (1 - ${share}) / ${whole}
                            + ${Z * Z}::float8 / (4 * ${whole}::float8 * ${whole})))
    / (1 + ${Z * Z}::float8 / ${whole})) end`;
};
