import type { Sql } from "~/platform/sql.server";
import { columnOf, type Columns, type SqlType } from "~/platform/columns";
import { cartActions } from "./facts/cart-actions";
import { checkoutSteps } from "./facts/checkout-steps";
import { clicks } from "./facts/clicks";
import { engagements } from "./facts/engagements";
import { funnelSteps } from "./facts/funnel-steps";
import { identityLinks } from "./facts/identity-links";
import { pageViews } from "./facts/page-views";
import { productViews } from "./facts/product-views";
import { searches } from "./facts/searches";
import { sessionProducts } from "./facts/session-products";
import { sessions } from "./facts/sessions";
import type { Token } from "./history.server";
import { checkFor, insertRows, type OfShop } from "~/platform/rows.server";
import type { Visit } from "./visit";

/** A fact without its row's type: its rows go straight into its table. */
export type AnyFact = {
  table: string;
  version: number;
  at: string;
  columns: Record<string, SqlType>;
  fold: (visit: Visit) => object[];
};

const SESSIONS: AnyFact = sessions;
const STEPS: AnyFact = checkoutSteps;

/** Every table that visits fold into. */
export const FACTS: readonly AnyFact[] = [
  SESSIONS,
  identityLinks,
  pageViews,
  productViews,
  sessionProducts,
  searches,
  cartActions,
  STEPS,
  funnelSteps,
  clicks,
  engagements,
];

/** Tables that hang together: orders are joined to sessions by the steps of checkouts, and all of them
 * say who a session's visitor is. They are made anew together or not at all. */
export const JOURNEYS: readonly AnyFact[] = [SESSIONS, identityLinks, STEPS];

/** What a fold threw at, and where it is missing; it goes when the same is folded again. */
export type FailureRow = {
  /** A session's id, or the order's or customer's that could not be folded. */
  sessionId: string;
  /** Empty for what no browser sent. */
  clientId: string;
  failedTable: string;
  startedAt: Date;
  error: string;
};
const FAILURES: { table: string; columns: Columns<FailureRow> } = {
  table: "fold_failures",
  columns: {
    sessionId: "text",
    clientId: "text",
    failedTable: "text",
    startedAt: "timestamptz",
    error: "text",
  },
};

/** A shop's visits, ready to be written. */
export type Folded = { shopId: number; visits: readonly Visit[] };

/** Rows of one table, ready to be written. */
type Written = { fact: AnyFact; rows: OfShop<object>[] };

const CHECKS = new Map(FACTS.map((fact) => [fact.table, checkFor<object>(fact)]));

/** Folds visits into the rows of tables. A visit that a fold throws at is left out of that table and
 * noted; nothing else stops for it. */
export function foldVisits(folded: readonly Folded[], facts: readonly AnyFact[]) {
  const failures: OfShop<FailureRow>[] = [];
  const foldOne = (fact: AnyFact, shopId: number, visit: Visit): OfShop<object>[] => {
    try {
      const rows = fact.fold(visit);
      rows.forEach(CHECKS.get(fact.table) ?? checkFor<object>(fact));
      return rows.map((row) => Object.assign(row, { shopId }));
    } catch (error) {
      failures.push({ shopId, ...toFailure(fact, visit, error) });
      return [];
    }
  };
  const written = facts.map((fact): Written => {
    const rows = folded.flatMap(({ shopId, visits }) =>
      visits.flatMap((visit) => foldOne(fact, shopId, visit)),
    );
    return { fact, rows };
  });
  return { written, failures };
}

/** Writes what `foldVisits` made. */
export async function writeRows(
  sql: Sql,
  { written, failures }: ReturnType<typeof foldVisits>,
): Promise<void> {
  for (const { fact, rows } of written) await insertRows(sql, fact, rows);
  await noteFailures(sql, failures);
}

export const noteFailures = (sql: Sql, failures: readonly OfShop<FailureRow>[]): Promise<void> =>
  insertRows(sql, FAILURES, failures);

const toFailure = ({ table }: AnyFact, { events: [first] }: Visit, error: unknown): FailureRow => ({
  sessionId: first.eventId,
  clientId: first.clientId,
  failedTable: table,
  startedAt: first.occurredAt,
  error: String(error).slice(0, 1_000),
});

/** When a row of a fact happened; not as an index has it: of a table that nobody has analyzed yet, such as a
 * stage, the planner would go through all clients' rows since a moment rather than through one client's. */
const timeOf = (fact: AnyFact) => `f.${columnOf(fact.at)} + interval '0'`;

/** Takes out what timelines hold from a moment on, and what was set aside of it.
 * @param windows shops, clients and moments, as three parallel arrays
 * @returns the checkouts of which steps went */
export const clearFrom = (
  sql: Sql,
  windows: readonly unknown[],
  facts: readonly AnyFact[],
): Promise<Token[]> =>
  sql.rows<Token>(
    `with touched as (
      select * from unnest($1::int[], $2::text[], $3::timestamptz[]) as t(shop_id, client_id, since)
    )${facts
      .map(
        (fact) => `, from_${fact.table} as (
      delete from ${fact.table} f using touched t
      where f.shop_id = t.shop_id and f.client_id = t.client_id and ${timeOf(fact)} >= t.since
      returning f.shop_id, ${fact === STEPS ? "f.checkout_token" : "null::text"} as token
    )`,
      )
      .join("")}, from_failures as (
      delete from fold_failures f using touched t
      where f.shop_id = t.shop_id and f.client_id = t.client_id and f.started_at >= t.since
        and f.failed_table = any($4::text[])
    )
    ${
      facts.includes(STEPS)
        ? `select distinct shop_id as "shopId", token from from_${STEPS.table} where token is not null`
        : "select where false"
    }`,
    [...windows, facts.map(({ table }) => table)],
  );
