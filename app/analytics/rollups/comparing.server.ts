import { Prisma } from "@prisma/client";
import type { Database, Db } from "~/platform/db.server";
import { MINUTE, SECOND } from "~/platform/time";
import { IS_CHANGED_BY } from "./changes.server";
import { filtersOf, type Choice } from "./choices";
import { rollupsOn } from "./registry.server";
import type { Basis, Rollup } from "./rollup";
import type { Span } from "./tiles";

type KeptSpan = Span & { basis: Basis; chosenBy: readonly Choice[] };

/** Works the kept answers of a shop out anew and compares them. A span with any that is wrong is noted as
 * changed, so nobody reads it from now on and it is kept anew.
 * @returns how many rows are wrong, missing or of nothing */
export async function compareSpans(db: Database, shopId: number): Promise<number> {
  const spans = await db.$queryRaw<KeptSpan[]>`
    select basis, unit, starts_at as "from", ends_at as "to", chosen_by as "chosenBy" from rollup_spans
    where shop_id = ${shopId}::int order by starts_at`;
  let differences = 0;
  for (const span of spans) {
    const wrong = await compareSpan(db, shopId, span);
    if (wrong > 0)
      await db.$executeRaw`
        insert into rollup_changes (shop_id, basis, hour)
        values (${shopId}::int, ${span.basis}::text, ${span.from}::timestamptz)`;
    differences += wrong;
  }
  return differences;
}

/** As of one moment, at which the span still has to hold. */
const compareSpan = (db: Database, shopId: number, span: KeptSpan): Promise<number> =>
  db.$transaction(
    async (tx) => {
      if (!(await holds(tx, shopId, span))) return 0;
      let differences = 0;
      for (const rollup of rollupsOn(span.basis))
        for (const choice of rollup.hasChoices ? [null, ...span.chosenBy] : [null])
          differences += await differencesIn(tx, rollup, { shopId, span, choice });
      return differences;
    },
    { isolationLevel: "RepeatableRead", maxWait: 10 * SECOND, timeout: 10 * MINUTE },
  );

async function holds(db: Db, shopId: number, { basis, unit, from }: KeptSpan): Promise<boolean> {
  const [row] = await db.$queryRaw<{ holds: boolean }[]>`
    select exists (
      select from rollup_spans s
      where shop_id = ${shopId}::int and basis = ${basis}::text and unit = ${unit}::text
        and starts_at = ${from}::timestamptz and not exists (
          select from rollup_changes c where c.shop_id = s.shop_id and ${IS_CHANGED_BY})
    ) as holds`;
  return row?.holds ?? false;
}

type Compared = { shopId: number; span: Span; choice: Choice | null };

/** Sums of fractions may differ by a millionth, for they depend on their order.
 * @returns how many rows differ of all sessions, or of those that a filter chooses */
async function differencesIn(
  db: Db,
  { table, keys, sums, facts, hasChoices }: Rollup,
  { shopId, span: { unit, from, to }, choice }: Compared,
): Promise<number> {
  const differs = sums.map(
    (name) => `abs(coalesce(kept.${name}, 0) - coalesce(anew.${name}, 0))
                 > 1e-6 * greatest(1, abs(coalesce(anew.${name}, 0)))`,
  );
  const on = keys.map((name) => `kept.${name} = anew.${name}`);
  const filters = choice === null ? {} : filtersOf(choice);
  const anew = facts({ shopId, from, to, filters }, () => Prisma.raw("'all'::text"));
  const chosen = hasChoices ? Prisma.sql`and chosen_by = ${choice ?? ""}::text` : Prisma.empty;
  const [row] = await db.$queryRaw<{ count: number }[]>`
    select count(*)::int as count
    from (
      select * from ${Prisma.raw(table)}
      where shop_id = ${shopId}::int and unit = ${unit}::text and starts_at = ${from}::timestamptz
        ${chosen}
    ) as kept full join (${anew}) as anew on ${Prisma.raw(on.join(" and "))}
    where ${Prisma.raw(differs.join(" or "))}`;
  return row?.count ?? 0;
}
