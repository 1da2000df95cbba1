import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { SMTPServer } from "smtp-server";

/** What came by e-mail: to whom, and all of the message. */
export type Received = { to: string; message: string };

/** A real SMTP server on this machine; `refuse` answers for addresses that it does not take. */
export async function openMailbox(refuse: (to: string) => Error | null = () => null) {
  const received: Received[] = [];
  const server = new SMTPServer({
    ...{ authOptional: true, disabledCommands: ["STARTTLS"], logger: false },
    onRcptTo: ({ address }, _session, done) => done(refuse(address)),
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        const to = session.envelope.rcptTo.map(({ address }) => address).join(",");
        received.push({ to, message: decoded(Buffer.concat(chunks).toString("utf8")) });
        done();
      });
    },
  });
  server.listen(0, "127.0.0.1");
  await once(server.server, "listening");
  const { port } = server.server.address() as AddressInfo;
  const close = () => new Promise<void>((resolve) => server.close(() => resolve()));
  return { url: `smtp://127.0.0.1:${port}`, received, close };
}

/** Undoes quoted-printable, and lines that were broken for the way. */
const decoded = (message: string): string =>
  Buffer.from(
    message
      .replace(/=\r\n/g, "")
      .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))),
    "latin1",
  )
    .toString("utf8")
    .replace(/\r\n[ \t]+/g, " ");

export type Called = { headers: Record<string, string | undefined>; body: string };

/** A merchant's server, which answers with the next of these statuses, or with the last one; it hears but
 * does not answer a 0. */
export async function openEndpoint(...statuses: number[]) {
  const called: Called[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const status = statuses[Math.min(called.length, statuses.length - 1)] ?? 200;
      const headers = Object.entries(request.headers).map(([name, value]) => [name, String(value)]);
      called.push({
        headers: Object.fromEntries(headers) as Called["headers"],
        body: Buffer.concat(chunks).toString("utf8"),
      });
      if (status > 0) response.writeHead(status, { location: "http://127.0.0.1:1/" }).end("x");
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const close = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { url: `http://127.0.0.1:${port}/alerts`, called, close };
}
