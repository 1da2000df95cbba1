import { connect } from "node:net";
import { expect } from "vitest";
import { attack, everydayMemory, isShort, memoryShare, rounds, spec, test } from "./attack";
import { prepareLoad } from "../../dev/load/load";
import { acknowledged, HONEST, judge, readLog } from "./verdict";

const CROWD = isShort ? 500 : 10_000;
/** A request that has not arrived by then is not worth waiting for. */
const SLOW_LIMIT_SECONDS = 60;
const LIMIT = { timeout: 240_000 };

const HEAD = "POST /pixel/events HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1000\r\n\r\n";

/** Sends a beginning at once and then a byte a second; tells after how many seconds it was cut off,
 * or that it never was. */
const dribble = (port: number, beginning: string) =>
  new Promise<number>((resolve) => {
    const started = performance.now();
    const socket = connect(port, "127.0.0.1", () => socket.write(beginning));
    const done = () => {
      clearInterval(dripping);
      clearTimeout(patience);
      socket.destroy();
      resolve((performance.now() - started) / 1_000);
    };
    const dripping = setInterval(() => socket.write("a"), 1_000);
    const patience = setTimeout(() => {
      done();
    }, SLOW_LIMIT_SECONDS * 1_000);
    socket
      .on("error", () => {})
      .on("end", done)
      .on("close", done)
      .resume();
  });

test("connections that are cut lose nothing and leave nothing behind", LIMIT, async ({ world }) => {
  const everyday = await everydayMemory(world);
  for (const round of rounds) {
    const load = spec(world, { cuts: 0.2, seconds: 3, eventsPerRequest: round % 2 ? 50 : 1 });

    const { report, verdict } = await attack(world, { load, fault: async () => {} });

    expect(verdict).toEqual(HONEST);
    expect(report.requests.cut).toBeGreaterThan(0);
    expect(report.requests.lost).toBeGreaterThan(0);
    expect(acknowledged(report)).toBeGreaterThan(0);
  }
  expect(await memoryShare(world, everyday)).toBeLessThanOrEqual(1);
});

test(
  "clients that send a byte a second are cut off, and others are served",
  LIMIT,
  async ({ world }) => {
    const beginnings = ["POST /pixel/events HTTP/1.1\r\nX-Slow: ", HEAD];
    const slow = beginnings.flatMap((beginning) =>
      Array.from({ length: 20 }, () => dribble(world.app.port, beginning)),
    );
    const load = spec(world, { seconds: 3, perSecond: 20 });

    const { report, verdict } = await attack(world, { load, fault: async () => {} });

    expect(verdict).toEqual(HONEST);
    expect(Object.keys(report.requests)).toEqual(["200"]);
    expect(Math.max(...(await Promise.all(slow)))).toBeLessThan(SLOW_LIMIT_SECONDS);
  },
);

test(`${CROWD} connections at once all get an answer`, LIMIT, async ({ world }) => {
  const everyday = await everydayMemory(world);
  const load = spec(world, { connections: CROWD, eventsPerRequest: 1, seconds: 5 });
  const crowd = await prepareLoad(load);

  const report = await crowd.go();

  const { "200": taken, "429": _slowed, "503": _refused, ...others } = report.requests;
  expect(crowd.connected).toBe(CROWD);
  expect(taken).toBeGreaterThan(0);
  expect(others).toEqual({});
  expect(judge(report.ledger, await readLog(world, load.run), world.keys.length)).toEqual(HONEST);
  expect(await memoryShare(world, everyday)).toBeLessThanOrEqual(1);
});
