import type { Sealer } from "~/platform/crypto.server";
import type { Database } from "~/platform/db.server";
import { isAppError } from "~/platform/errors";
import { inTransaction, type Sql } from "~/platform/sql.server";
import { contactMarks, openContact, openSecret, sealContact, sealSecret } from "./contact.server";

const BATCH = 500;

/** What was sealed anew, and what is sealed under a key that is no longer configured. */
export type Rotated = { resealed: number; unreadable: number };

/** Seals shoppers' addresses and webhooks' secrets under the first encryption key. Safe to repeat, to
 * interrupt, and to run beside the app. */
export async function rotateAlertKeys(db: Database, sealer: Sealer): Promise<Rotated> {
  const total = await inTransaction(db.pool, (sql) => resealSecrets(sql, sealer));
  let after = "";
  for (;;) {
    const place = after;
    const batch = await inTransaction(db.pool, (sql) => resealContacts(sql, sealer, place));
    total.resealed += batch.resealed;
    total.unreadable += batch.unreadable;
    if (batch.last === undefined) return total;
    after = batch.last;
  }
}

type Contact = { shopId: number; tokenHash: string; contact: string };

/** An address is also found by another mark from then on. */
async function resealContacts(sql: Sql, sealer: Sealer, after: string) {
  const stale = await sql.rows<Contact>(
    `select shop_id as "shopId", token_hash as "tokenHash", contact from alert_subscriptions
     where token_hash > $1 and not starts_with(contact, $2)
     order by token_hash limit $3::int for update`,
    [after, sealer.currentPrefix, BATCH],
  );
  const fresh = stale.flatMap(
    (row) =>
      whenReadable(() => {
        const contact = openContact(sealer, row.contact, row);
        const [mark] = contactMarks(sealer, contact.email, row.shopId);
        return { ...row, contact: sealContact(sealer, contact, row), mark };
      }) ?? [],
  );
  await sql.run(
    `update alert_subscriptions s set contact = fresh.contact, contact_mark = fresh.mark
     from jsonb_to_recordset($1::jsonb)
       as fresh("shopId" int, "tokenHash" text, contact text, mark text)
     where s.shop_id = "shopId" and s.token_hash = "tokenHash"
       and not exists (
         select from alert_subscriptions other
         where other.shop_id = s.shop_id and other.contact_mark = fresh.mark
           and other.product_id = s.product_id and other.kind = s.kind
           and other.variant_id is not distinct from s.variant_id)`,
    [JSON.stringify(fresh)],
  );
  const last = stale.at(-1)?.tokenHash;
  return { resealed: fresh.length, unreadable: stale.length - fresh.length, last };
}

async function resealSecrets(sql: Sql, sealer: Sealer): Promise<Rotated> {
  const stale = await sql.rows<{ shopId: number; secret: string }>(
    `select shop_id as "shopId", webhook_secret as secret from alert_settings
     where not starts_with(webhook_secret, $1) for update`,
    [sealer.currentPrefix],
  );
  const fresh = stale.flatMap(
    ({ shopId, secret }) =>
      whenReadable(() => ({
        ...{ shopId, secret: sealSecret(sealer, openSecret(sealer, secret, shopId), shopId) },
      })) ?? [],
  );
  await sql.run(
    `update alert_settings s set webhook_secret = fresh.secret
     from jsonb_to_recordset($1::jsonb) as fresh("shopId" int, secret text)
     where s.shop_id = "shopId"`,
    [JSON.stringify(fresh)],
  );
  return { resealed: fresh.length, unreadable: stale.length - fresh.length };
}

function whenReadable<Result>(work: () => Result): Result | undefined {
  try {
    return work();
  } catch (error) {
    if (!isAppError(error)) throw error;
    return undefined;
  }
}
