import type { PixelEventInput } from "../../app/events/vocabulary";
import { shopOf, SHOPS, type Shop } from "./catalog/shops";
import { arrivals } from "./crowd/calendar";
import { chance } from "./crowd/chance";
import { visit } from "./crowd/visit";
import { visitor } from "./crowd/visitor";

/** A crowd of shoppers; with the same seed it is the same crowd. */
export type Crowd = { shop: Shop; visitors: number; seed: number; now: Date };
export type Sent = { accepted: number; duplicate: number; rejected: number };

const BATCH_EVENTS = 25; // well below the 50 events and 64 KB that the app takes at once

/** What the crowd did in the six days before `now`, in the order in which it happened. */
export function shopperEvents({ shop, visitors, seed, now }: Crowd): PixelEventInput[] {
  const key = `${shop.domain} ${seed}`;
  return arrivals(key, visitors, now, hoursAhead(shop.timeZone, now))
    .flatMap(({ visitor: number, at, key: visitKey }) =>
      visit(shop, visitor(key, number), at, chance(visitKey)),
    )
    .filter(({ timestamp }) => Date.parse(timestamp) <= now.getTime())
    .toSorted((one, other) => Date.parse(one.timestamp) - Date.parse(other.timestamp));
}

/** Sends a crowd's events to the app the way that pixels do. Sending them again adds nothing.
 * @throws {Error} when the app does not answer a batch with 200 */
export async function simulateShoppers({
  pixel,
  shop = SHOPS[0]?.domain ?? "",
  ...crowd
}: Omit<Crowd, "shop"> & {
  pixel: { endpoint: string; key: string };
  shop?: string;
}): Promise<Sent> {
  const events = shopperEvents({ ...crowd, shop: shopOf(shop) });
  const sent = { accepted: 0, duplicate: 0, rejected: 0 };
  for (let from = 0; from < events.length; from += BATCH_EVENTS) {
    const batch = events.slice(from, from + BATCH_EVENTS);
    const answer = await sendBatch(pixel, batch, crowd.now);
    sent.accepted += answer.accepted;
    sent.duplicate += answer.duplicate;
    sent.rejected += answer.rejected;
  }
  return sent;
}

async function sendBatch(
  { endpoint, key }: { endpoint: string; key: string },
  events: PixelEventInput[],
  sentAt: Date,
): Promise<Sent> {
  const response = await fetch(endpoint, {
    method: "POST",
    headers: { "content-type": "text/plain" },
    body: JSON.stringify({ key, sentAt, events }),
  });
  if (response.ok) return (await response.json()) as Sent;
  throw new Error(`${endpoint} answered ${response.status}: ${await response.text()}`);
}

/** How far the zone is ahead of UTC, in hours. */
function hoursAhead(timeZone: string, at: Date): number {
  const local = Date.parse(`${at.toLocaleString("sv", { timeZone })}Z`);
  return Math.round((local - at.getTime()) / 3_600_000);
}
