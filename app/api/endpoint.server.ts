import { createHash } from "node:crypto";
import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import type { Database } from "~/platform/db.server";
import { isAppError, TooMany } from "~/platform/errors";
import { createWindows, limitHeaders } from "~/platform/windows";
import { MissingScope, NotAllowed } from "./errors";
import { toProblem } from "./problem";
import { CsvFile } from "./csv.server";
import type { Scope } from "./scopes";
import { admit, type Caller } from "./tokens.server";

/** What a call of the API is answered from. */
export type Call = {
  db: Database;
  caller: Caller;
  request: Request;
  search: URLSearchParams;
  params: LoaderFunctionArgs["params"];
  now: Date;
};

/** What a token may ask for in a minute, of one process. */
export const CALLS_A_MINUTE = 600;
const spend = createWindows({ count: CALLS_A_MINUTE, seconds: 60 });

/** Makes a loader of a function: lets the caller in, counts the call, and answers with JSON, or a file,
 * that a caller may keep until it changes. Failures are told as problems.
 * @param scope what the caller's token has to allow */
export const endpoint =
  (scope: Scope, answer: (call: Call) => Promise<object | CsvFile | Response>) =>
  async ({ request, context, params }: LoaderFunctionArgs): Promise<Response> => {
    const headers: Record<string, string> = { Vary: "Authorization" };
    const now = new Date();
    try {
      const caller = await admit(context.db, request.headers.get("authorization"), now);
      Object.assign(headers, countCall(caller, now));
      if (!caller.scopes.includes(scope)) throw new MissingScope(scope);
      const { searchParams: search } = new URL(request.url);
      const body = await answer({ db: context.db, caller, request, search, params, now });
      if (body instanceof Response) return withHeaders(body, headers);
      return toAnswer(body, request.headers.get("if-none-match"), headers);
    } catch (error) {
      if (isAppError(error)) return toProblem(error, headers);
      context.log.error({ err: error, page: new URL(request.url).pathname }, "an API call failed");
      return toProblem(BUG, headers);
    }
  };

/** An answer that goes on, such as a stream, is no one's to keep. */
function withHeaders(answer: Response, headers: Record<string, string>): Response {
  for (const [name, value] of Object.entries(headers)) answer.headers.set(name, value);
  return answer;
}

const BUG = {
  ...{ code: "internal", status: 500, headers: {} },
  message: "Something went wrong on our side. It has been written to the app's log.",
};

/** @throws {TooMany} */
function countCall({ tokenId }: Caller, now: Date): Record<string, string> {
  const allowance = spend(tokenId, 1, now.getTime());
  const headers = limitHeaders(allowance);
  if (allowance.isAllowed) return headers;
  throw new TooMany(`a token may make ${CALLS_A_MINUTE} calls a minute`, headers);
}

function toAnswer(
  told: object | CsvFile,
  known: string | null,
  headers: Record<string, string>,
): Response {
  const isFile = told instanceof CsvFile;
  const body = isFile ? told.text : JSON.stringify(told);
  const tag = `"${createHash("sha256").update(body).digest("base64url").slice(0, 27)}"`;
  const all = { ...headers, ETag: tag, "Cache-Control": "private, no-cache" };
  if (isKnown(known, tag)) return new Response(null, { status: 304, headers: all });
  const type = isFile ? told.headers : { "Content-Type": "application/json" };
  return new Response(body, { headers: { ...all, ...type } });
}

/** RFC 9110, section 13.1.2: a proxy that packs the body makes our tag a weak one. */
const isKnown = (known: string | null, tag: string): boolean =>
  (known ?? "")
    .split(",")
    .map((each) => each.trim().replace(/^W\//, ""))
    .some((each) => each === tag || each === "*");

/** For every method that changes something: the API has nothing to change. */
export const refuseMethod = ({ request }: ActionFunctionArgs): Response =>
  toProblem(new NotAllowed(`${request.method} is not allowed here`));
