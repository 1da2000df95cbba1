import { setTimeout } from "node:timers/promises";
import {
  GraphqlQueryError,
  HttpMaxRetriesError,
  HttpRequestError,
  HttpRetriableError,
} from "@shopify/shopify-api";
import type { AdminApiContext } from "@shopify/shopify-app-remix/server";
import { z } from "zod";
import { AppError, Unauthorized, Unavailable } from "~/platform/errors";
import { SECOND } from "~/platform/time";
import { Cost } from "./budget";
import { statusOf } from "./http-status.server";

/** A shop's Admin API, signed in. */
export type Admin = Pick<AdminApiContext, "graphql">;

/** Shopify understood the question and did not answer it. */
export class AdminRefused extends AppError {
  readonly code = "admin_refused";
  readonly status = 502;
}

const TRIES = 3;
const TIMEOUT = 8 * SECOND;

/** What a GraphQL answer says when the shop's budget of query points is used up. */
const Throttled = z.object({
  errors: z.object({
    graphQLErrors: z
      .tuple([z.object({ extensions: z.object({ code: z.literal("THROTTLED") }) })])
      .rest(z.unknown()),
  }),
  extensions: z.object({ cost: Cost }),
});
const Costly = z.object({ extensions: z.object({ cost: Cost }) });

type Patience = {
  /** How often a throttled query is asked; three times when left out. */
  tries?: number;
  /** Told what each answer cost, a refusal too. */
  onCost?: (cost: Cost) => void;
};
type Question<Answer> = Patience & {
  answer: z.ZodType<Answer>;
  variables?: Record<string, unknown>;
};

/** Asks the Admin API one of the questions in `documents.ts` and parses the answer's `data`.
 * Waits and asks again while Shopify throttles the shop; the library does neither.
 * @throws {AdminRefused} with Shopify's words, or when the answer has not the shape wanted
 * @throws {Unavailable} Shopify cannot be reached, fails, or goes on throttling
 * @throws {Unauthorized} outside a merchant's request: Shopify no longer takes the shop's token
 * @throws {Response} within one: the library's, when the shop has to sign in again: let it fly */
export async function ask<Answer>(
  admin: Admin,
  document: string,
  { answer, variables, ...patience }: Question<Answer>,
): Promise<Answer> {
  const body = await request(() => post(admin, document, variables), patience);
  const parsed = z.object({ data: answer }).safeParse(body);
  if (parsed.success) return parsed.data.data;
  throw new AdminRefused(`Shopify's answer is not as expected: ${z.prettifyError(parsed.error)}`);
}

async function post(
  admin: Admin,
  document: string,
  variables: Record<string, unknown> | undefined,
): Promise<unknown> {
  const signal = AbortSignal.timeout(TIMEOUT);
  return (await admin.graphql(document, { variables, signal })).json();
}

async function request(
  send: () => Promise<unknown>,
  { tries: most = TRIES, onCost = () => {} }: Patience,
): Promise<unknown> {
  for (let tries = 1; ; tries++) {
    try {
      return noted(await send(), onCost);
    } catch (error) {
      if (error instanceof GraphqlQueryError) noted(error.body, onCost);
      const wait = throttledFor(error);
      if (wait === undefined || tries >= most) throw explained(error);
      await setTimeout(wait);
    }
  }
}

function noted(body: unknown, onCost: (cost: Cost) => void): unknown {
  const parsed = Costly.safeParse(body);
  if (parsed.success) onCost(parsed.data.extensions.cost);
  return body;
}

/** Milliseconds until the shop's budget covers the query again; undefined for any other failure. */
export function throttledFor(error: unknown): number | undefined {
  if (!(error instanceof GraphqlQueryError)) return undefined;
  const parsed = Throttled.safeParse({ extensions: {}, ...error.body });
  if (!parsed.success) return undefined;
  const { requestedQueryCost, throttleStatus } = parsed.data.extensions.cost;
  const missing = Math.max(requestedQueryCost - throttleStatus.currentlyAvailable, 1);
  return Math.ceil((missing / throttleStatus.restoreRate) * SECOND);
}

function explained(error: unknown): unknown {
  if (throttledFor(error) !== undefined) return new Unavailable("Shopify throttles this shop");
  if (error instanceof GraphqlQueryError) return new AdminRefused(error.message);
  if (statusOf(error) === 401)
    return new Unauthorized("Shopify does not take this shop's access token");
  if (error instanceof Response && error.status >= 500)
    return new Unavailable(`Shopify's Admin API answered ${error.status}`);
  const isOutage = [HttpRequestError, HttpRetriableError, HttpMaxRetriesError].some(
    (kind) => error instanceof kind,
  );
  return isOutage ? new Unavailable("Shopify's Admin API cannot be reached") : error;
}
