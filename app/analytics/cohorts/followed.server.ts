import { Prisma } from "@prisma/client";
import { MOST_GROUPS, type Split } from "./definitions";
import type { NewIn } from "./rollup.server";

/** The ctes that give `followed (grp, first_day, day, firsts, people)` from rows of a rollup: `firsts` begin,
 * `people` are active in a step that `day` is in. */
export const followedOf = (
  parts: Prisma.Sql,
  { split, newIn }: { split: Split; newIn: NewIn },
): Prisma.Sql => Prisma.sql`
  parts as materialized (
    select ${split === "none" ? Prisma.sql`'all'::text` : Prisma.sql`value collate "default"`} as grp,
           first_day, day, sum(firsts) as firsts, sum(${Prisma.raw(newIn)}) as people
    from ${parts} as part group by 1, 2, 3
  ), largest as (
    select grp from parts group by grp order by sum(firsts) desc, grp limit ${MOST_GROUPS}::int
  ), followed as (
    select coalesce(largest.grp, 'other') as grp, first_day, day, firsts, people
    from parts left join largest using (grp)
  )`;
