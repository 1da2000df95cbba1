import {
  Agent,
  createServer,
  request,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from "node:http";
import { buffer, text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import type { Mishap } from "../control/door-faults";
import { isRewritable, rewriteHeaders, rewriteText, type Hosts } from "./rewrite";

export type TunnelOptions = {
  /** Where the app listens. */
  app: string;
  hosts: Hosts;
  /** What happens to the next request to a path; nothing does when left out. */
  mishap?: (path: string) => Mishap;
};
type Way = { agent: Agent; app: string; hosts: Hosts };

/** The public door in front of the app, like the tunnel that Shopify's CLI opens. Passes every
 * request and answer through as a stream; only pages and scripts are read and rewritten.
 * Answers 502 while nothing listens at the app's address. */
export function tunnelServer({ app, hosts, mishap }: TunnelOptions): Server {
  const agent = new Agent({ keepAlive: true });
  const way = { agent, app, hosts };
  const server = createServer((incoming, outgoing) => {
    const fate = mishap?.(incoming.url ?? "/");
    if (fate) void stumble(way, fate, incoming, outgoing);
    else forward(way, incoming, outgoing);
  });
  return server.on("close", () => agent.destroy());
}

/** Lets happen to a request what may happen on the internet, then passes it on. */
async function stumble(
  way: Way,
  { latencyMs, cut, isError, isDoubled }: Mishap,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  if (latencyMs > 0) await sleep(latencyMs);
  if (incoming.destroyed) return; // the client has gone away meanwhile
  if (cut === "request") return void incoming.socket.destroy();
  if (isError) return badGateway(outgoing, way.app, new Error("a fault on demand"));
  if (!isDoubled && cut === null) return forward(way, incoming, outgoing);
  const body = await buffer(incoming).catch(() => undefined);
  if (!body) return; // the same, in the middle of it
  if (isDoubled) await new Promise<void>((done) => knock(way, incoming, body, () => done()));
  knock(way, incoming, body, (answer) => {
    if (cut === "answer" || !answer) incoming.socket.destroy();
    else void pass(answer, outgoing, way.hosts);
  });
}

/** Sends a request whose body is known. @param heard gets nothing when the app is not there */
function knock(
  { agent, app }: Way,
  incoming: IncomingMessage,
  body: Buffer,
  heard: (answer?: IncomingMessage) => void,
): void {
  const { hostname, port } = new URL(app);
  const { method, url: path } = incoming;
  const headers = forwardedHeaders(incoming);
  const upstream = request({ agent, hostname, port, method, path, headers });
  upstream.on("error", () => heard());
  upstream.on("response", (answer) => {
    heard(answer);
    answer.resume();
  });
  upstream.end(body);
}

function forward(
  { agent, app, hosts }: Way,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): void {
  const { hostname, port } = new URL(app);
  const { method, url: path } = incoming;
  const headers = forwardedHeaders(incoming);
  const upstream = request({ agent, hostname, port, method, path, headers });
  upstream.on("error", (error) => badGateway(outgoing, app, error));
  upstream.on("response", (answer) => {
    if (!incoming.readableEnded) stopSending(incoming);
    void pass(answer, outgoing, hosts);
  });
  outgoing.on("close", () => upstream.destroy());
  incoming.pipe(upstream);
}

/** A client that is gone by now has no address any more. */
function forwardedHeaders({ headers, socket: { remoteAddress } }: IncomingMessage) {
  return {
    ...headers,
    "accept-encoding": "identity",
    ...(remoteAddress && { "x-forwarded-for": remoteAddress }),
    "x-forwarded-host": headers["x-forwarded-host"] ?? headers.host,
    "x-forwarded-proto": "http",
  };
}

/** The app has answered early, as with a 413: the rest of the body is read and thrown away. */
function stopSending(incoming: IncomingMessage): void {
  incoming.unpipe();
  incoming.resume();
}

async function pass(answer: IncomingMessage, outgoing: ServerResponse, hosts: Hosts) {
  const status = answer.statusCode ?? 502;
  const headers = rewriteHeaders(answer.headers, hosts);
  answer.on("error", () => outgoing.destroy());
  if (!isRewritable(headers)) {
    answer.pipe(outgoing.writeHead(status, headers));
    return;
  }
  const read = await text(answer).catch(() => null);
  if (read === null) return; // one side has gone away, and its error has ended the other
  const page = rewriteText(read, hosts);
  delete headers["content-length"]; // the page's length has changed
  delete headers["transfer-encoding"];
  outgoing.writeHead(status, headers).end(page);
}

function badGateway(outgoing: ServerResponse, app: string, error: Error): void {
  if (outgoing.headersSent) {
    outgoing.destroy();
    return;
  }
  outgoing.writeHead(502, { "content-type": "text/html; charset=utf-8" }).end(
    `<!doctype html><title>The app is not there</title>
    <body style="font: 16px/1.5 system-ui; max-width: 34rem; margin: 15vh auto; padding: 0 1rem">
    <h1>The app is not there</h1>
    <p>Nothing answers at ${app} (${error.message}). Start it, then reload this page.</p>`,
  );
}
