import { connect } from "node:net";

/** What came back; without a status the server closed the connection. */
export type Reply = { status: number | undefined; body: string; ms: number };

const ANSWER_LIMIT_MS = 30_000;
/** How long a request without an end gets before we say that no more is coming. */
const PATIENCE_MS = 300;

/** Sends bytes on a connection of their own and waits for the first answer or for the connection's end.
 * The time of a request without an end counts from when we ended it. */
export const exchange = (port: number, { bytes, isWhole }: { bytes: Buffer; isWhole: boolean }) =>
  new Promise<Reply>((resolve) => {
    let started = performance.now();
    let heard = "";
    const socket = connect({ port, host: "127.0.0.1", noDelay: true, allowHalfOpen: true }, () => {
      started = performance.now();
      socket.write(bytes);
    });
    const done = () => {
      clearTimeout(patience);
      clearTimeout(limit);
      socket.resetAndDestroy(); // leaves no port behind that cannot be used for a minute
      resolve({ ...parse(heard), ms: performance.now() - started });
    };
    const limit = setTimeout(done, ANSWER_LIMIT_MS);
    const patience = setTimeout(() => {
      if (isWhole) return;
      started = performance.now();
      socket.end();
    }, PATIENCE_MS);
    socket.on("data", (chunk) => {
      heard += chunk.toString("latin1");
      if (isAnswer(heard)) done();
    });
    socket
      .on("error", () => {})
      .on("end", done)
      .on("close", done);
  });

const final = (heard: string) =>
  heard.replace(/^HTTP\/1\.1 1\d\d [^\n]*\n(?:[^\r\n]+\r\n)*\r\n/, "");

function isAnswer(heard: string): boolean {
  const [head, body = ""] = split(heard);
  if (head === undefined) return false;
  const length = /\r\ncontent-length: *(\d+)/i.exec(head);
  if (length) return body.length >= Number(length[1]);
  return !/\r\ntransfer-encoding: *chunked/i.test(head) || body.endsWith("0\r\n\r\n");
}

function split(heard: string): [head?: string, body?: string] {
  const text = final(heard);
  const end = text.indexOf("\r\n\r\n");
  return end < 0 ? [] : [text.slice(0, end), text.slice(end + 4)];
}

function parse(heard: string): { status: number | undefined; body: string } {
  const [head, body = ""] = split(heard);
  const status = head && /^HTTP\/1\.[01] (\d{3})/.exec(head);
  const text = body.replace(/(^|\r\n)[0-9a-f]+\r\n/gi, "");
  return { status: status ? Number(status[1]) : undefined, body: text };
}
