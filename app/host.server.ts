import path from "node:path";
import { pathToFileURL } from "node:url";
import { serve, type ServerType } from "@hono/node-server";
import { serveStatic } from "@hono/node-server/serve-static";
import { createRequestHandler, type ServerBuild } from "@remix-run/node";
import { Hono } from "hono";
import type { AppContext } from "./context";
import { Misconfigured } from "./platform/errors";

const FOREVER = "public, max-age=31536000, immutable";
const AN_HOUR = "public, max-age=3600";

/** Serves the built app over HTTP.
 * @returns a function that stops listening and waits for the requests under way
 * @throws {Misconfigured} the port is taken, or nothing has been built */
export async function startHost(context: AppContext): Promise<() => Promise<void>> {
  const build = await loadBuild();
  const handle = createRequestHandler(build, process.env.NODE_ENV);
  const app = new Hono();
  app.use("/assets/*", serveStatic({ root: "build/client", onFound: cacheFor(FOREVER) }));
  app.use("*", serveStatic({ root: "build/client", onFound: cacheFor(AN_HOUR) }));
  app.all("*", (c) => handle(c.req.raw, context));
  app.onError((error) => {
    context.log.error({ err: error }, "a request failed");
    return new Response("Something went wrong on our side.\n", { status: 500 });
  });
  const server = await listen(app, context);
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

function listen(app: Hono, { config }: AppContext): Promise<ServerType> {
  const { port, bindAddress: hostname } = config;
  return new Promise((resolve, reject) => {
    const options = { fetch: app.fetch, port, hostname, overrideGlobalObjects: false };
    const server = serve(options, () => resolve(server));
    server.once("error", (error: NodeJS.ErrnoException) =>
      reject(
        error.code === "EADDRINUSE"
          ? new Misconfigured(
              `Port ${port} is taken: stop what listens there, or set PORT to another.`,
            )
          : error,
      ),
    );
  });
}

function close(server: ServerType): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    if ("closeIdleConnections" in server) server.closeIdleConnections();
  });
}
