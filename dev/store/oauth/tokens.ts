import { randomBytes } from "node:crypto";
import type { AccessToken, State } from "../state";

const REFRESH_LIFETIME_SECONDS = 90 * 24 * 3600;

/** What the token endpoint answers. */
export type TokenResponse = {
  access_token: string;
  scope: string;
  expires_in?: number;
  refresh_token?: string;
  refresh_token_expires_in?: number;
};
export type Grant = { shop: string; scopes: string[]; now: Date; lifetime: number };

const later = (now: Date, seconds: number) => now.getTime() + seconds * 1000;
const newToken = (prefix: string) => `${prefix}_${randomBytes(16).toString("hex")}`;

/** An access token that lives for good, as an app gets that does not ask for expiring ones. */
export function grantForGood(state: State, { shop, scopes }: Grant): TokenResponse {
  const token = newToken("shpat");
  state.accessTokens[token] = { shop, scopes, expiresAt: null };
  return { access_token: token, scope: scopes.join(",") };
}

/** An access token for an hour and a refresh token for 90 days.
 * dev:apps/build/authentication-authorization/access-tokens/offline-access-tokens */
export function grantForNow(
  state: State,
  { shop, scopes, now, lifetime }: Grant,
  replaces: string | null = null,
): TokenResponse {
  const access = newToken("shpat");
  const refresh = newToken("shprt");
  state.accessTokens[access] = { shop, scopes, expiresAt: later(now, lifetime) };
  const expiresAt = later(now, REFRESH_LIFETIME_SECONDS);
  state.refreshTokens[refresh] = { shop, scopes, expiresAt, replaces };
  return {
    access_token: access,
    scope: scopes.join(","),
    expires_in: lifetime,
    refresh_token: refresh,
    refresh_token_expires_in: REFRESH_LIFETIME_SECONDS,
  };
}

/** Trades a refresh token in; undefined when it is unknown, expired, replaced or another shop's.
 * The one traded in may be tried again until its replacement is used.
 * dev:changelog/more-resilient-refreshes-for-expiring-offline-access-tokens */
export function refresh(
  state: State,
  token: string,
  grant: Omit<Grant, "scopes">,
): TokenResponse | undefined {
  const found = state.refreshTokens[token];
  if (!found || found.shop !== grant.shop || found.expiresAt <= grant.now.getTime())
    return undefined;
  if (found.replaces !== null) Reflect.deleteProperty(state.refreshTokens, found.replaces);
  return grantForNow(state, { ...grant, scopes: found.scopes }, token);
}

/** The access token's record, when it is this shop's and still good. */
export function accessOf(
  state: State,
  shop: string,
  token: string | undefined,
  now: Date,
): AccessToken | undefined {
  const found = token === undefined ? undefined : state.accessTokens[token];
  if (found?.shop !== shop) return undefined;
  return found.expiresAt === null || found.expiresAt > now.getTime() ? found : undefined;
}

/** Ends a shop's access tokens; its refresh tokens go on. */
export function expire(state: State, shop: string, now: Date): void {
  for (const token of Object.values(state.accessTokens))
    if (token.shop === shop) token.expiresAt = now.getTime();
}

/** Forgets every token of a shop, as an uninstall does. */
export function revoke(state: State, shop: string): void {
  for (const tokens of [state.accessTokens, state.refreshTokens])
    for (const [token, { shop: owner }] of Object.entries(tokens))
      if (owner === shop) Reflect.deleteProperty(tokens, token);
}
