import { Prisma } from "@prisma/client";
import { MOST_GROUPS, type Split } from "./definitions";

/** The ctes that give `followed (grp, first_day, step, people)` from rows of a rollup. Groups are told apart as
 * bytes, which the database does much faster. */
export const followedOf = (parts: Prisma.Sql, split: Split): Prisma.Sql => Prisma.sql`
  parts as materialized (
    select ${split === "none" ? Prisma.sql`'all'::text` : Prisma.sql`value`} collate "C" as grp,
           first_day, step, people
    from ${parts} as part where people > 0
  ), largest as (
    select grp from parts where step = 0 group by grp
    order by sum(people) desc, grp collate "default" limit ${MOST_GROUPS}::int
  ), followed as (
    select coalesce(largest.grp, 'other') as grp, first_day, step, people
    from parts left join largest using (grp)
  )`;
