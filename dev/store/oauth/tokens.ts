import { randomBytes } from "node:crypto";
import type { AccessToken, State } from "../state";

const REFRESH_LIFETIME_SECONDS = 90 * 24 * 3600;
const RETRY_DAYS = 30;
const ONLINE_LIFETIME_SECONDS = 24 * 3600 - 1;

/** Who an online token speaks for.
 * dev:apps/build/authentication-authorization/access-tokens/online-access-tokens */
export type StaffMember = {
  id: number;
  first_name: string;
  last_name: string;
  email: string;
  email_verified: boolean;
  account_owner: boolean;
  locale: string;
  collaborator: boolean;
};
/** What the token endpoint answers. */
export type TokenResponse = {
  access_token: string;
  scope: string;
  expires_in?: number;
  refresh_token?: string;
  refresh_token_expires_in?: number;
  associated_user_scope?: string;
  associated_user?: StaffMember;
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

/** An access token for one staff member and one day, which nothing refreshes. */
export function grantToUser(
  state: State,
  { shop, scopes, now }: Omit<Grant, "lifetime">,
  user: StaffMember,
): TokenResponse {
  const token = newToken("shpua");
  const expiresAt = later(now, ONLINE_LIFETIME_SECONDS);
  state.accessTokens[token] = { shop, scopes, expiresAt };
  const scope = scopes.join(",");
  return {
    ...{ access_token: token, scope, expires_in: ONLINE_LIFETIME_SECONDS },
    ...{ associated_user_scope: scope, associated_user: user },
  };
}

/** Trades a token that lives for good for an expiring one; undefined when it is no such token. The old
 * one is revoked. dev:apps/build/authentication-authorization/access-tokens/offline-access-tokens */
export function migrate(state: State, token: string, grant: Grant): TokenResponse | undefined {
  const found = state.accessTokens[token];
  if (found?.shop !== grant.shop || found.expiresAt !== null) return undefined;
  Reflect.deleteProperty(state.accessTokens, token);
  return grantForNow(state, grant);
}

/** Trades a refresh token in; undefined when it is unknown, expired, replaced or another shop's.
 * The one traded in may be tried again until its replacement is used, for 30 days at most.
 * dev:changelog/more-resilient-refreshes-for-expiring-offline-access-tokens */
export function refresh(state: State, token: string, grant: Grant): TokenResponse | undefined {
  const found = state.refreshTokens[token];
  const now = grant.now.getTime();
  if (!found || found.shop !== grant.shop || found.expiresAt <= now) return undefined;
  found.usedAt ??= now;
  if (now > found.usedAt + RETRY_DAYS * 24 * 3600 * 1000) return undefined;
  if (found.replaces !== null) Reflect.deleteProperty(state.refreshTokens, found.replaces);
  return grantForNow(state, grant, token);
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
