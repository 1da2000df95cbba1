import { idPattern, numberOf } from "../../dev/load/ids";
import { TOLD, type LoadReport } from "../../dev/load/spec";
import type { World } from "../../dev/load/world";

export type Logged = { eventId: string; shop: number; copies: number };

/** What a run's answers and the log say against each other: event numbers, empty where they agree. */
export type Verdict = {
  /** Acknowledged, and not in the log. */
  lost: number[];
  /** Refused by every answer, and in the log all the same. */
  ghosts: number[];
  /** In the log more than once, or under a shop that did not send them. */
  misplaced: number[];
};

export const HONEST: Verdict = { lost: [], ghosts: [], misplaced: [] };

/** The rows that a run left in the log. A shop's number here is its place among the keys. */
export function readLog({ query }: World, run: number): Promise<Logged[]> {
  return query<Logged>(
    `select event_id as "eventId", substring(domain from 'load-(\\d+)')::int - 1 as shop,
            count(*)::int as copies
     from pixel_events join shops on shops.id = shop_id
     where event_id like $1 group by event_id, domain`,
    [idPattern(run)],
  );
}

/** Holds every event's answers against the log. An event whose fate nobody was told may be there or not. */
export function judge(
  ledger: Uint8Array | undefined,
  rows: readonly Logged[],
  shops: number,
): Verdict {
  if (!ledger) throw new Error("the run kept no ledger");
  const found = new Set(rows.map((row) => numberOf(row.eventId)));
  const verdict: Verdict = { lost: [], ghosts: [], misplaced: [] };
  ledger.forEach((told, number) => {
    if (told & TOLD.acknowledged && !found.has(number)) verdict.lost.push(number);
    if (told === TOLD.refused && found.has(number)) verdict.ghosts.push(number);
  });
  for (const { eventId, shop, copies } of rows) {
    const number = numberOf(eventId);
    if (copies !== 1 || number % shops !== shop) verdict.misplaced.push(number);
  }
  return verdict;
}

export const acknowledged = ({ ledger = new Uint8Array() }: LoadReport) =>
  ledger.reduce((sum, told) => sum + (told & TOLD.acknowledged), 0);
