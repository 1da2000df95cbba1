import type { Rejection } from "../sift";
import { field } from "../steps";
import type { PixelBatch } from "../vocabulary";
import type { Gauges } from "./gauges.server";
import type { KeyHolder } from "./keys.server";
import type { Sender, Tally } from "./tally.server";

/** When, from where, and under which id a request came. */
export type Request = { receivedAt: Date; requestId: string; origin: string };

/** Whom what becomes of a request is counted under. */
export const senderOf = ({ shopId, isPrevious }: KeyHolder, { origin }: Request): Sender => ({
  shopId,
  origin,
  key: isPrevious ? "previous" : "current",
});

type Outcome = {
  batch: PixelBatch;
  accepted: number;
  duplicate: number;
  rejections: readonly Rejection[];
};

/** Notes what became of events twice: for the merchant by shop, for the operator in all. */
export function createLedger({ tally, gauges }: { tally: Tally; gauges: Gauges }) {
  function count(sender: Sender, outcome: string, events: number, at: Date): void {
    if (events === 0) return;
    tally.count(sender, outcome, events, at);
    gauges.countEvents(outcome, events);
  }

  function note(sender: Sender, request: Request, outcome: Outcome): void {
    const { batch, accepted, duplicate, rejections } = outcome;
    const { receivedAt, requestId } = request;
    count(sender, "accepted", accepted, receivedAt);
    count(sender, "duplicate", duplicate, receivedAt);
    count(sender, "dropped_by_browser", batch.dropped ?? 0, receivedAt);
    for (const refused of rejections) {
      const name = field(batch.events[refused.index], "name");
      const about = { shopId: sender.shopId, refusedAt: receivedAt, requestId };
      count(sender, refused.reason, 1, receivedAt);
      tally.sample({ ...about, name: typeof name === "string" ? name : null }, refused);
    }
  }

  return { count, note };
}
export type Ledger = ReturnType<typeof createLedger>;
