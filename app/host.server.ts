import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { getRequestListener, type HttpBindings } from "@hono/node-server";
import { serveStatic } from "@hono/node-server/serve-static";
import { createRequestHandler, type ServerBuild } from "@remix-run/node";
import { Hono } from "hono";
import type { AppContext } from "./context";
import { limitCallers } from "./doors.server";
import { createDoor, isForEvents } from "./events/ingest/door.server";
import type { Ingest } from "./events/ingest/ingest.server";
import { isSame } from "./platform/crypto.server";
import { Misconfigured } from "./platform/errors";
import { requestIdOf } from "./platform/request";
import { SECOND } from "./platform/time";

const FOREVER = "public, max-age=31536000, immutable";
const AN_HOUR = "public, max-age=3600";

type Next = () => void;

/** Where the routes come from: the build, or, in development, a server that compiles as it goes. */
export type Pages = {
  mode: "production" | "development";
  load: () => Promise<ServerBuild>;
  /** Sees each request first and may answer it. */
  before?: (request: IncomingMessage, response: ServerResponse, next: Next) => void;
};

/** The pages as `npm run build` left them. */
export const builtPages: Pages = { mode: "production", load: loadBuild };

/** How long a sender may take over a whole request and over its head; slower ones get a 408. */
const PATIENCE = {
  requestTimeout: 20 * SECOND,
  headersTimeout: 10 * SECOND,
  keepAliveTimeout: 15 * SECOND,
  connectionsCheckingInterval: 2 * SECOND,
};

/** Requests under way have this long to end when the process is to stop. */
const STOP_LIMIT = 10 * SECOND;

/** Serves the app over HTTP: events by ingest's own door, everything else by Remix.
 * @returns a function that stops listening and waits for the requests under way
 * @throws {Misconfigured} the port is taken, or nothing has been built */
export async function startHost(
  context: AppContext,
  pages: Pages,
  ingest: Ingest,
): Promise<() => Promise<void>> {
  const handle = createRequestHandler(
    pages.mode === "production" ? await pages.load() : pages.load,
    pages.mode,
  );
  const app = new Hono<{ Bindings: HttpBindings; Variables: { requestId: string } }>();
  app.use("*", async (c, next) => {
    const requestId = requestIdOf(c.req.header("x-request-id")) ?? randomUUID();
    c.set("requestId", requestId);
    await next();
    c.header("X-Request-Id", requestId);
  });
  app.get("/metrics", (c) => answerMetrics(context, c.req.header("authorization")));
  app.use("/assets/*", serveStatic({ root: "build/client", onFound: cacheFor(FOREVER) }));
  app.use("*", serveStatic({ root: "build/client", onFound: cacheFor(AN_HOUR) }));
  app.use("*", limitCallers(context.config.trustProxy));
  app.all("*", (c) => {
    const log = context.log.child({ requestId: c.get("requestId") });
    return handle(c.req.raw, { ...context, log });
  });
  app.onError((error, c) => {
    const requestId = c.get("requestId");
    context.log.error({ err: error, requestId }, "a request failed");
    return new Response(`Something went wrong on our side. Request ${requestId}\n`, {
      status: 500,
    });
  });
  const answer = getRequestListener(app.fetch, { overrideGlobalObjects: false });
  const door = createDoor({ ingest, log: context.log });
  const server = createServer(PATIENCE, (request, response) => {
    if (isForEvents(request)) return door(request, response);
    const next = () => void answer(request, response);
    if (pages.before) pages.before(request, response, next);
    else next();
  });
  await listen(server, context);
  return () => close(server);
}

async function answerMetrics(
  { config, metrics }: AppContext,
  authorization = "",
): Promise<Response> {
  const expected = config.metricsToken && `Bearer ${config.metricsToken}`;
  if (!expected || !isSame(authorization, expected))
    return new Response("Set METRICS_TOKEN, and send it as a bearer token.\n", { status: 401 });
  return new Response(await metrics.metrics(), {
    headers: { "Content-Type": metrics.contentType },
  });
}

const cacheFor =
  (value: string) => (_file: string, c: { header: (name: string, value: string) => void }) =>
    c.header("Cache-Control", value);

async function loadBuild(): Promise<ServerBuild> {
  const file = path.resolve("build", "server", "index.js");
  try {
    return (await import(pathToFileURL(file).href)) as ServerBuild;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ERR_MODULE_NOT_FOUND")
      throw new Misconfigured("There is no build to serve: run `npm run build` first.");
    throw error;
  }
}

function listen(server: Server, { config }: AppContext): Promise<void> {
  const { port, bindAddress } = config;
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) =>
      reject(
        error.code === "EADDRINUSE"
          ? new Misconfigured(
              `Port ${port} is taken: stop what listens there, or set PORT to another.`,
            )
          : error,
      ),
    );
    server.listen(port, bindAddress, () => resolve());
  });
}

/** Stops listening, and waits for the requests under way; those that go on, as streams of news do, are cut. */
function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const cut = setTimeout(() => server.closeAllConnections(), STOP_LIMIT);
    server.close(() => {
      clearTimeout(cut);
      resolve();
    });
    server.closeIdleConnections();
  });
}
