import { isAppError, TooLarge, type AppError } from "./errors";

/** An expected failure as an answer that a program can read. */
export const toResponse = (error: AppError, headers: Record<string, string> = {}): Response =>
  Response.json(
    { code: error.code, message: error.message },
    { status: error.status, headers: { ...headers, ...error.headers } },
  );

/** Wraps a loader or action: expected failures become answers, bugs keep flying. */
export const answer =
  <Args, Data>(handler: (args: Args) => Promise<Data>) =>
  (args: Args): Promise<Data> =>
    handler(args).catch((error: unknown) => {
      throw isAppError(error) ? toResponse(error) : error;
    });

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
