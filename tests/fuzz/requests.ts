import { gzipSync } from "node:zlib";
import type { Chance } from "../../dev/chance";
import { validBatch } from "./batch";
import { spoilBytes, spoilText, spoilTree } from "./mutations";

/** What goes over the wire, and what can be expected of it. */
export type Request = {
  kind: string;
  bytes: Buffer;
  /** The body, where the request is sound but for that. */
  body?: Buffer;
  /** Whether the server can tell where it ends, and so must answer. */
  isWhole: boolean;
};

const LINE = "POST /pixel/events HTTP/1.1";

function request(
  body: Buffer,
  { line = LINE, headers = [] as string[], length = body.length } = {},
) {
  const head = [line, "Host: 127.0.0.1", `Content-Length: ${length}`, ...headers, "", ""];
  return Buffer.concat([Buffer.from(head.join("\r\n"), "latin1"), body]);
}

type Maker = (luck: Chance, key: string) => Omit<Request, "kind">;

const sound = (body: Buffer, headers: string[] = []) => ({
  bytes: request(body, { headers }),
  body,
  isWhole: true,
});
const valid = (luck: Chance, key: string) => Buffer.from(JSON.stringify(validBatch(luck, key)));
const long = (luck: Chance) => "a".repeat(luck.between(1_000, 40_000));

const chunked = (luck: Chance, body: Buffer): Buffer => {
  const parts: Buffer[] = [Buffer.from(`${LINE}\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n`)];
  for (let at = 0; at < body.length;) {
    const piece = body.subarray(at, at + luck.between(1, 400));
    at += piece.length;
    const note = luck.happens(0.2) ? ";note=1" : "";
    parts.push(Buffer.from(`${piece.length.toString(16)}${note}\r\n`), piece, Buffer.from("\r\n"));
  }
  return Buffer.concat([...parts, Buffer.from("0\r\n\r\n")]);
};

const oddLine = (luck: Chance): string => {
  const method = luck.pick(["GET", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD", "TRACE", "PROPFIND", "post", "P\0ST", "CONNECT", "", "POST"]); // prettier-ignore
  const path = luck.pick(["/pixel/events", "/pixel/events/", "/pixel/events?a=%", "/pixel//events", "/PIXEL/EVENTS", "/pixel/events/../events", "/%ff", "/%00", "/pixel/events%00", "//evil.example/", "http://evil.example/pixel/events", "*", "/pixel/events#x", "/__proto__", "/pixel/events;x", "/\xff", `/${"a/".repeat(3_000)}`, "/pixel/events?" + "a=1&".repeat(3_000)]); // prettier-ignore
  const version = luck.pick(["HTTP/1.1", "HTTP/1.1", "HTTP/1.0", "HTTP/0.9", "HTTP/2.0", "HTTP/9.9", "http/1.1", ""]); // prettier-ignore
  return `${method} ${path} ${version}`;
};

const oddHeader = (luck: Chance): string =>
  luck.pick([
    "Content-Type: application/json",
    "Content-Type: multipart/form-data; boundary=x",
    "Content-Type: \xff\xfe",
    "Content-Length: 5",
    "Content-Length: -1",
    "Content-Length: 99999999999999999999",
    "Transfer-Encoding: chunked",
    "Transfer-Encoding: gzip, chunked",
    "Transfer-Encoding: identity",
    "Host: b",
    "Host:",
    "Connection: close, keep-alive, upgrade",
    "Upgrade: websocket",
    "Upgrade: h2c",
    "Expect: 200-ok",
    "Origin: null",
    "Cookie: " + "a=1; ".repeat(500),
    "X-Forwarded-For: " + "1.1.1.1, ".repeat(300),
    "X-Forwarded-Host: \xff",
    `X-Long: ${long(luck)}`,
    "X Space: 1",
    ": nameless",
    "X-Nul: a\0b",
    " folded",
    "__proto__: 1",
    ...["Content-Encoding: gzip", "Content-Encoding: br, br", "Range: bytes=0-", "TE: trailers"],
  ]);

/** Every way in which a request is wrong, by name. */
const MAKERS: Record<string, Maker> = {
  "values and fields": (luck, key) => sound(Buffer.from(spoilTree(validBatch(luck, key), luck))),
  text: (luck, key) =>
    sound(Buffer.from(spoilText(JSON.stringify(validBatch(luck, key)), luck), "utf8")),
  bytes: (luck, key) => sound(spoilBytes(valid(luck, key), luck)),
  noise: (luck) => sound(spoilBytes(Buffer.alloc(luck.between(1, 300)), luck)),
  "many events": (luck, key) =>
    sound(Buffer.from(JSON.stringify(validBatch(luck, key, luck.between(40, 90))))),
  "content encoding": (luck, key) => {
    const body = luck.happens(0.5) ? gzipSync(valid(luck, key)) : valid(luck, key);
    return { bytes: request(body, { headers: ["Content-Encoding: gzip"] }), isWhole: true };
  },
  chunks: (luck, key) => ({ bytes: chunked(luck, valid(luck, key)), isWhole: true }),
  "spoiled chunks": (luck, key) => ({
    bytes: spoilBytes(chunked(luck, valid(luck, key)), luck),
    isWhole: false,
  }),
  "wrong length": (luck, key) => {
    const body = valid(luck, key);
    return { bytes: request(body, { length: luck.between(0, body.length * 2) }), isWhole: false };
  },
  "odd first line": (luck, key) => ({
    bytes: request(valid(luck, key), { line: oddLine(luck) }),
    isWhole: false,
  }),
  "odd headers": (luck, key) => ({
    bytes: request(valid(luck, key), {
      headers: Array.from({ length: luck.between(1, 4) }, () => oddHeader(luck)),
    }),
    isWhole: false,
  }),
  "crowd of headers": (luck, key) => ({
    bytes: request(valid(luck, key), {
      headers: Array.from({ length: luck.between(100, 3_000) }, (_, n) => `X-${n}: 1`),
    }),
    isWhole: false,
  }),
  "spoiled anywhere": (luck, key) => ({
    bytes: spoilBytes(request(valid(luck, key)), luck),
    isWhole: false,
  }),
};

const WEIGHTS = Object.fromEntries(
  Object.keys(MAKERS).map((kind) => [
    kind,
    kind === "values and fields" || kind === "text" ? 5 : 1,
  ]),
);

/** A request that is wrong in some way; the same chance makes the same. */
export function malformed(luck: Chance, key: string): Request {
  const kind = luck.weighted(WEIGHTS);
  const make = MAKERS[kind];
  if (!make) throw new Error(`nothing makes ${kind}`);
  return { kind, ...make(luck, key) };
}
