import { groupBy } from "~/platform/group-by";
import type { Sql } from "~/platform/sql.server";
import { rememberNames } from "./bots";
import { foldCheckouts } from "./checkouts.server";
import {
  clientKey,
  ordersOf,
  readTimelines,
  sessionsOf,
  undosOf,
  widen,
  windowsOf,
  type StoredSession,
  type Token,
  type Touch,
} from "./history.server";
import { clientsOf, linkOrders, markStale, moveSessions, type VisitorKey } from "./journeys.server";
import { foldCustomers, foldOrders, type Subject } from "./orders.server";
import {
  clearFrom,
  FACTS,
  foldVisits,
  JOURNEYS,
  writeRows,
  type AnyFact,
  type Folded,
} from "./tables.server";
import { foldTimeline, tokensIn, type Timeline } from "./timeline";
import { enterShops } from "./versions.server";

/** What entries of the log tell of: everything about these has to be folded anew. */
export type Changes = { clients: Touch[]; orders: Subject[]; customers: Subject[] };

/** Folds what changes can have altered: orders, then the timelines of the browsers that the entries or
 * those orders are about, each from the session that it could join to its end.
 * @param facts the tables of visits to fill; the others stay as they are */
export async function refold(
  sql: Sql,
  { clients, orders, customers }: Changes,
  facts: readonly AnyFact[] = FACTS,
): Promise<void> {
  await foldCustomers(sql, customers);
  const { tokens, visitors } = await foldOrders(sql, orders);
  await markStale(sql, visitors);
  const touches = earliestOfEach([...clients, ...(await clientsOf(sql, tokens))]);
  await refoldClients(sql, touches, facts);
  await joinOrders(sql, tokens);
  await enterShops(sql, [...new Set([...touches, ...orders, ...customers].map(shopOf))]);
}

const shopOf = ({ shopId }: { shopId: number }): number => shopId;

/** Timelines that are held in memory at once. */
const CLIENTS_AT_ONCE = 250;

/** Folds timelines anew, each from a moment on. While the database writes some, the next are folded. */
export async function refoldClients(
  sql: Sql,
  touches: readonly Touch[],
  facts: readonly AnyFact[] = FACTS,
): Promise<void> {
  let writing: Promise<unknown> = Promise.resolve();
  for (let from = 0; from < touches.length; from += CLIENTS_AT_ONCE) {
    const read = readClients(sql, touches.slice(from, from + CLIENTS_AT_ONCE), facts);
    const [timelines] = await Promise.all([read, writing]);
    writing = writeClients(sql, timelines, facts);
  }
  await writing;
}

type Timelines = Awaited<ReturnType<typeof readClients>>;

/** Reads what is known of clients, and takes out what will be replaced; even of clients of whom no session
 * is known, for a table that was made anew by itself may be ahead of the sessions. */
async function readClients(sql: Sql, touches: readonly Touch[], facts: readonly AnyFact[]) {
  const sessions = await sessionsOf(sql, touches);
  const clients = touches.map((touch) => widen(touch, sessions.get(clientKey(touch)) ?? []));
  const windows = clients.map(({ touch }) => touch);
  const gone = await clearFrom(sql, windowsOf(windows), facts);
  const events = await readTimelines(sql, windows);
  const tokens = [...events.values()].flatMap((own) =>
    tokensIn(own).map((token) => ({ shopId: own[0]?.shopId ?? 0, token })),
  );
  const [orders, undone] = await Promise.all([ordersOf(sql, tokens), undosOf(sql, windows)]);
  return { clients, events, tokens: [...gone, ...tokens], orders, undone };
}

async function writeClients(
  sql: Sql,
  { clients, events, tokens, orders, undone }: Timelines,
  facts: readonly AnyFact[],
): Promise<void> {
  const namesBot = rememberNames();
  const timelines = clients.map(({ touch, earlier, stale }) => {
    const [shopId, key] = [touch.shopId, clientKey(touch)];
    const known = { earlier, namesBot, orders: orders.get(shopId), undone: undone.get(key) };
    return { shopId, stale, ...foldTimeline(events.get(key) ?? [], known) };
  });
  await writeRows(sql, foldVisits(timelines, facts));
  if (JOURNEYS.every((fact) => facts.includes(fact))) await joinJourneys(sql, timelines, tokens);
}

type Refolded = Folded & Pick<Timeline, "moved"> & { stale: readonly StoredSession[] };

/** What spans sessions: whose they are, and which orders came of them. */
async function joinJourneys(
  sql: Sql,
  timelines: readonly Refolded[],
  tokens: readonly Token[],
): Promise<void> {
  await moveSessions(
    sql,
    timelines.flatMap(({ shopId, moved }) => moved.map((session) => ({ shopId, ...session }))),
  );
  await markStale(sql, timelines.flatMap(visitorsIn));
  await joinOrders(sql, tokens);
}

/** Everybody to whom one of the sessions belongs, or did. */
const visitorsIn = ({ shopId, visits, moved, stale }: Refolded): VisitorKey[] =>
  [
    ...visits.map(({ visitorId }) => visitorId),
    ...moved.flatMap(({ visitorId, from }) => [visitorId, from]),
    ...stale.map(({ visitorId }) => visitorId),
  ].flatMap((visitorId) => (visitorId === null ? [] : [{ shopId, visitorId }]));

async function joinOrders(sql: Sql, tokens: readonly Token[]): Promise<void> {
  await linkOrders(sql, tokens);
  for (const [shopId, own] of groupBy(tokens, (token) => token.shopId))
    await foldCheckouts(sql, shopId, [...new Set(own.map(({ token }) => token))]);
}

/** One touch for each client. */
export function earliestOfEach(touches: readonly Touch[]): Touch[] {
  const earliest = new Map<string, Touch>();
  for (const touch of touches) {
    const known = earliest.get(clientKey(touch));
    if (!known || touch.since < known.since) earliest.set(clientKey(touch), touch);
  }
  return [...earliest.values()];
}
