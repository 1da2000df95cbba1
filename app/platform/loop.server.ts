import { setTimeout as sleep } from "node:timers/promises";
import type { Log } from "./log.server";

/** Does some work again and again, with a pause after each time. A failure is logged, and the next time
 * comes as ever.
 * @param work ends early when its signal says so
 * @returns a function that stops after the work under way */
export function startLoop(
  { name, pauseMs, log }: { name: string; pauseMs: number; log: Log },
  work: (signal: AbortSignal) => Promise<unknown>,
): () => Promise<void> {
  const stopping = new AbortController();
  const { signal } = stopping;
  const loop = async () => {
    while (!signal.aborted) {
      await work(signal).catch((error: unknown) => log.error({ err: error }, `${name} failed`));
      await sleep(pauseMs, undefined, { signal }).catch(() => {});
    }
  };
  const ended = loop();
  return async () => {
    stopping.abort();
    await ended;
  };
}
