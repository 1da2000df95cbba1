import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createAdaptorServer } from "@hono/node-server";
import type { Hono } from "hono";

const LOOPBACK = "127.0.0.1";

export type Listening = { address: string; close: () => Promise<void> };

/** A Hono app as a server that does not listen yet. */
export const serverOf = (routes: Hono): Server =>
  createAdaptorServer({ fetch: routes.fetch }) as Server;

/** Starts a server on loopback; port 0 takes a free one.
 * @throws {Error} saying which port is taken */
export async function listen(server: Server, port: number): Promise<Listening> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) =>
      reject(error.code === "EADDRINUSE" ? taken(port) : error),
    );
    server.listen(port, LOOPBACK, resolve);
  });
  const { port: given } = server.address() as AddressInfo;
  return { address: `http://${LOOPBACK}:${given}`, close: () => close(server) };
}

const taken = (port: number) =>
  new Error(`port ${port} is taken: stop what listens there, or choose another one`);

const close = (server: Server) =>
  new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
