import { createServer } from "node:http";

/** The least that any server must do: read a body, parse it, count. What it costs is the yardstick. */
const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => {
    const { events } = JSON.parse(Buffer.concat(chunks).toString("utf8")) as { events: unknown[] };
    const answer = { accepted: events.length, duplicate: 0, rejected: 0, rejections: [] };
    response.writeHead(200, { "Content-Type": "application/json" }).end(JSON.stringify(answer));
  });
});
server.listen(0, "127.0.0.1", () => process.send?.(server.address()));
process.on("disconnect", () => process.exit());
