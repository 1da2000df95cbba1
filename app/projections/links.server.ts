import type pg from "pg";
import type { Db } from "~/platform/db.server";
import { InvalidInput } from "~/platform/errors";
import { inTransaction, type Sql } from "~/platform/sql.server";
import { refoldWholly } from "./change.server";
import { customerOf, visitorOfClient, visitorOfCustomer } from "./identity";
import { summarizeVisitors } from "./visitors/summarize.server";

/** A browser that is taken for a customer's. */
export type Link = {
  clientId: string;
  customerId: string;
  /** The merchant says that it is not. */
  isUndone: boolean;
  /** Sessions in it that count as the visitor's, those of before and after a sign-in included. */
  sessionCount: number;
  evidence: Evidence[];
};

/** What shows it, by kind: `signed_in`, an event named the customer; `order`, the customer's order came of
 * a checkout in the browser. */
export type Evidence = {
  kind: "signed_in" | "order";
  /** The first event that shows it, and when that was. */
  eventId: string;
  at: Date;
  /** The order, where it shows it. */
  orderId: string | null;
  /** How many sessions show it. */
  sessions: number;
};

/** Why a visitor is one person: the browsers with what ties each to the customer, those included whose
 * link was undone. For a browser of nobody's: the customers whom it was tied to. */
export async function linksOf(db: Db, shopId: number, visitorId: string): Promise<Link[]> {
  const [evidence, sessions] = await Promise.all([
    evidenceFor(db, shopId, visitorId),
    db.session.groupBy({
      by: "clientId",
      where: { shopId, visitorId, botRule: null },
      _count: true,
    }),
  ]);
  const counts = new Map(sessions.map(({ clientId, _count }) => [clientId, _count]));
  const links = new Map<string, Link>();
  for (const { clientId, customerId, isUndone, ...shown } of evidence) {
    const sessionCount = counts.get(clientId) ?? 0;
    const link = { clientId, customerId, isUndone, sessionCount, evidence: [] };
    const known = links.get(`${customerId} ${clientId}`) ?? link;
    known.evidence.push(shown);
    links.set(`${customerId} ${clientId}`, known);
  }
  return [...links.values()];
}

type Shown = Evidence & Pick<Link, "clientId" | "customerId" | "isUndone">;

function evidenceFor(db: Db, shopId: number, visitorId: string): Promise<Shown[]> {
  const customerId = customerOf(visitorId);
  const clientId = customerId === null ? visitorId.slice(visitorOfClient("").length) : null;
  return db.$queryRaw<Shown[]>`
    with shown as (
      select distinct on (client_id, customer_id, kind)
             client_id, customer_id, kind, event_id, linked_at, order_id,
             count(*) over (partition by client_id, customer_id, kind)::int as sessions
      from identity_links
      where shop_id = ${shopId}::int
        and (customer_id = ${customerId}::bigint or client_id = ${clientId})
      order by client_id, customer_id, kind, linked_at, event_id
    )
    select client_id as "clientId", s.customer_id::text as "customerId", kind,
           event_id as "eventId", linked_at as at, order_id::text as "orderId", sessions,
           exists (select from identity_undos u
                   where u.shop_id = ${shopId}::int and u.client_id = s.client_id
                     and u.customer_id = s.customer_id) as "isUndone"
    from shown s order by linked_at, event_id`;
}

/** Which link, and what the merchant says of it. */
export type LinkChange = { clientId: string; customerId: string; change: "undo" | "restore" };

/** Undoes a link or restores it, and folds the browser's timeline by that.
 * @throws {InvalidInput} nothing ties this browser to this customer */
export const changeLink = (pool: pg.Pool, shopId: number, { change, ...link }: LinkChange) =>
  inTransaction(pool, async (sql) => {
    await (change === "undo" ? undoLink : restoreLink)(sql, shopId, link);
    await refoldWholly(sql, shopId, { clientIds: [link.clientId] });
    const visitors = [visitorOfClient(link.clientId), visitorOfCustomer(link.customerId)];
    await summarizeVisitors(sql, shopId, visitors);
  });

type Pair = Pick<Link, "clientId" | "customerId">;

/** Notes that a browser is not a customer's. Safe to repeat.
 * @throws {InvalidInput} nothing ties the two */
async function undoLink(sql: Sql, shopId: number, { clientId, customerId }: Pair): Promise<void> {
  const noted = await sql.run(UNDO, [shopId, clientId, customerId]);
  if (noted === 0)
    throw new InvalidInput(`browser "${clientId}" is not tied to customer ${customerId}`);
}

const UNDO = `
  insert into identity_undos (shop_id, client_id, customer_id)
  select $1::int, $2::text, $3::bigint
  where exists (select from identity_links
                where shop_id = $1::int and client_id = $2::text and customer_id = $3::bigint)
  on conflict (shop_id, client_id, customer_id) do update set undone_at = identity_undos.undone_at`;

/** Takes that back. Safe to repeat. */
const restoreLink = (sql: Sql, shopId: number, { clientId, customerId }: Pair) =>
  sql.run(RESTORE, [shopId, clientId, customerId]);

const RESTORE = `
  delete from identity_undos where shop_id = $1 and client_id = $2 and customer_id = $3`;

/** Reads a change that a form asks for.
 * @throws {InvalidInput} a field is missing or none that is known */
export function parseLinkChange(form: FormData): LinkChange {
  const [change, clientId, customerId] = ["change", "clientId", "customerId"].map((name) =>
    form.get(name),
  );
  if (change !== "undo" && change !== "restore")
    throw new InvalidInput(`change must be undo or restore, got ${JSON.stringify(change)}`);
  if (typeof clientId !== "string") throw new InvalidInput("want a clientId, got none");
  if (typeof customerId !== "string" || !/^\d{1,18}$/.test(customerId))
    throw new InvalidInput(`customerId must be digits, got ${JSON.stringify(customerId)}`);
  return { change, clientId, customerId };
}
