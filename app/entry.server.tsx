import { PassThrough } from "node:stream";
import {
  createReadableStreamFromReadable,
  type ActionFunctionArgs,
  type AppLoadContext,
  type EntryContext,
  type LoaderFunctionArgs,
} from "@remix-run/node";
import { isRouteErrorResponse, RemixServer } from "@remix-run/react";
import { isbot } from "isbot";
import { renderToPipeableStream } from "react-dom/server";
import { SECOND } from "~/platform/time";

/** How long rendering may take. */
const RENDER_TIMEOUT = 10 * SECOND;

/** Renders a page: at once for a person, as a whole for a robot. */
export default function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  remixContext: EntryContext,
  { shopify, log }: AppLoadContext,
): Promise<Response> {
  shopify.addDocumentResponseHeaders(request, headers);
  headers.set("Content-Type", "text/html; charset=utf-8");
  const ready = isbot(request.headers.get("user-agent")) ? "onAllReady" : "onShellReady";
  return new Promise((resolve, reject) => {
    const page = <RemixServer context={remixContext} url={request.url} />;
    const { pipe, abort } = renderToPipeableStream(page, {
      [ready]: () => {
        const body = new PassThrough();
        resolve(new Response(createReadableStreamFromReadable(body), { headers, status }));
        pipe(body);
      },
      onShellError: reject,
      onError: (error) =>
        log.error({ err: error, page: request.url.split("?")[0] }, "a page failed"),
    });
    setTimeout(abort, RENDER_TIMEOUT).unref();
  });
}

/** Bugs in loaders and actions end here; a request that was given up, or asked for what is not there,
 * is none. */
export function handleError(
  error: unknown,
  { request, context }: LoaderFunctionArgs | ActionFunctionArgs,
): void {
  if (request.signal.aborted || (isRouteErrorResponse(error) && error.status < 500)) return;
  context.log.error({ err: error, page: request.url.split("?")[0] }, "a request failed");
}
