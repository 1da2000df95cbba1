import { lookup as resolve } from "node:dns";
import { request as plainRequest } from "node:http";
import { request } from "node:https";
import { isIP, type LookupFunction } from "node:net";
import type { Outcome } from "./outcome";
import { isPublicAddress } from "./public-address";
import { SECOND } from "./time";

export type Outgoing = { url: string; headers: Record<string, string>; body: string };
export type Reach = {
  /** Whether to go to this machine and its network, and without TLS, too. */
  allowPrivate: boolean;
  timeoutMs?: number;
};

/** Posts to an address that somebody else named: by https, to the open internet alone, without following
 * anywhere. The name is looked up once, and what it stood for then is what is connected to. */
export function post(outgoing: Outgoing, { allowPrivate, timeoutMs }: Reach): Promise<Outcome> {
  const refusal = refusalOf(outgoing.url, allowPrivate);
  if (refusal) return Promise.resolve({ status: "failed", reason: refusal });
  const url = new URL(outgoing.url);
  const ask = url.protocol === "http:" ? plainRequest : request;
  return new Promise((done) => {
    const fail = (reason: string) => done({ status: "failed", reason: reason.slice(0, 300) });
    const asked = ask(
      url,
      {
        ...{ method: "POST", agent: false, lookup: allowPrivate ? undefined : lookupPublic },
        headers: { ...outgoing.headers, "Content-Length": Buffer.byteLength(outgoing.body) },
        signal: AbortSignal.timeout(timeoutMs ?? 10 * SECOND),
      },
      (response) => {
        const { statusCode = 0 } = response;
        response.destroy(); // what it has to say is of no interest, however long it is
        if (statusCode >= 200 && statusCode < 300) done({ status: "accepted" });
        else fail(`the answer was ${statusCode}`);
      },
    );
    asked.on("error", (error) => fail(reasonOf(error)));
    asked.end(outgoing.body);
  });
}

const reasonOf = (error: Error): string =>
  error.name === "AbortError" || error.name === "TimeoutError"
    ? "there was no answer in time"
    : error.message;

/** Why an address cannot be posted to, as far as it tells by itself; null when it may be. */
export function refusalOf(address: string, allowPrivate: boolean): string | null {
  if (!URL.canParse(address)) return "the address is none";
  const { protocol, hostname, username, password } = new URL(address);
  if (protocol !== "https:" && !(allowPrivate && protocol === "http:"))
    return "the address must begin with https://";
  if (username || password) return "the address must not carry a name or a password";
  const literal = hostname.replace(/^\[|\]$/g, "");
  if (!allowPrivate && isIP(literal) && !isPublicAddress(literal)) return PRIVATE;
  return null;
}

const PRIVATE = "the address is not on the open internet";

/** A name that stands for any private address is refused as a whole. */
const lookupPublic: LookupFunction = (hostname, options, callback) =>
  resolve(hostname, { ...options, all: true }, (error, found) => {
    if (error) return callback(error, []);
    if (!found.every(({ address }) => isPublicAddress(address)))
      return callback(new Error(PRIVATE), []);
    const [first] = found;
    if (options.all || !first) return callback(null, found);
    return callback(null, first.address, first.family);
  });
