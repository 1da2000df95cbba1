import { Prisma } from "@prisma/client";

/** Two-sided 95 %: the quantile of the normal distribution. */
const Z = 1.959963984540054;

/** The lower end of the 95 % interval of a share, Wilson's, as SQL: 1 of 1 is at least 0.21, 90 of 100
 * are at least 0.83. Null where nothing was counted. It is written without a difference, which would not be 0 for none
 * of many: the interval's ends are x - y and x + y over the same, and their product is known.
 * @param part, whole columns: how many of how many were counted
 * @see Wilson (1927), Probable inference, the law of succession, and statistical inference */
export const leastShare = (part: Prisma.Sql, whole: Prisma.Sql): Prisma.Sql => {
  const count = Prisma.sql`nullif(${whole}, 0)::float8`;
  const share = Prisma.sql`(${part} / ${count})`;
  const spread = Prisma.sql`${Z * Z}::float8 / ${count}`;
  return Prisma.sql`(${share} ^ 2
    / (${share} + ${spread} / 2
       + ${Z}::float8 * sqrt(${share} * (1 - ${share}) / ${count} + ${spread} / (4 * ${count}))))`;
};
