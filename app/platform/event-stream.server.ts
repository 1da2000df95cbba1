import { setTimeout as sleep } from "node:timers/promises";
import { MINUTE, SECOND } from "./time";

const LOOK_EVERY = SECOND;
const SAY_SOMETHING_EVERY = 15 * SECOND;
/** A caller's right to listen is looked at again when it comes back. */
const LONGEST = 5 * MINUTE;

/** Answers with server-sent events: what `read` finds, at once and then whenever it has changed, looked at
 * each second, for five minutes at most; the listener comes back by itself.
 * @param read what a listener is told, as an object; its `at` alone is no news
 * @see HTML, section 9.2 */
export function eventStream<News extends { at: Date }>(
  { signal }: Request,
  read: () => Promise<News>,
): Response {
  const encoder = new TextEncoder();
  const ended = AbortSignal.any([signal, AbortSignal.timeout(LONGEST)]);
  const stopped = new AbortController();
  const until = AbortSignal.any([ended, stopped.signal]);
  const body = new ReadableStream<Uint8Array>({
    async start(controller) {
      const say = (text: string) => controller.enqueue(encoder.encode(`${text}\n\n`));
      try {
        await tellNews({ read, say, until });
        controller.close();
      } catch (error) {
        if (until.aborted) return;
        controller.error(error);
      }
    },
    cancel: () => stopped.abort(),
  });
  const headers = { "Content-Type": "text/event-stream", "Cache-Control": "no-store" };
  return new Response(body, { headers: { ...headers, "X-Accel-Buffering": "no" } });
}

type Telling<News> = {
  read: () => Promise<News>;
  say: (text: string) => void;
  until: AbortSignal;
};

async function tellNews<News extends { at: Date }>({ read, say, until }: Telling<News>) {
  let [told, saidAt] = ["", 0];
  while (!until.aborted) {
    const { at, ...rest } = await read();
    const found = JSON.stringify(rest);
    const isNews = found !== told;
    if (isNews || at.getTime() - saidAt >= SAY_SOMETHING_EVERY) {
      say(isNews ? `data: ${JSON.stringify({ at, ...rest })}` : ": still here");
      [told, saidAt] = [found, at.getTime()];
    }
    await sleep(LOOK_EVERY, undefined, { signal: until }).catch(() => {});
  }
}
