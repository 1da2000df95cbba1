import type { Db } from "~/platform/db.server";
import { columnOf, type Fact, type SqlType } from "./fact";
import { cartActions } from "./facts/cart-actions";
import { checkoutSteps } from "./facts/checkout-steps";
import { funnelSteps } from "./facts/funnel-steps";
import { pageViews } from "./facts/page-views";
import { productViews } from "./facts/product-views";
import { searches } from "./facts/searches";
import { sessions } from "./facts/sessions";
import type { Visit } from "./visit";

/** A fact without its row's type: its rows go straight into its table. */
type AnyFact = {
  table: string;
  at: string;
  columns: Record<string, SqlType>;
  fold: (visit: Visit) => object[];
};

/** Where a visit is set aside that a fold could not take; it goes when the visit is folded again. */
const failures: Fact<FailureRow> = {
  table: "fold_failures",
  at: "startedAt",
  columns: {
    sessionId: "text",
    clientId: "text",
    failedTable: "text",
    startedAt: "timestamptz",
    error: "text",
  },
  fold: () => [],
};
type FailureRow = {
  sessionId: string;
  clientId: string;
  failedTable: string;
  startedAt: Date;
  error: string;
};

/** Every table that visits fold into; what could not be folded comes last. */
export const FACTS: readonly AnyFact[] = [
  sessions,
  pageViews,
  productViews,
  searches,
  cartActions,
  checkoutSteps,
  funnelSteps,
  failures,
];

/** A shop's visits, ready to be written. */
export type Folded = { shopId: number; visits: readonly Visit[] };

/** Takes out what timelines hold from a moment on.
 * @param windows JSON of a list of `Touch` */
export const clearFrom = (db: Db, windows: string): Promise<number> =>
  db.$executeRawUnsafe(CLEAR, windows);

/** Takes out what a shop's tables hold from a moment on. */
export async function clearShop(db: Db, shopId: number, since = new Date(0)): Promise<void> {
  for (const { table, at } of FACTS)
    await db.$executeRawUnsafe(
      `delete from ${table} where shop_id = $1::int and ${columnOf(at)} >= $2::timestamptz`,
      shopId,
      since,
    );
}

/** Writes the rows of visits into every table. A visit that a fold throws at is left out of that table
 * and noted; nothing else stops for it.
 * @param facts other folds for the same tables, for tests */
export async function writeFacts(
  db: Db,
  folded: readonly Folded[],
  facts: readonly AnyFact[] = FACTS,
): Promise<void> {
  const failed: object[] = [];
  const foldAll = (fact: AnyFact) =>
    folded.flatMap(({ shopId, visits }) =>
      visits.flatMap((visit) => {
        try {
          return fact.fold(visit).map((row) => ({ shopId, ...row }));
        } catch (error) {
          failed.push({ shopId, ...toFailure(fact, visit, error) });
          return [];
        }
      }),
    );
  const rows = facts.slice(0, -1).map(foldAll);
  await db.$executeRawUnsafe(INSERT, ...[...rows, failed].map((each) => JSON.stringify(each)));
}

const toFailure = ({ table }: AnyFact, { events: [first] }: Visit, error: unknown): FailureRow => ({
  sessionId: first.eventId,
  clientId: first.clientId,
  failedTable: table,
  startedAt: first.occurredAt,
  error: String(error).slice(0, 1_000),
});

/** These two statements are made of constants of ours; what comes from outside is in their parameters. */
const CLEAR = `
  with touched as (
    select * from jsonb_to_recordset($1::jsonb)
      as touched("shopId" int, "clientId" text, since timestamptz)
  )${FACTS.map(
    ({ table, at }) => `, from_${table} as (
    delete from ${table} f using touched
    where f.shop_id = "shopId" and f.client_id = "clientId" and f.${columnOf(at)} >= since
  )`,
  ).join("")}
  select`;

const INSERT = `
  with ${FACTS.map((fact, index) => `into_${fact.table} as (${insertInto(fact, index + 1)})`).join(", ")}
  select`;

function insertInto({ table, columns }: AnyFact, parameter: number): string {
  const fields = Object.entries(columns);
  return `
    insert into ${table} (shop_id, ${fields.map(([field]) => columnOf(field)).join(", ")})
    select "shopId", ${fields.map(([field]) => `"${field}"`).join(", ")}
    from jsonb_to_recordset($${parameter}::jsonb) as row(
      "shopId" int, ${fields.map(([field, type]) => `"${field}" ${type}`).join(", ")})`;
}
