import { z } from "zod";
import { contactMarks } from "~/catalog/alerts/contact.server";
import { isAppError } from "~/platform/errors";
import { inTransaction } from "~/platform/sql.server";
import { ask } from "~/shopify/admin.server";
import { SHOP_ID } from "~/shopify/documents";
import type { Shopify } from "~/shopify/shopify.server";
import { parsePayload, type Delivery, type WebhookWorld } from "~/shopify/webhook-delivery.server";
import type { PersonRequest } from "./belongings.server";
import { eraseCustomer, eraseShop } from "./erase.server";
import { exportCustomer } from "./export.server";

const customer = z.object({ id: z.number().int().positive(), email: z.string().nullish() });
const orders = z.array(z.number().int().positive()).nullish();
const DataRequest = z.object({ customer, orders_requested: orders });
const CustomerRedact = z.object({ customer, orders_to_redact: orders });

export async function answerDataRequest(
  { pool, shopify }: WebhookWorld,
  delivery: Delivery,
): Promise<void> {
  const { customer, orders_requested } = parsePayload(DataRequest, delivery);
  const request = requestOf(shopify, delivery, { customer, orders: orders_requested });
  await inTransaction(pool, (sql) => exportCustomer(sql, delivery.shopId, request));
}

export async function redactCustomer(
  { pool, log, shopify }: WebhookWorld,
  delivery: Delivery,
): Promise<void> {
  const { customer, orders_to_redact } = parsePayload(CustomerRedact, delivery);
  const request = requestOf(shopify, delivery, { customer, orders: orders_to_redact });
  const events = await inTransaction(pool, (sql) => eraseCustomer(sql, delivery.shopId, request));
  log.info({ shop: delivery.domain, events }, "erased a customer");
}

type Asked = { customer: z.output<typeof customer>; orders: z.output<typeof orders> };

/** Their e-mail address is used to find what they subscribed to, and not kept. */
const requestOf = (
  { tokens }: Shopify,
  { shopId, webhookId }: Delivery,
  { customer: { id, email }, orders }: Asked,
): PersonRequest => ({
  requestId: webhookId,
  customerId: BigInt(id),
  orderIds: (orders ?? []).map(String),
  contactMarks: email ? contactMarks(tokens.sealer, email, shopId) : [],
});

/** Comes two days after a shop left, even if it has come back since. */
export async function redactShop(
  { db, log, shopify }: WebhookWorld,
  { shopId, domain }: Delivery,
): Promise<void> {
  const shop = await db.shop.findUnique({ where: { id: shopId } });
  if (shop?.uninstalledAt === null && (await isInstalled(shopify, domain)))
    return log.info({ shop: domain }, "kept the data of a shop that came back");
  await eraseShop(db, shopId);
  log.info({ shop: domain }, "erased a shop");
}

/** Asks Shopify whether a shop has the app: word that it left may never have reached us.
 * @throws {Unavailable} it cannot be told now */
async function isInstalled(shopify: Shopify, domain: string): Promise<boolean> {
  try {
    const answer = z.object({ shop: z.object({ id: z.string() }) });
    await ask(await shopify.adminOf(domain), SHOP_ID, { answer });
    return true;
  } catch (error) {
    if (isAppError(error) && error.code === "unauthorized") return false;
    throw error;
  }
}
