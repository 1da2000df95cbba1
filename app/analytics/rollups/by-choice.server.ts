import { Prisma } from "@prisma/client";
import type { Database, Db } from "~/platform/db.server";
import { dimensionOf, sessionsIn } from "../filters.server";
import { IS_CHANGED_BY } from "./changes.server";
import { CHOSEN_BY, type Choice } from "./choices";
import { addUp, partsOf, sumFacts, type OfShop } from "./keeping.server";
import { alone } from "./lock.server";
import { ROLLUPS_BY_CHOICE } from "./registry.server";
import type { Span } from "./tiles";

/** To count what a filter chooses of a week takes long where these are more sessions. */
const MANY = 5_000;

type KeptSpan = Span & { chosenAt: Date | null; chosenBy: Choice[] };

/** Keeps, of a shop's weeks and four weeks that are kept and still hold, the rows of the filters that choose many of
 * their sessions, one span after the other: what changed since waits for the next time.
 * @param many how many sessions of a week are many
 * @param signal ends it after the span under way */
export async function keepChoices(
  db: Database,
  shop: OfShop,
  { many = MANY, signal }: { many?: number; signal?: AbortSignal } = {},
): Promise<void> {
  while (!signal?.aborted && (await alone(db, shop.shopId, () => keepNext(db, shop, many))));
}

/** @returns whether there was a span to be kept */
async function keepNext(db: Db, shop: OfShop, many: number): Promise<boolean> {
  const weeks = await keptSpans(db, shop, "week");
  const week = weeks.find(isMissing);
  if (week) {
    await keep(db, shop, { span: week, choices: await choicesOf(db, shop.shopId, { week, many }) });
    return true;
  }
  for (const span of (await keptSpans(db, shop, "fourWeeks")).filter(isMissing)) {
    const choices = choicesOfAll(partsIn(span, weeks, shop));
    if (choices === null) continue;
    await keep(db, shop, { span, choices });
    return true;
  }
  return false;
}

const isMissing = ({ chosenAt }: KeptSpan): boolean => chosenAt === null;

const keptSpans = (db: Db, { shopId, timeZone }: OfShop, unit: Span["unit"]) =>
  db.$queryRaw<KeptSpan[]>`
    select unit, starts_at as "from", ends_at as "to", chosen_at as "chosenAt", chosen_by as "chosenBy"
    from rollup_spans s
    where shop_id = ${shopId}::int and basis = 'facts' and unit = ${unit}::text
      and time_zone = ${timeZone}::text and not exists (
        select from rollup_changes c where c.shop_id = s.shop_id and ${IS_CHANGED_BY})
    order by starts_at desc`;

/** The filters that choose many of a week's sessions. */
async function choicesOf(
  db: Db,
  shopId: number,
  { week, many }: { week: Span; many: number },
): Promise<Choice[]> {
  const values = CHOSEN_BY.map((name) => Prisma.sql`(${name}, ${dimensionOf(name, "UTC")})`);
  const found = await db.$queryRaw<{ choice: Choice }[]>`
    select name || '=' || value as choice
    from sessions s cross join lateral (values ${Prisma.join(values)}) as of(name, value)
    where ${sessionsIn(shopId, week, {})}
    group by name, value having count(*) > ${many}::int order by 1`;
  return found.map(({ choice }) => choice);
}

/** The weeks of which four weeks consist. */
const partsIn = (span: Span, weeks: readonly KeptSpan[], { timeZone }: OfShop) =>
  partsOf(span, timeZone).map(({ from }) =>
    weeks.find((week) => week.from.getTime() === from.getTime()),
  );

/** The filters of which each span has rows; null where that is not known of one. */
function choicesOfAll(spans: readonly (KeptSpan | undefined)[]): Choice[] | null {
  const [first, ...others] = spans.flatMap((span) => (span?.chosenAt ? [span.chosenBy] : []));
  if (first === undefined || others.length + 1 < spans.length) return null;
  return first.filter((choice) => others.every((of) => of.includes(choice)));
}

/** Rows of an attempt that was cut short are dropped first. */
async function keep(
  db: Db,
  shop: OfShop,
  { span, choices }: { span: Span; choices: readonly Choice[] },
): Promise<void> {
  const { unit, from } = span;
  for (const rollup of ROLLUPS_BY_CHOICE) {
    await db.$executeRaw`
      delete from ${Prisma.raw(rollup.table)}
      where shop_id = ${shop.shopId}::int and unit = ${unit}::text
        and starts_at = ${from}::timestamptz and chosen_by <> ''`;
    for (const choice of choices)
      await (unit === "week" ? sumFacts : addUp)(db, rollup, { shop, span, choice });
  }
  await db.$executeRaw`
    update rollup_spans set chosen_by = ${choices}::text[], chosen_at = now()
    where shop_id = ${shop.shopId}::int and basis = 'facts' and unit = ${unit}::text
      and starts_at = ${from}::timestamptz`;
}
