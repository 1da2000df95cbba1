import { SECOND } from "~/platform/time";

/** An entry of the log that Shopify itself, or an export of Shopify's, vouches for. */
export type VerifiedEntry = {
  eventId: string;
  /** Such as `orders/updated`. */
  name: string;
  /** webhook, backfill or import. */
  source: string;
  /** Of the state that it tells: the order's, or the customer's, `updatedAt`. */
  occurredAt: Date;
  receivedAt: Date;
  /** As app/events/orders.ts has it: the event's own fields. */
  data: unknown;
};

/** Each entry once, in an order that depends on nothing but the entries. */
export function inOrderOfNews(entries: readonly VerifiedEntry[]): VerifiedEntry[] {
  const unique = new Map(entries.map((entry) => [entry.eventId, entry]));
  return [...unique.values()].sort(
    (one, other) => compareNews(one, other) || (one.eventId < other.eventId ? -1 : 1),
  );
}

/** Shopify writes times in whole seconds, but not everywhere: what is finer tells nothing. */
export const compareNews = (one: VerifiedEntry, other: VerifiedEntry): number =>
  secondOf(one.occurredAt) - secondOf(other.occurredAt);

const secondOf = (moment: Date): number => Math.floor(moment.getTime() / SECOND);
