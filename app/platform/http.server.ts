import { isAppError, TooLarge, type AppError } from "./errors";
import type { Log } from "./log.server";

const RETRY_AFTER_SECONDS = "5";

/** An expected failure as an answer that a program can read. */
export const toResponse = (error: AppError, headers: Record<string, string> = {}): Response =>
  Response.json(
    { code: error.code, message: error.message },
    {
      status: error.status,
      headers: error.status === 503 ? { ...headers, "Retry-After": RETRY_AFTER_SECONDS } : headers,
    },
  );

/** Wraps a loader or action: expected failures become answers, bugs keep flying. */
export const answer =
  <Args, Data>(handler: (args: Args) => Promise<Data>) =>
  (args: Args): Promise<Data> =>
    handler(args).catch((error: unknown) => {
      throw isAppError(error) ? toResponse(error) : error;
    });

/** What a page on any site may read of an answer; no cookie comes along. */
export const CROSS_ORIGIN = {
  "Access-Control-Allow-Origin": "*",
  "Access-Control-Expose-Headers": "Retry-After",
};

/** Wraps a handler that storefronts call: whatever happens, the caller can read how it went. */
export const answerAnyone =
  <Args extends { context: { log: Log } }>(handler: (args: Args) => Promise<unknown>) =>
  async (args: Args): Promise<Response> => {
    try {
      return Response.json(await handler(args), { headers: CROSS_ORIGIN });
    } catch (error) {
      if (isAppError(error)) return toResponse(error, CROSS_ORIGIN);
      args.context.log.error({ err: error }, "a storefront's request failed");
      return new Response("Something went wrong on our side.\n", {
        status: 500,
        headers: CROSS_ORIGIN,
      });
    }
  };

/** Reads a request's body up to a limit, without trusting its Content-Length.
 * @throws {TooLarge} as soon as the limit is passed; the rest is not read */
export async function readBody(request: Request, limitBytes: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = request.body?.getReader();
  while (reader) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.byteLength;
    if (size > limitBytes) {
      await reader.cancel();
      throw new TooLarge(`the body may have ${limitBytes} bytes, and this one has more`);
    }
    chunks.push(value);
  }
  return Buffer.concat(chunks);
}
