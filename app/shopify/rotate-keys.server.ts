import type { Sealer } from "~/platform/crypto.server";
import type { Database, Db } from "~/platform/db.server";
import { isAppError } from "~/platform/errors";
import { placeOf, type TokenRow } from "./sealed-tokens.server";

const BATCH = 500;

type StaleToken = Pick<TokenRow, "shopId" | "sessionId" | "accessToken" | "refreshToken">;

/** What a rotation did: `unreadable` tokens are sealed under a key that is no longer configured;
 * their shops get new ones at their next visit. */
export type Rotation = { resealed: number; unreadable: number };

/** Seals every access token under the first encryption key. Safe to repeat, to interrupt, and to run
 * beside the app; when it reports nothing unreadable, the other keys may go. */
export async function rotateKeys(db: Database, sealer: Sealer): Promise<Rotation> {
  const total: Rotation = { resealed: 0, unreadable: 0 };
  let after = { shopId: 0, sessionId: "" };
  for (;;) {
    const batch = await db.$transaction((tx) => rotateBatch(tx, sealer, after));
    total.resealed += batch.resealed;
    total.unreadable += batch.unreadable;
    if (!batch.last) return total;
    after = batch.last;
  }
}

async function rotateBatch(
  db: Db,
  sealer: Sealer,
  after: Pick<StaleToken, "shopId" | "sessionId">,
) {
  const stale = await db.$queryRaw<StaleToken[]>`
    select shop_id as "shopId", session_id as "sessionId", access_token as "accessToken",
           refresh_token as "refreshToken"
    from access_tokens
    where (shop_id, session_id) > (${after.shopId}::int, ${after.sessionId})
      and not (starts_with(access_token, ${sealer.currentPrefix})
               and coalesce(starts_with(refresh_token, ${sealer.currentPrefix}), true))
    order by shop_id, session_id limit ${BATCH}::int
    for update`;
  const fresh = stale.flatMap((row) => reseal(row, sealer) ?? []);
  await db.$executeRaw`
    update access_tokens t set access_token = "accessToken", refresh_token = "refreshToken"
    from jsonb_to_recordset(${JSON.stringify(fresh)}::jsonb)
      as fresh("shopId" int, "sessionId" text, "accessToken" text, "refreshToken" text)
    where t.shop_id = "shopId" and t.session_id = "sessionId"`;
  return {
    resealed: fresh.length,
    unreadable: stale.length - fresh.length,
    last: stale.at(-1),
  };
}

function reseal(row: StaleToken, sealer: Sealer): StaleToken | undefined {
  const [access, refresh] = [placeOf(row, "access_token"), placeOf(row, "refresh_token")];
  try {
    return {
      ...row,
      accessToken: sealer.seal(sealer.open(row.accessToken, access), access),
      refreshToken:
        row.refreshToken && sealer.seal(sealer.open(row.refreshToken, refresh), refresh),
    };
  } catch (error) {
    if (!isAppError(error)) throw error;
    return undefined;
  }
}
