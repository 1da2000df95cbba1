import { STATUS_CODES } from "node:http";
import type { AppError } from "~/platform/errors";

/** An expected failure as the API tells it; `code` is ours, and what a program should look at.
 * @see RFC 9457 */
export function toProblem(
  { code, status, message, headers }: Pick<AppError, "code" | "status" | "message" | "headers">,
  more: Record<string, string> = {},
): Response {
  const title = STATUS_CODES[status] ?? "Error";
  return new Response(
    JSON.stringify({ type: "about:blank", title, status, detail: message, code }),
    {
      status,
      headers: {
        ...{ "Content-Type": "application/problem+json", "Cache-Control": "no-store" },
        ...more,
        ...headers,
      },
    },
  );
}
