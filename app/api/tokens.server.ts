import { randomUUID } from "node:crypto";
import { hashOfName, randomName } from "~/platform/crypto.server";
import { whenReachable, type Db } from "~/platform/db.server";
import { InvalidInput } from "~/platform/errors";
import { DAY, MINUTE } from "~/platform/time";
import { BadToken, NoToken } from "./errors";
import { isScope, type Scope } from "./scopes";
import { refusalOf, type TokenWish } from "./tokens";

/** How every token begins, so that scanners for leaked secrets can tell one. */
const PREFIX = "pnv_";
const HINT_LETTERS = PREFIX.length + 4;

/** A token as its shop's page shows it. */
export type ListedToken = {
  tokenId: string;
  name: string;
  hint: string;
  scopes: string[];
  createdAt: Date;
  expiresAt: Date | null;
  revokedAt: Date | null;
  lastUsedAt: Date | null;
};

/** Makes a token. Of its 256 random bits only a hash is kept: one that cannot be guessed needs no slow one.
 * @returns the token, which nobody can be shown again */
export async function createToken(
  db: Db,
  shopId: number,
  { name, scopes, days, now }: TokenWish & { now: Date },
): Promise<string> {
  const token = PREFIX + randomName();
  await db.apiToken.create({
    data: {
      ...{ shopId, name, scopes, tokenId: randomUUID(), hash: hashOfName(token) },
      ...{ hint: token.slice(0, HINT_LETTERS), createdAt: now },
      expiresAt: days === null ? null : new Date(now.getTime() + days * DAY),
    },
  });
  return token;
}

/** A shop's tokens, the newest first, the revoked ones too. */
export const tokensOf = (db: Db, shopId: number): Promise<ListedToken[]> =>
  db.apiToken.findMany({
    where: { shopId },
    omit: { shopId: true, hash: true },
    orderBy: [{ createdAt: "desc" }, { tokenId: "asc" }],
  });

/** Ends a token for ever, from the next request on.
 * @throws {InvalidInput} the shop has no token of this id */
export async function revokeToken(
  db: Db,
  shopId: number,
  { tokenId, now }: { tokenId: string; now: Date },
): Promise<void> {
  const found = /^[0-9a-f-]{36}$/.test(tokenId)
    ? await db.$executeRaw`
        update api_tokens set revoked_at = coalesce(revoked_at, ${now}::timestamptz)
        where shop_id = ${shopId}::int and token_id = ${tokenId}::uuid`
    : 0;
  if (found === 0) throw new InvalidInput(`there is no token ${JSON.stringify(tokenId)}`);
}

/** Who a request speaks for. */
export type Caller = {
  shopId: number;
  tokenId: string;
  scopes: Scope[];
  /** ISO 4217; null while the shop's is not known. */
  currency: string | null;
  /** IANA name; null while the shop's is not known. */
  timeZone: string | null;
};

/** Lets a request in by its `Authorization` header.
 * @throws {NoToken | BadToken} */
export async function admit(db: Db, authorization: string | null, now: Date): Promise<Caller> {
  const [, token] = /^Bearer +(\S{1,200})$/i.exec(authorization ?? "") ?? [];
  if (!token) throw new NoToken("send a token: Authorization: Bearer pnv_…");
  const found = await whenReachable(() =>
    db.apiToken.findUnique({
      where: { hash: hashOfName(token) },
      include: { shop: { select: { currency: true, timeZone: true, uninstalledAt: true } } },
    }),
  );
  if (!found || found.shop.uninstalledAt) throw new BadToken("no shop has made this token");
  const refusal = refusalOf(found, now);
  if (refusal)
    throw new BadToken(`this token has ${refusal === "expired" ? refusal : "been revoked"}`);
  await noteUse(db, found, now);
  const { shopId, tokenId, scopes, shop } = found;
  const { currency, timeZone } = shop;
  return { shopId, tokenId, scopes: scopes.filter(isScope), currency, timeZone };
}

/** Once a minute is often enough for a person. */
const noteUse = (db: Db, { shopId, tokenId }: { shopId: number; tokenId: string }, now: Date) =>
  db.$executeRaw`
    update api_tokens set last_used_at = ${now}::timestamptz
    where shop_id = ${shopId}::int and token_id = ${tokenId}::uuid
      and (last_used_at is null
           or last_used_at < ${new Date(now.getTime() - MINUTE)}::timestamptz)`;
