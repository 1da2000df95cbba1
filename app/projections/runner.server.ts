import type pg from "pg";
import { readLog, type LogEntry, type Position } from "~/events/log.server";
import { groupBy } from "~/platform/group-by";
import { inTransaction, preferIndexes, type Sql } from "~/platform/sql.server";
import { claimCheckpoint, moveCheckpoint } from "./claims.server";
import { takeStale } from "./journeys.server";
import { earliestOfEach, refold, type Changes } from "./refold.server";
import { summarize } from "./visitors/failures.server";

/** How much is done in one transaction. */
export type Limits = { entries: number; visitors: number };

/** Folds the next entries of a group, or, when there are none, makes the tables of visitors anew that
 * wait for it. Rows and checkpoint are committed together.
 * @param onFolded is told of the entries before they are committed
 * @returns how many entries were read and visitors made; 0 when there are none, or another worker has
 *   the group */
export const projectNext = (
  pool: pg.Pool,
  group: number,
  limits: Limits,
  onFolded: (entries: readonly LogEntry[]) => void = () => {},
): Promise<number> =>
  inTransaction(pool, async (sql) => {
    const after = await claimCheckpoint(sql, group);
    if (!after) return 0;
    await preferIndexes(sql);
    const entries = await readLog(sql, { group, after, limit: limits.entries });
    const last = entries.at(-1);
    if (!last) return summarizeNext(sql, group, limits.visitors);
    await refold(sql, changesIn(entries));
    await moveCheckpoint(sql, group, last);
    onFolded(entries);
    return entries.length;
  });

/** Makes tables of visitors anew that wait for it.
 * @returns how many there were */
export async function summarizeNext(sql: Sql, group: number, limit: number): Promise<number> {
  const stale = await takeStale(sql, group, limit);
  for (const [shopId, visitors] of groupBy(stale, (visitor) => visitor.shopId))
    await summarize(
      sql,
      shopId,
      visitors.map(({ visitorId }) => visitorId),
    );
  return stale.length;
}

/** What entries tell of: each client with the earliest time, each order, each customer. */
export function changesIn(entries: readonly Omit<LogEntry, keyof Position>[]): Changes {
  const clients = entries.flatMap(({ shopId, clientId, occurredAt: since }) =>
    clientId === null ? [] : [{ shopId, clientId, since }],
  );
  const orders = entries.flatMap(({ shopId, orderId: id }) => (id === null ? [] : { shopId, id }));
  const customers = entries
    .filter(({ name }) => name.startsWith("customers/"))
    .flatMap(({ shopId, customerId: id }) => (id === null ? [] : { shopId, id }));
  const once = (subjects: typeof orders) => [
    ...new Map(subjects.map((subject) => [`${subject.shopId} ${subject.id}`, subject])).values(),
  ];
  return { clients: earliestOfEach(clients), orders: once(orders), customers: once(customers) };
}
