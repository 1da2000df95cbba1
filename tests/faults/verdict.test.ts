import { createServer, type RequestListener } from "node:http";
import { expect } from "vitest";
import { freePort } from "~/platform/embedded-postgres.server";
import { runLoad } from "../../dev/load/load";
import { TOLD } from "../../dev/load/spec";
import { spec, test } from "./attack";
import { acknowledged, judge, readLog } from "./verdict";

/** A server that does as told with what it is sent, for as long as it is in scope. */
async function serve(listener: RequestListener) {
  const port = await freePort();
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  const close = () => {
    server.closeAllConnections();
    return new Promise<void>((resolve) => server.close(() => resolve()));
  };
  return { port, [Symbol.asyncDispose]: close };
}

const SHORT = { seconds: 0.5, connections: 4 };

test("a server that acknowledges without storing is found out", async ({ world }) => {
  await using liar = await serve((request, response) => {
    request.resume().on("end", () => {
      response.end(JSON.stringify({ accepted: 10, duplicate: 0, rejected: 0, rejections: [] }));
    });
  });
  const load = spec(world, { ...SHORT, port: liar.port });

  const report = await runLoad(load);

  const verdict = judge(report.ledger, await readLog(world, load.run), world.keys.length);
  expect(verdict.lost.length).toBeGreaterThan(0);
  expect(verdict.lost).toHaveLength(acknowledged(report));
});

test("a server that stores what it refuses is found out", async ({ world }) => {
  await using hoarder = await serve((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const target = `http://127.0.0.1:${world.app.port}/pixel/events`;
      void fetch(target, { method: "POST", body: Buffer.concat(chunks) }).then(async (stored) => {
        await stored.body?.cancel();
        response.writeHead(503).end(JSON.stringify({ code: "overloaded" }));
      });
    });
  });
  const load = spec(world, { ...SHORT, port: hoarder.port });

  const report = await runLoad(load);

  const verdict = judge(report.ledger, await readLog(world, load.run), world.keys.length);
  expect(verdict.ghosts.length).toBeGreaterThan(0);
  expect(verdict.lost).toEqual([]);
});

test("an event that was refused once and taken another time may be in the log", () => {
  const row = { eventId: "sh-00000000-0001-0000000000", shop: 0, copies: 1 };

  const verdict = judge(Uint8Array.of(TOLD.refused | TOLD.acknowledged), [row], 20);

  expect(verdict).toEqual({ lost: [], ghosts: [], misplaced: [] });
});

test("an event that is there twice, or under another shop, is found out", () => {
  const twice = { eventId: "sh-00000000-0001-0000000000", shop: 0, copies: 2 };
  const astray = { eventId: "sh-00000000-0001-0000000001", shop: 7, copies: 1 };

  const verdict = judge(new Uint8Array(2), [twice, astray], 20);

  expect(verdict.misplaced).toEqual([0, 1]);
});
