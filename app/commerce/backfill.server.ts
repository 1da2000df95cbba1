import { append, makeRoom } from "~/events/log.server";
import { isAppError, type AppError } from "~/platform/errors";
import { MINUTE, SECOND } from "~/platform/time";
import { AdminRefused, type Admin } from "~/shopify/admin.server";
import { moveFor, pauseAfter, type Move } from "~/shopify/bulk-operation";
import { askOperation, startOperation } from "~/shopify/bulk-operation.server";
import type { Grouped } from "~/shopify/bulk-result";
import { readResult } from "~/shopify/bulk-result.server";
import { BULK_ORDERS } from "~/shopify/documents";
import { entriesOf } from "./backfill-orders.server";
import { ClaimLost, type Claim } from "./backfill-state.server";
import { note, pause, type BackfillWorld, type Work } from "./backfill-work.server";

const MOST_ATTEMPTS = 5;
/** Objects, orders and their lines, that are committed together, and with them how many orders were read. */
const BATCH = 300;

/** Does for a backfill what there is to do now: starts a bulk operation, looks how far it is, or takes
 * its result into the log. Whenever it is broken off, the next to call this goes on after the last batch
 * that was committed. Failures are noted, and tried again where that can help. */
export async function workOn(world: BackfillWorld, claim: Claim): Promise<void> {
  const work: Work = { world, claim };
  try {
    const admin = await world.adminOf(claim.domain);
    await (claim.operationId === null ? start(work, admin) : look(work, admin, claim.operationId));
  } catch (error) {
    if (error instanceof ClaimLost) return;
    if (!isAppError(error)) throw error;
    await noteFailure(work, error);
  }
}

async function start(work: Work, admin: Admin): Promise<void> {
  const { since, attempts } = work.claim;
  if (attempts >= MOST_ATTEMPTS)
    throw new AdminRefused(`gave up after ${MOST_ATTEMPTS} bulk operations without a result`);
  const query = BULK_ORDERS.replace("SINCE", (since ?? new Date(0)).toISOString());
  await pause(work, 2 * SECOND, {
    ...{ operationId: await startOperation(admin, query), status: "running" },
    ...{ attempts: attempts + 1, readCount: 0, totalCount: null, error: null },
  });
}

async function look(work: Work, admin: Admin, id: string): Promise<void> {
  const move = moveFor(await askOperation(admin, id));
  if (move.kind === "wait") {
    const { startedAt } = work.claim;
    await pause(work, pauseAfter(startedAt, work.world.now()));
  } else if (move.kind === "refused") throw new AdminRefused(move.why);
  else if (move.kind === "restart") await startAnew(work, move.why);
  else if (move.kind === "done") await finish(work, null);
  else await read(work, admin, move);
}

/** A result that cannot be had, or ends too early, is worth another operation. */
async function read(work: Work, admin: Admin, { url, found }: Move & { kind: "read" }) {
  await note(work, { status: "reading", totalCount: found.rootObjectCount });
  const { signal } = work.world;
  let unread = 0;
  const take = async (orders: Grouped[]) => void (unread += await takeBatch(work, admin, orders));
  const skip = work.claim.readCount;
  const end = await readResult({ url, found, skip, size: BATCH, take, signal });
  if (end.kind === "stopped") return pause(work, 0);
  if (end.kind === "broken") return startAnew(work, end.why);
  await finish(work, unread > 0 ? `${unread} orders could not be read: see the app's log` : null);
}

/** Takes orders into the log.
 * @returns how many made no sense */
async function takeBatch(work: Work, admin: Admin, orders: readonly Grouped[]): Promise<number> {
  const { db, log, retentionDays, now } = work.world;
  const { shopId, readCount } = work.claim;
  const receipt = { shopId, receivedAt: now(), retentionDays };
  const { entries, unread } = await entriesOf({ db, log, admin }, orders, receipt);
  await note(work, { readCount: readCount + orders.length }, async (tx) => {
    await makeRoom(tx, entries);
    await append(tx, shopId, entries);
  });
  return unread;
}

const startAnew = (work: Work, why: string): Promise<void> =>
  pause(work, 5 * SECOND * work.claim.attempts, {
    ...{ status: "waiting", operationId: null, error: why },
  });

async function finish(work: Work, error: string | null): Promise<void> {
  const { world, claim } = work;
  const orders = claim.readCount;
  await note(work, { status: "done", totalCount: orders, finishedAt: world.now(), error });
  world.log.info({ shop: claim.domain, orders }, "fetched a shop's orders");
}

/** What may pass is tried again; what Shopify refuses ends the backfill with Shopify's words. */
async function noteFailure(work: Work, { code, message: error }: AppError): Promise<void> {
  const { world, claim } = work;
  world.log.warn({ shop: claim.domain, reason: error }, "a backfill is held up");
  if (code === "unavailable") await pause(work, MINUTE / 4, { error });
  else await note(work, { status: "failed", finishedAt: world.now(), error });
}
