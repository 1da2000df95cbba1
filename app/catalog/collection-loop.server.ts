import { randomUUID } from "node:crypto";
import type { AppContext } from "~/context";
import type { Database } from "~/platform/db.server";
import { isAppError } from "~/platform/errors";
import type { Log } from "~/platform/log.server";
import { startLoop } from "~/platform/loop.server";
import { inTransaction } from "~/platform/sql.server";
import { MINUTE, SECOND } from "~/platform/time";
import type { Admin } from "~/shopify/admin.server";
import { askCollection } from "./collection-ask.server";
import {
  claimCollection,
  collectionAsked,
  collectionHeldUp,
  type CollectionClaim,
} from "./collection-refreshes.server";
import { mergeCollections, stageCollections } from "./collections.server";

/** Then the next sync has to tell. */
const MOST_ATTEMPTS = 8;

export type CollectingWorld = {
  db: Database;
  log: Log;
  adminOf: (domain: string) => Promise<Admin>;
  now: () => Date;
};

/** Asks for the collections that webhooks told of, one at a time.
 * @returns a function that stops after the collection under way */
export const startCollecting = ({ db, log, shopify }: AppContext): (() => Promise<void>) =>
  startLoop({ name: "asking for collections", pauseMs: 2 * SECOND, log }, async (signal) => {
    const world = { db, log, adminOf: shopify.adminOf, now: () => new Date() };
    while (!signal.aborted && (await refreshCollection(world)));
  });

/** Asks for the collection that has waited longest and merges the answer.
 * @returns false when none waits */
export async function refreshCollection(world: CollectingWorld): Promise<boolean> {
  const claim = await claimCollection(world.db, world.now());
  if (!claim) return false;
  try {
    await refresh(world, claim);
    await collectionAsked(world.db, claim);
  } catch (error) {
    if (!isAppError(error)) throw error;
    await holdUp(world, claim, error.message);
  }
  return true;
}

async function refresh(
  { db, log, adminOf, now }: CollectingWorld,
  { shopId, domain, collectionId }: CollectionClaim,
): Promise<void> {
  const asOf = now();
  const found = await askCollection(await adminOf(domain), collectionId);
  if (found === "too large")
    return log.info({ shop: domain, collectionId }, "left a large collection to the next sync");
  await inTransaction(db.pool, async (sql) => {
    const key = { shopId, batch: randomUUID() };
    await stageCollections(sql, key, found ? [found] : []);
    await mergeCollections(sql, key, { asOf, asked: [collectionId] });
  });
}

/** Waits twice as long after each failure, and gives up in the end. */
async function holdUp(
  { db, log, now }: CollectingWorld,
  claim: CollectionClaim,
  error: string,
): Promise<void> {
  const { domain, collectionId, attempts } = claim;
  log.warn({ shop: domain, collectionId, reason: error }, "a collection could not be asked for");
  if (attempts >= MOST_ATTEMPTS) await collectionAsked(db, claim);
  else {
    const until = new Date(now().getTime() + (MINUTE / 4) * 2 ** attempts);
    await collectionHeldUp(db, claim, { until, error });
  }
}
