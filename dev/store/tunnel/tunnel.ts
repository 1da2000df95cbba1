import {
  Agent,
  createServer,
  request,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from "node:http";
import { text } from "node:stream/consumers";
import { isRewritable, rewriteHeaders, rewriteText, type Hosts } from "./rewrite";

/** The public door in front of the app, like the tunnel that Shopify's CLI opens. Passes every
 * request and answer through as a stream; only pages and scripts are read and rewritten.
 * Answers 502 while nothing listens at the app's address. */
export function tunnelServer(app: string, hosts: Hosts): Server {
  const agent = new Agent({ keepAlive: true });
  const { hostname, port } = new URL(app);
  const server = createServer((incoming, outgoing) => {
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
  });
  return server.on("close", () => agent.destroy());
}

function forwardedHeaders({ headers, socket }: IncomingMessage) {
  return {
    ...headers,
    "accept-encoding": "identity",
    "x-forwarded-for": socket.remoteAddress,
    "x-forwarded-host": headers.host,
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
  const page = rewriteText(await text(answer), hosts);
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
