import { isAppError, Unavailable } from "~/platform/errors";
import { DAY, MINUTE, SECOND } from "~/platform/time";
import type { Admin } from "~/shopify/admin.server";
import { moveFor, pauseAfter, type Move } from "~/shopify/bulk-operation";
import { askOperation, startOperation } from "~/shopify/bulk-operation.server";
import { BULK_COLLECTIONS, BULK_PRODUCTS } from "~/shopify/catalog-documents";
import { BROKEN, NO_TOKEN, NOT_GRANTED, SyncFailed, UNINSTALLED } from "./sync-failure";
import { mergeSync } from "./sync-merge.server";
import { readCollections, readProducts, type Result } from "./sync-read.server";
import { SyncClaimLost, type SyncClaim } from "./sync-state.server";
import {
  emptyStage,
  note,
  NOTHING_READ,
  pause,
  type SyncWork,
  type SyncWorld,
} from "./sync-work.server";

const MOST_ATTEMPTS = 5;

/** Does for a sync what there is to do now: starts bulk operations, looks how far they are, or stages and
 * merges what they found. Whenever it is broken off, the next to call this goes on after the last batch
 * that was committed. Failures are noted, and tried again where that can help. */
export async function workOnSync(world: SyncWorld, claim: SyncClaim): Promise<void> {
  const work: SyncWork = { world, claim };
  try {
    await goOn(work).catch((error: unknown) => noteFailure(work, error));
  } catch (error) {
    if (!(error instanceof SyncClaimLost)) throw error;
  }
}

async function goOn(work: SyncWork): Promise<void> {
  const { world, claim } = work;
  if (claim.uninstalledAt) throw new SyncFailed(UNINSTALLED);
  if (world.now().getTime() > claim.startedAt.getTime() + DAY)
    throw new SyncFailed(`The sync was not done within a day. ${claim.error ?? ""}`.trim());
  const { productsOperationId, collectionsOperationId } = claim;
  const admin = await world.adminOf(claim.domain);
  await (productsOperationId !== null && collectionsOperationId !== null
    ? look(work, admin, { products: productsOperationId, collections: collectionsOperationId })
    : start(work, admin));
}

async function start(work: SyncWork, admin: Admin): Promise<void> {
  const { attempts, error } = work.claim;
  if (work.claim.productsOperationId === null) {
    if (attempts >= MOST_ATTEMPTS)
      throw new SyncFailed(
        `Shopify did not deliver the catalogue, ${attempts} times. ${error ?? ""}`,
      );
    const productsOperationId = await startOperation(admin, BULK_PRODUCTS);
    await note(work, { productsOperationId, attempts: attempts + 1 });
  }
  const collectionsOperationId = await startOperation(admin, BULK_COLLECTIONS);
  await pause(work, 2 * SECOND, { collectionsOperationId, status: "running", error: null });
}

async function look(
  work: SyncWork,
  admin: Admin,
  ids: { products: string; collections: string },
): Promise<void> {
  const products = await askOperation(admin, ids.products);
  const [one, other] = [moveFor(products), moveFor(await askOperation(admin, ids.collections))];
  for (const move of [one, other]) {
    if (move.kind === "refused") throw new SyncFailed(NOT_GRANTED);
    if (move.kind === "restart") return startAnew(work, move.why);
  }
  if (one.kind === "wait" || other.kind === "wait") {
    const { startedAt } = work.claim;
    return pause(work, pauseAfter(startedAt, work.world.now()));
  }
  await take(work, {
    ...{ products: resultOf(one), collections: resultOf(other) },
    asOf: products?.createdAt ?? new Date(0),
  });
}

const resultOf = (move: Move): Result =>
  move.kind === "read" ? move : { url: null, found: { objectCount: 0, rootObjectCount: 0 } };

type Taking = { products: Result; collections: Result; asOf: Date };

async function take(work: SyncWork, { products, collections, asOf }: Taking): Promise<void> {
  const { currency } = work.claim;
  if (currency === null) throw new Unavailable("the shop is being installed");
  const found = {
    productsFound: products.found.rootObjectCount,
    collectionsFound: collections.found.rootObjectCount,
  };
  await note(work, { status: "reading", asOf, ...found });
  for (const read of [
    () => readProducts(work, products, currency),
    () => readCollections(work, collections),
  ]) {
    const end = await read();
    if (end.kind === "stopped") return pause(work, 0);
    if (end.kind === "broken") return startAnew(work, end.why);
  }
  await note(work, { status: "merging" });
  if (!(await mergeSync(work, asOf)))
    await startAnew(work, "what had been read was lost with a crash of the database");
}

/** Other operations find everything as it is by then. */
const startAnew = (work: SyncWork, why: string): Promise<void> =>
  note(
    work,
    {
      ...{ status: "waiting", error: why, ...NOTHING_READ },
      ...{ productsOperationId: null, collectionsOperationId: null },
      ...{ productsFound: null, collectionsFound: null, asOf: null },
      until: new Date(work.world.now().getTime() + 5 * SECOND * work.claim.attempts),
    },
    (sql) => emptyStage(work, sql),
  );

/** What may pass is tried again; what Shopify refuses ends the sync, with words for the merchant. */
async function noteFailure(work: SyncWork, error: unknown): Promise<void> {
  if (error instanceof SyncClaimLost) throw error;
  const { world, claim } = work;
  if (!isAppError(error)) {
    await pause(work, MINUTE, { error: BROKEN });
    throw error;
  }
  const { code, message } = error;
  world.log.warn({ shop: claim.domain, reason: message }, "a sync is held up");
  if (code === "unavailable") return pause(work, MINUTE / 4, { error: message });
  const words = code === "unauthorized" ? NO_TOKEN : message;
  await note(work, { status: "failed", finishedAt: world.now(), error: words }, (sql) =>
    emptyStage(work, sql),
  );
}
