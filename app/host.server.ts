import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { getRequestListener } from "@hono/node-server";
import { serveStatic } from "@hono/node-server/serve-static";
import { createRequestHandler, type ServerBuild } from "@remix-run/node";
import { Hono } from "hono";
import type { AppContext } from "./context";
import { Misconfigured } from "./platform/errors";

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

/** Serves the app over HTTP.
 * @returns a function that stops listening and waits for the requests under way
 * @throws {Misconfigured} the port is taken, or nothing has been built */
export async function startHost(context: AppContext, pages: Pages): Promise<() => Promise<void>> {
  const handle = createRequestHandler(
    pages.mode === "production" ? await pages.load() : pages.load,
    pages.mode,
  );
  const app = new Hono();
  app.use("/assets/*", serveStatic({ root: "build/client", onFound: cacheFor(FOREVER) }));
  app.use("*", serveStatic({ root: "build/client", onFound: cacheFor(AN_HOUR) }));
  app.all("*", (c) => handle(c.req.raw, context));
  app.onError((error) => {
    context.log.error({ err: error }, "a request failed");
    return new Response("Something went wrong on our side.\n", { status: 500 });
  });
  const answer = getRequestListener(app.fetch, { overrideGlobalObjects: false });
  const server = createServer((request, response) => {
    const next = () => void answer(request, response);
    if (pages.before) pages.before(request, response, next);
    else next();
  });
  await listen(server, context);
  return () => close(server);
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

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
  });
}
