import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { isAppError, TooLarge, type AppError } from "~/platform/errors";
import type { Log } from "~/platform/log.server";
import { originOf, requestIdOf } from "~/platform/request";
import { LIMITS } from "./batch";
import { OVERLOADED } from "./errors";
import type { Ingest } from "./ingest.server";

const PATH = "/pixel/events";

/** What a page on any site may do and read; no cookie comes along. Names and values take turns: it is
 * the form that Node writes fastest. */
const ANYONE = [
  "Access-Control-Allow-Origin",
  "*",
  "Access-Control-Expose-Headers",
  "Retry-After, X-Request-Id",
];
const PREFLIGHT = {
  "Access-Control-Allow-Methods": "POST",
  "Access-Control-Allow-Headers": "Content-Type, X-Request-Id",
  "Access-Control-Max-Age": "86400",
};

export const isForEvents = ({ url = "" }: IncomingMessage): boolean =>
  url === PATH || url.startsWith(`${PATH}?`);

/** Answers `/pixel/events` on the bare HTTP server: a framework's request costs several times as much
 * as everything that is done with the event in it. Whatever happens, the caller can read how it went. */
export function createDoor({ ingest, log }: { ingest: Ingest; log: Log }) {
  return function answer(request: IncomingMessage, response: ServerResponse): void {
    const requestId = requestIdOf(request.headers["x-request-id"]) ?? randomUUID();
    const reply = (status: number, headers: Record<string, string>, body: string) => {
      ingest.countRequest(status);
      if (response.destroyed || response.headersSent) return;
      const length = String(Buffer.byteLength(body)); // else it goes in chunks
      const head = [...ANYONE, "X-Request-Id", requestId, "Content-Length", length];
      for (const name in headers) head.push(name, headers[name] ?? "");
      response.writeHead(status, head).end(body);
    };
    const replyJson = (status: number, headers: Record<string, string>, body: unknown) =>
      reply(status, { ...headers, "Content-Type": "application/json" }, JSON.stringify(body));
    const refuse = (error: AppError) => {
      const { code, message, status, headers } = error;
      log.debug({ requestId, code, status }, "a batch was refused");
      const told = status === 503 ? { code, message } : { code, message, requestId };
      replyJson(status, headers, told);
    };
    const fail = (error: unknown) => {
      if (isAppError(error)) return refuse(error);
      log.error({ err: error, requestId }, "a pixel's request failed");
      reply(500, {}, "Something went wrong on our side.\n");
    };

    if (request.method !== "POST") {
      request.resume();
      if (request.method === "OPTIONS") return reply(204, PREFLIGHT, "");
      return reply(405, { Allow: "POST, OPTIONS" }, "Send events by POST.\n");
    }
    if (ingest.isFull()) {
      request.resume();
      return refuse(OVERLOADED);
    }
    readBody(request, LIMITS.bodyBytes, (error, body) => {
      if (error) return refuse(error);
      const origin = originOf(request.headers.origin);
      const about = { receivedAt: new Date(), requestId, origin };
      if (ingest.turnsAway(body, about)) return refuse(OVERLOADED);
      ingest.take(body, about).then((taken) => {
        log.debug({ requestId, ...taken, rejections: undefined }, "a batch was taken");
        replyJson(200, {}, taken);
      }, fail);
    });
  };
}

/** Reads a request's body up to a limit, without trusting its Content-Length. A sender who goes away
 * in the middle is not answered. */
function readBody(
  request: IncomingMessage,
  limitBytes: number,
  done: (...result: [TooLarge, null] | [null, Buffer]) => void,
): void {
  const chunks: Buffer[] = [];
  let size = 0;
  request.on("data", (chunk: Buffer) => {
    size += chunk.length;
    if (size <= limitBytes) return void chunks.push(chunk);
    if (size - chunk.length > limitBytes) return; // has been answered already
    const message = `the body may have ${limitBytes} bytes, and this one has more`;
    done(new TooLarge(message), null);
  });
  request.on("end", () => {
    const [first, ...others] = chunks;
    if (size <= limitBytes)
      done(null, first && others.length === 0 ? first : Buffer.concat(chunks));
  });
  request.on("error", () => {}); // the connection broke; nothing has been taken
}
