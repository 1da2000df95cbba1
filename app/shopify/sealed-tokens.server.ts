import type { AccessToken } from "@prisma/client";
import { Session } from "@shopify/shopify-api";
import type { Sealer } from "~/platform/crypto.server";

export type TokenRow = Omit<AccessToken, "updatedAt">;
type Secret = "access_token" | "refresh_token";

/** Where a secret of a session is kept. Sealed for it, a row that is moved to another shop is dead. */
export const placeOf = (row: Pick<TokenRow, "shopId" | "sessionId">, secret: Secret): string =>
  `access_tokens/${row.shopId}/${row.sessionId}/${secret}`;

/** The row that keeps a session, with its secrets sealed.
 * @throws {TypeError} a session without an access token, which is not worth keeping */
export function toRow(session: Session, shopId: number, sealer: Sealer): TokenRow {
  if (!session.accessToken) throw new TypeError(`session ${session.id} has no access token`);
  const key = { shopId, sessionId: session.id };
  return {
    ...key,
    isOnline: session.isOnline,
    state: session.state,
    scope: session.scope ?? null,
    accessToken: sealer.seal(session.accessToken, placeOf(key, "access_token")),
    expiresAt: session.expires ?? null,
    refreshToken: session.refreshToken
      ? sealer.seal(session.refreshToken, placeOf(key, "refresh_token"))
      : null,
    refreshExpiresAt: session.refreshTokenExpires ?? null,
  };
}

/** The session that a row keeps, without its refresh token: only `openRefreshToken` gives that one,
 * so that the library, which would refresh in parallel, cannot.
 * @throws {CannotOpen} the row was sealed under a key that is gone, or altered, or moved */
export const toSession = (row: TokenRow, shop: string, sealer: Sealer): Session =>
  new Session({
    id: row.sessionId,
    shop,
    state: row.state,
    isOnline: row.isOnline,
    scope: row.scope ?? undefined,
    expires: row.expiresAt ?? undefined,
    accessToken: sealer.open(row.accessToken, placeOf(row, "access_token")),
  });

/** @throws {CannotOpen} as `toSession` does */
export const openRefreshToken = (row: TokenRow, sealer: Sealer): string | undefined =>
  row.refreshToken === null
    ? undefined
    : sealer.open(row.refreshToken, placeOf(row, "refresh_token"));
