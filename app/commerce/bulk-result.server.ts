import { Readable } from "node:stream";
import type { ReadableStream } from "node:stream/web";
import { abstractFetch } from "@shopify/shopify-api/runtime";
import { linesOf } from "~/events/lines.server";
import { append, makeRoom } from "~/events/log.server";
import { InvalidInput, Unavailable } from "~/platform/errors";
import type { Admin } from "~/shopify/admin.server";
import { entriesOf } from "./backfill-orders.server";
import { note, type Work } from "./backfill-work.server";
import { ordersIn, type Grouped } from "./bulk-result";

/** Orders that are committed together, and with them how many were read. */
const BATCH = 200;

/** Opens the result of a bulk operation.
 * @returns null when it is no longer there
 * @throws {Unavailable} it cannot be had just now */
export async function openResult(
  url: string,
  signal: AbortSignal | undefined,
): Promise<AsyncIterable<Buffer> | null> {
  const response = await abstractFetch(url, { signal }).catch((error: unknown) => {
    throw new Unavailable(`the bulk operation's result cannot be fetched: ${String(error)}`);
  });
  if (response.status >= 500) throw new Unavailable(`the result's address says ${response.status}`);
  if (!response.ok || !response.body) return null;
  return chunksOf(Readable.fromWeb(response.body as ReadableStream), signal);
}

async function* chunksOf(body: Readable, signal: AbortSignal | undefined): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of body) yield Buffer.from(chunk as Uint8Array);
  } catch (error) {
    if (signal?.aborted) return;
    throw new Unavailable(`the bulk operation's result broke off: ${String(error)}`);
  }
}

export type Taken = { unread: number; isWhole: boolean };

/** Takes a result into the log, in batches that are committed with their progress, from where an
 * earlier reader of the same result has come to.
 * @returns how many orders made no sense, and whether the lines did to the end
 * @throws {Unavailable} the connection broke: what was taken so far stays */
export async function takeResult(
  work: Work,
  admin: Admin,
  result: AsyncIterable<Buffer>,
): Promise<Taken> {
  const known = work.claim.readCount;
  let unread = 0;
  try {
    for await (const batch of batchesOf(ordersIn(linesOf(result)), known)) {
      if (work.world.signal?.aborted) break;
      unread += await takeBatch(work, admin, batch);
    }
    return { unread, isWhole: true };
  } catch (error) {
    if (error instanceof InvalidInput) return { unread, isWhole: false };
    throw error;
  }
}

async function* batchesOf(orders: AsyncIterable<Grouped>, skip: number): AsyncGenerator<Grouped[]> {
  let place = 0;
  let batch: Grouped[] = [];
  for await (const order of orders) {
    if (place++ < skip) continue;
    batch.push(order);
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

async function takeBatch(work: Work, admin: Admin, batch: readonly Grouped[]): Promise<number> {
  const { db, log, retentionDays, now } = work.world;
  const { shopId, readCount } = work.claim;
  const receipt = { shopId, receivedAt: now(), retentionDays };
  const { entries, unread } = await entriesOf({ db, log, admin }, batch, receipt);
  await note(work, { readCount: readCount + batch.length }, async (tx) => {
    await makeRoom(tx, entries);
    await append(tx, shopId, entries);
  });
  return unread;
}
