import { z } from "zod";
import { SECOND } from "~/platform/time";
import { parsePayload, type Delivery, type WebhookWorld } from "./webhook-delivery.server";

/** How far Shopify's clock and ours may be apart. */
const CLOCK_TOLERANCE = 5 * SECOND;

const ScopesUpdate = z.object({ current: z.array(z.string()) });

/** The shop's tokens are dead by now. Late word of an earlier installation's end changes nothing. */
export async function uninstall(
  { db, log }: WebhookWorld,
  { shopId, triggeredAt, domain }: Delivery,
): Promise<void> {
  const at = triggeredAt ?? new Date();
  const { count } = await db.shop.updateMany({
    where: { id: shopId, installedAt: { lte: new Date(at.getTime() + CLOCK_TOLERANCE) } },
    data: { uninstalledAt: at, pixelId: null, pixelCheckedAt: null },
  });
  if (count === 0) return;
  await db.accessToken.deleteMany({ where: { shopId } });
  log.info({ shop: domain }, "uninstalled");
}

/** Webhooks come in any order: one that is older than another already heard is passed over. */
export async function updateScopes({ db }: WebhookWorld, delivery: Delivery): Promise<void> {
  const { current: scopes } = parsePayload(ScopesUpdate, delivery);
  const { shopId, topic } = delivery;
  const triggeredAt = { gt: delivery.triggeredAt ?? new Date() };
  const newer = { shopId, topic, triggeredAt, processedAt: { not: null } };
  if ((await db.webhookDelivery.count({ where: newer })) > 0) return;
  await db.shop.updateMany({ where: { id: shopId }, data: { scopes } });
}
