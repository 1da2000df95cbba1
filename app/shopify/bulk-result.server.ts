import { Readable } from "node:stream";
import type { ReadableStream } from "node:stream/web";
import { abstractFetch } from "@shopify/shopify-api/runtime";
import { InvalidInput, Unavailable } from "~/platform/errors";
import { linesOf } from "~/platform/lines.server";
import type { Found } from "./bulk-operation";
import { batchesOf, groupsIn, type Grouped } from "./bulk-result";

/** How a result is read. */
export type Reading = {
  url: string;
  found: Found;
  /** How many objects at the root were taken before. */
  skip: number;
  /** How many objects make a batch. */
  size: number;
  /** Keeps a batch; whoever reads the same result again leaves out what was kept. */
  take: (groups: Grouped[]) => Promise<void>;
  /** Ends the reading after the batch under way. */
  signal: AbortSignal | undefined;
};

/** How a reading ended: to the end, told to stop, or not to the end, which asks for another operation. */
export type ReadingEnd = { kind: "whole" } | { kind: "stopped" } | { kind: "broken"; why: string };

/** Reads the result of a bulk operation in batches.
 * @throws {Unavailable} it cannot be had just now: what was taken so far stays */
export async function readResult(reading: Reading): Promise<ReadingEnd> {
  const result = await openResult(reading.url, reading.signal);
  if (!result) return { kind: "broken", why: "the bulk operation's result has expired" };
  try {
    return await takeAll(result, reading);
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    return { kind: "broken", why: `the bulk operation's result makes no sense: ${error.message}` };
  }
}

/** The last batch waits for proof that the result is whole: an object that was cut off may be in it. */
async function takeAll(result: AsyncIterable<Buffer>, reading: Reading): Promise<ReadingEnd> {
  const { skip, found, take, signal } = reading;
  let [roots, objects] = [skip, 0];
  let last: Grouped[] = [];
  for await (const batch of batchesOf(groupsIn(linesOf(result)), reading)) {
    if (signal?.aborted) return { kind: "stopped" };
    objects += batch.objects;
    if (batch.groups.length === 0) continue;
    if (last.length > 0) await take(last);
    last = batch.groups;
    roots += batch.groups.length;
  }
  if (signal?.aborted) return { kind: "stopped" };
  if (roots < found.rootObjectCount || objects < found.objectCount)
    return { kind: "broken", why: "the bulk operation's result was cut off" };
  if (last.length > 0) await take(last);
  return { kind: "whole" };
}

/** @returns null when it is no longer there */
async function openResult(
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
