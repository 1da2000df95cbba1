import { randomName, type Sealer } from "~/platform/crypto.server";
import type { Database, Db } from "~/platform/db.server";
import { InvalidInput } from "~/platform/errors";
import { refusalOf } from "~/platform/outgoing.server";
import { inTransaction } from "~/platform/sql.server";
import { sealSecret } from "./contact.server";

export type AlertSettings = {
  lowStockQuantity: number;
  webhookUrl: string | null;
  webhookSetAt: Date | null;
  /** Shoppers who wait for something. */
  subscribers: number;
};

/** How many pieces may be called low at most. */
const LOW_AT_MOST = 10_000;

/** What a merchant has set, or what holds until then. */
export async function alertSettings(db: Db, shopId: number): Promise<AlertSettings> {
  const [state, settings, subscribers] = await Promise.all([
    db.catalogState.findUnique({ where: { shopId }, select: { lowStockQuantity: true } }),
    db.alertSettings.findUnique({ where: { shopId } }),
    db.alertSubscription.count({ where: { shopId, confirmedAt: { not: null }, toldAt: null } }),
  ]);
  return {
    lowStockQuantity: state?.lowStockQuantity ?? LOW_UNLESS_SET,
    webhookUrl: settings?.webhookUrl ?? null,
    webhookSetAt: settings?.webhookSetAt ?? null,
    subscribers,
  };
}

/** As the column has it. */
const LOW_UNLESS_SET = 5;

/** Sets from how many pieces down stock is low.
 * @throws {InvalidInput} no whole number, or out of bounds */
export async function setLowStock(db: Db, shopId: number, text: unknown): Promise<void> {
  const quantity = typeof text === "string" && /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (!(quantity >= 1 && quantity <= LOW_AT_MOST))
    throw new InvalidInput(`want 1 to ${LOW_AT_MOST} pieces, got ${JSON.stringify(text)}`);
  await db.$executeRaw`
    insert into catalog_states (shop_id, low_stock_quantity) values (${shopId}::int, ${quantity}::int)
    on conflict (shop_id) do update set low_stock_quantity = excluded.low_stock_quantity`;
}

type World = { db: Db; sealer: Sealer; now: Date };

/** Has alerts sent to an address from now on.
 * @returns what they are signed with, which is told this once
 * @throws {InvalidInput} it is not an address on the open internet, by https */
export async function setWebhook(
  { db, sealer, now }: World,
  shopId: number,
  { url, allowPrivate }: { url: unknown; allowPrivate: boolean },
): Promise<string> {
  const address = typeof url === "string" ? url.trim().slice(0, 2_000) : "";
  const refusal = refusalOf(address, allowPrivate);
  if (refusal) throw new InvalidInput(`${JSON.stringify(address)} cannot be used: ${refusal}`);
  const secret = `whsec_${Buffer.from(randomName(), "base64url").toString("base64")}`;
  await db.$executeRaw`
    insert into alert_settings (shop_id, webhook_url, webhook_secret, webhook_set_at)
    values (${shopId}::int, ${address}, ${sealSecret(sealer, secret, shopId)}, ${now}::timestamptz)
    on conflict (shop_id) do update
    set webhook_url = excluded.webhook_url, webhook_secret = excluded.webhook_secret,
        webhook_set_at = excluded.webhook_set_at`;
  return secret;
}

/** Has alerts sent nowhere; what is on its way or was given up goes along. */
export const removeWebhook = ({ pool }: Pick<Database, "pool">, shopId: number): Promise<void> =>
  inTransaction(pool, async (sql) => {
    await sql.run(
      `update alert_settings set webhook_url = null, webhook_secret = null, webhook_set_at = null
       where shop_id = $1::int`,
      [shopId],
    );
    await sql.run(
      `delete from alert_deliveries
       where shop_id = $1::int and subscription_id is null and (due_at is not null or error is not null)`,
      [shopId],
    );
  });
