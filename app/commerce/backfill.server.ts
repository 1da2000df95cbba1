import { isAppError, Unavailable, type AppError } from "~/platform/errors";
import { MINUTE, SECOND } from "~/platform/time";
import { AdminRefused, ask, type Admin } from "~/shopify/admin.server";
import { BULK_OPERATION, BULK_ORDERS, BULK_RUN } from "~/shopify/documents";
import { moveFor, pauseAfter } from "./backfill";
import { ClaimLost, type Claim } from "./backfill-state.server";
import { note, pause, type BackfillWorld, type Work } from "./backfill-work.server";
import { OperationAsked, OperationStarted } from "./bulk-answers";
import { openResult, takeResult } from "./bulk-result.server";

const MOST_ATTEMPTS = 5;
const BUSY = new Set<string | null>(["LIMIT_REACHED", "OPERATION_IN_PROGRESS"]);

/** Does for a backfill what there is to do now: starts a bulk operation, looks how far it is, or takes
 * its result into the log. Whenever it is broken off, the next to call this goes on after the last batch
 * that was committed. Failures are noted, and tried again where that can help. */
export async function workOn(world: BackfillWorld, claim: Claim): Promise<void> {
  const work: Work = { world, claim };
  try {
    const admin = await world.adminOf(claim.domain);
    await (claim.operationId === null
      ? startOperation(work, admin)
      : look(work, admin, claim.operationId));
  } catch (error) {
    if (error instanceof ClaimLost) return;
    if (!isAppError(error)) throw error;
    await noteFailure(work, error);
  }
}

async function startOperation(work: Work, admin: Admin): Promise<void> {
  const { since, attempts } = work.claim;
  if (attempts >= MOST_ATTEMPTS)
    throw new AdminRefused(`gave up after ${MOST_ATTEMPTS} bulk operations without a result`);
  const query = BULK_ORDERS.replace("SINCE", (since ?? new Date(0)).toISOString());
  const answer = await ask(admin, BULK_RUN, { answer: OperationStarted, variables: { query } });
  const { bulkOperation, userErrors } = answer.bulkOperationRunQuery;
  if (userErrors.some(({ code }) => BUSY.has(code)))
    throw new Unavailable("Shopify works on other bulk operations of this shop");
  if (!bulkOperation) throw new AdminRefused(userErrors.map(({ message }) => message).join("; "));
  await pause(work, 2 * SECOND, {
    ...{ status: "running", operationId: bulkOperation.id, attempts: attempts + 1 },
    ...{ readCount: 0, totalCount: null, error: null },
  });
}

async function look(work: Work, admin: Admin, id: string): Promise<void> {
  const variables = { id };
  const { bulkOperation } = await ask(admin, BULK_OPERATION, { answer: OperationAsked, variables });
  const move = moveFor(bulkOperation);
  if (move.kind === "wait") {
    const { startedAt } = work.claim;
    await pause(work, pauseAfter(startedAt, work.world.now()));
  } else if (move.kind === "restart") await startAnew(work, move.why);
  else if (move.kind === "done") await finish(work, null);
  else await read(work, admin, { url: move.url, total: bulkOperation?.rootObjectCount ?? 0 });
}

/** A result that cannot be had, or ends too early, is worth another operation. */
async function read(
  work: Work,
  admin: Admin,
  { url, total }: { url: string; total: number },
): Promise<void> {
  await note(work, { status: "reading", totalCount: total });
  const { signal } = work.world;
  const result = await openResult(url, signal);
  if (!result) return startAnew(work, "the bulk operation's result has expired");
  const { unread, isWhole } = await takeResult(work, admin, result);
  if (signal?.aborted) return pause(work, 0);
  if (!isWhole || work.claim.readCount < total)
    return startAnew(work, "the bulk operation's result was cut off");
  await finish(work, unread > 0 ? `${unread} orders could not be read: see the app's log` : null);
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
