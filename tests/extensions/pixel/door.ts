import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { PixelBatch, schemaOf } from "~/events/vocabulary";
import { at } from "../../../extensions/pixel/src/fields";

/** How the server answers a request: as it should, or with one of the ways in which it may fail.
 * `lost` stores the batch and drops the connection; `drop` only drops it. */
export type Manner = "well" | "lost" | "drop" | { status: number; retryAfter?: number };

const KEY = "key-of-anas-linen";

/** A server at the other end of the wire: takes batches as docs/events.md describes it, and can be
 * told to misbehave. */
export async function openDoor() {
  const stored = new Map<string, unknown>();
  const bodies: string[] = [];
  const contentTypes = new Set<string | undefined>();
  const faults: unknown[] = [];
  let manner: (ids: string[]) => Manner = () => "well";

  async function take(request: IncomingMessage, response: ServerResponse) {
    const body = Buffer.concat(await request.toArray()).toString("utf8");
    const batch = PixelBatch.parse(JSON.parse(body));
    bodies.push(body);
    contentTypes.add(request.headers["content-type"]);
    const how = manner(batch.events.map(idOf));
    if (how === "drop") return request.socket.destroy();
    if (typeof how === "object") {
      if (how.retryAfter) response.setHeader("Retry-After", how.retryAfter);
      return response.writeHead(how.status).end("{}");
    }
    const before = stored.size;
    batch.events.forEach((event) => stored.set(idOf(event), event));
    if (how === "lost") return request.socket.destroy();
    const accepted = stored.size - before;
    const duplicate = batch.events.length - accepted;
    response.end(JSON.stringify({ accepted, duplicate, rejected: 0, rejections: [] }));
  }

  const attempt = (request: IncomingMessage, response: ServerResponse) =>
    void take(request, response).catch((fault: unknown) => {
      faults.push(fault);
      response.writeHead(500).end();
    });

  let server = await listen(attempt, 0);
  const port = portOf(server);
  return {
    settings: { endpoint: `http://127.0.0.1:${port}/pixel/events`, key: KEY },
    /** Every event that is on disk, by its id. */
    stored,
    /** Every body that came, whatever became of it. */
    bodies,
    contentTypes,
    /** What was wrong with requests; to be empty. */
    faults,
    answer: (how: Manner | ((ids: string[]) => Manner)) => {
      manner = typeof how === "function" ? how : () => how;
    },
    /** Stops listening, as a server does that is being replaced. */
    goDown: () => close(server),
    comeUp: async () => {
      server = await listen(attempt, port);
    },
    close: () => close(server),
  };
}

/** Ids of a batch's events, each of which must be as the vocabulary wants it. */
function idOf(event: unknown): string {
  const parsed = schemaOf(String(at(event, "name")))?.safeParse(event);
  if (!parsed?.success)
    throw new Error(`the pixel sent what is no event: ${JSON.stringify(event)}`);
  return parsed.data.id;
}

type Take = (request: IncomingMessage, response: ServerResponse) => void;

const listen = (take: Take, port: number) =>
  new Promise<Server>((resolve) => {
    const server = createServer(take).listen(port, "127.0.0.1", () => resolve(server));
  });

const close = (server: Server) =>
  new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no TCP address was given");
  return address.port;
}
