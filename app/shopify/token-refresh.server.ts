import { setTimeout } from "node:timers/promises";
import type { Session } from "@shopify/shopify-api";
import type { Database, Db } from "~/platform/db.server";
import type { Sealer } from "~/platform/crypto.server";
import { Unavailable } from "~/platform/errors";
import type { Log } from "~/platform/log.server";
import { MINUTE, SECOND } from "~/platform/time";
import { statusOf } from "./http-status.server";
import { openRefreshToken, toRow, type TokenRow } from "./sealed-tokens.server";

/** Asks Shopify for a shop's next token, as `api.auth.refreshToken` of the Shopify library does. */
export type AskForToken = (ask: {
  shop: string;
  refreshToken: string;
}) => Promise<{ session: Session }>;

export type TokenKeeper = { db: Database; sealer: Sealer; log: Log; askForToken: AskForToken };
/** A token's row and the domain of its shop. */
export type KeptToken = TokenRow & { shop: { domain: string } };

const NEARLY_EXPIRED = 5 * MINUTE;
const ANSWER_TIMEOUT = 5 * SECOND;
const LOCK_TIMEOUT = "8s";
const REFUSALS: readonly unknown[] = [400, 401];

export const isNearlyExpired = (row: Pick<TokenRow, "expiresAt">, now: Date): boolean =>
  row.expiresAt !== null && row.expiresAt.getTime() - now.getTime() <= NEARLY_EXPIRED;

/** Replaces a shop's token, once: whoever else wants to at the same moment, in any process, waits
 * and gets the replacement. Only the last statement writes, so the call to Shopify holds no
 * transaction id, and the log's readers are not held up.
 * @param isDue whether the row, read again under the lock, still needs it
 * @returns the row to use; undefined when Shopify says that the shop has taken its consent back
 * @throws {Unavailable} Shopify cannot be reached, or answers nonsense */
export function refreshToken(
  keeper: TokenKeeper,
  { shopId, sessionId }: Pick<TokenRow, "shopId" | "sessionId">,
  isDue: (row: TokenRow) => boolean,
): Promise<KeptToken | undefined> {
  return keeper.db.$transaction(
    async (db) => {
      await lockTokens(db, shopId);
      const row = await db.accessToken.findUnique({
        where: { shopId_sessionId: { shopId, sessionId } },
        include: { shop: { select: { domain: true } } },
      });
      return row && isDue(row) ? replace(keeper, db, row) : (row ?? undefined);
    },
    { maxWait: 10 * SECOND, timeout: 20 * SECOND },
  );
}

async function lockTokens(db: Db, shopId: number): Promise<void> {
  try {
    await db.$queryRaw`select set_config('lock_timeout', ${LOCK_TIMEOUT}, true)`;
    await db.$queryRaw`
      select true as locked from pg_advisory_xact_lock(hashtext('access_tokens'), ${shopId}::int)`;
  } catch {
    throw new Unavailable(`the access token of shop ${shopId} is being replaced for too long`);
  }
}

async function replace(
  { sealer, log, askForToken }: TokenKeeper,
  db: Db,
  row: KeptToken,
): Promise<KeptToken | undefined> {
  const where = { shopId_sessionId: { shopId: row.shopId, sessionId: row.sessionId } };
  const token = openRefreshToken(row, sealer);
  const session = token && (await ask(askForToken, row.shop.domain, token));
  if (!session) {
    log.warn({ shop: row.shop.domain }, "the shop's access token was refused: dropped it");
    await db.accessToken.delete({ where });
    return undefined;
  }
  const next = toRow(session, row.shopId, sealer);
  await db.accessToken.update({ where, data: next });
  return { ...next, shop: row.shop };
}

/** @returns undefined when Shopify refuses the refresh token for good */
async function ask(
  askForToken: AskForToken,
  shop: string,
  refreshToken: string,
): Promise<Session | undefined> {
  try {
    const { session } = await withinTime(askForToken({ shop, refreshToken }));
    return usable(session);
  } catch (error) {
    if (REFUSALS.includes(statusOf(error))) return undefined;
    const reason = error instanceof Error ? error.message : String(error);
    throw new Unavailable(`no new access token for ${shop}: ${reason}`);
  }
}

/** Without a term a token would never be refreshed again, and without a successor never could be. */
function usable(session: Session): Session {
  if (session.accessToken && session.expires && session.refreshToken) return session;
  throw new Error("want access_token, expires_in and refresh_token in Shopify's answer");
}

function withinTime<Answer>(answer: Promise<Answer>): Promise<Answer> {
  const over = new AbortController();
  const tooLong = setTimeout(ANSWER_TIMEOUT, undefined, { signal: over.signal }).then(() => {
    throw new Error("Shopify took too long");
  });
  return Promise.race([answer, tooLong]).finally(() => over.abort());
}
