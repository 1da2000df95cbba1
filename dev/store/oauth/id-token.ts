import { randomUUID } from "node:crypto";
import { jwtVerify, SignJWT } from "jose";
import type { AppRegistration } from "../platform";

const LIFETIME_SECONDS = 60;
/** The id of the person who opens the app. */
export const STAFF_MEMBER = 1;

export type IdTokenOverrides = { issuedAt?: Date; secret?: string; audience?: string };

const keyOf = (secret: string) => new TextEncoder().encode(secret);

/** An id token (once "session token") as App Bridge hands it to the app.
 * dev:apps/build/authentication-authorization/session-tokens */
export function mintIdToken(
  { apiKey, apiSecret }: Pick<AppRegistration, "apiKey" | "apiSecret">,
  shop: string,
  { issuedAt = new Date(), secret = apiSecret, audience = apiKey }: IdTokenOverrides = {},
): Promise<string> {
  const seconds = Math.floor(issuedAt.getTime() / 1000);
  return new SignJWT({ dest: `https://${shop}`, sid: randomUUID() })
    .setProtectedHeader({ alg: "HS256", typ: "JWT" })
    .setIssuer(`https://${shop}/admin`)
    .setAudience(audience)
    .setSubject(String(STAFF_MEMBER))
    .setJti(randomUUID())
    .setIssuedAt(seconds)
    .setNotBefore(seconds)
    .setExpirationTime(seconds + LIFETIME_SECONDS)
    .sign(keyOf(secret));
}

/** Whether a token is ours, for this app and this shop, and not past its minute. */
export async function isIdToken(
  { apiKey, apiSecret }: Pick<AppRegistration, "apiKey" | "apiSecret">,
  shop: string,
  token: string,
): Promise<boolean> {
  const options = { algorithms: ["HS256"], audience: apiKey, issuer: `https://${shop}/admin` };
  try {
    const { payload } = await jwtVerify(token, keyOf(apiSecret), options);
    return payload.dest === `https://${shop}`;
  } catch {
    return false; // whatever is wrong with a token, Shopify says only that it is invalid
  }
}
