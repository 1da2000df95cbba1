import { json } from "@remix-run/node";
import { isAppError, TooLarge } from "./errors";

const RETRY_AFTER_SECONDS = "5";

/** Wraps a loader or action: expected failures become answers, bugs keep flying. */
export const answer =
  <Args, Data>(handler: (args: Args) => Promise<Data>) =>
  (args: Args): Promise<Data> =>
    handler(args).catch((error: unknown) => {
      if (!isAppError(error)) throw error;
      const headers = error.status === 503 ? { "Retry-After": RETRY_AFTER_SECONDS } : undefined;
      throw json({ code: error.code, message: error.message }, { status: error.status, headers });
    });

/** Reads a request's body up to a limit, without trusting its Content-Length.
 * @throws {TooLarge} as soon as the limit is passed; the rest is not read */
export async function readBody(request: Request, limitBytes: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  if (request.body === null) return Buffer.alloc(0);
  for await (const chunk of request.body) {
    size += chunk.byteLength;
    if (size > limitBytes)
      throw new TooLarge(`the body may have ${limitBytes} bytes, and this one has more`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
