import { Hono } from "hono";
import { shopDomain } from "../shop-domain";
import type { Platform } from "../platform";
import { isIdToken } from "./id-token";
import { staffOf } from "./staff";
import {
  grantForGood,
  grantForNow,
  grantToUser,
  migrate,
  refresh,
  type Grant,
  type TokenResponse,
} from "./tokens";

type Body = Partial<Record<string, string>>;
type Failure = { error: string; error_description: string };

const EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";
const OFFLINE = "urn:shopify:params:oauth:token-type:offline-access-token";
const ONLINE = "urn:shopify:params:oauth:token-type:online-access-token";
const NO_SUCH_TOKEN = "The token expires already, or was revoked.";

/** `POST /admin/oauth/access_token`: id tokens for access tokens, refresh tokens for new ones.
 * dev:apps/build/authentication-authorization/access-tokens/token-exchange */
export function tokenEndpoint(platform: Platform): Hono {
  const routes = new Hono();
  routes.post("/admin/oauth/access_token", async (c) => {
    const answer = await tokenFor(platform, shopDomain(c.req), await c.req.json<Body>());
    platform.memory.save();
    return c.json(answer, "error" in answer ? 400 : 200);
  });
  return routes;
}

async function tokenFor(
  platform: Platform,
  shop: string,
  body: Body,
): Promise<TokenResponse | Failure> {
  const { apiKey, apiSecret } = platform.app;
  if (body.client_id !== apiKey || body.client_secret !== apiSecret)
    return failure("invalid_client", "The client id or the client secret is wrong.");
  if (body.grant_type === EXCHANGE) return exchange(platform, shop, body);
  if (body.grant_type === "refresh_token") return renew(platform, shop, body);
  return failure("unsupported_grant_type", `There is no grant type "${body.grant_type}".`);
}

/** What an installed app is granted now: an update of its scopes shows in the next token. */
function grantOf({ memory, now, tokenLifetime }: Platform, shop: string): Grant | undefined {
  const scopes = memory.state.installations[shop]?.scopes;
  return scopes && { shop, scopes: [...scopes], now: now(), lifetime: tokenLifetime };
}

async function exchange(platform: Platform, shop: string, body: Body) {
  platform.calls.push({ kind: "token exchange", shop });
  const { state } = platform.memory;
  const grant = grantOf(platform, shop);
  const subject = body.subject_token ?? "";
  if (grant && body.subject_token_type === OFFLINE)
    return migrate(state, subject, grant) ?? failure("invalid_subject_token", NO_SUCH_TOKEN);
  if (!grant || !(await isIdToken(platform.app, shop, subject)))
    return failure("invalid_subject_token", "The id token is invalid, or the app not installed.");
  if (body.requested_token_type === ONLINE)
    return grantToUser(state, grant, staffOf(platform, shop));
  if (body.requested_token_type !== OFFLINE)
    return failure("invalid_request", "The requested token type is neither online nor offline.");
  return body.expiring === "1" ? grantForNow(state, grant) : grantForGood(state, grant);
}

function renew(platform: Platform, shop: string, body: Body) {
  platform.calls.push({ kind: "token refresh", shop });
  const grant = grantOf(platform, shop);
  const renewed = grant && refresh(platform.memory.state, body.refresh_token ?? "", grant);
  return (
    renewed ??
    failure("invalid_grant", "The refresh token has expired, was replaced or was revoked.")
  );
}

const failure = (error: string, description: string): Failure => ({
  error,
  error_description: description,
});
