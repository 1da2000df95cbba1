import type { AppContext } from "~/context";
import type { Db } from "~/platform/db.server";
import { InvalidInput, Unauthorized } from "~/platform/errors";
import { readBody } from "~/platform/http.server";
import { MINUTE, SECOND } from "~/platform/time";
import type { Delivery, WebhookHandler, WebhookHandlers } from "./webhook-delivery.server";

const BODY_LIMIT_BYTES = 2 * 1024 * 1024;
/** Work that outlasts Shopify's patience is not lost: its next attempt waits, and finds it done. */
const TRANSACTION = { maxWait: 4 * SECOND, timeout: 5 * MINUTE };

/** Takes one webhook. Each is done once: a repeat is answered and left, a failure leaves it for
 * Shopify's next attempt. Needs no access token, since a shop that left has none.
 * @throws {Unauthorized | InvalidInput | TooLarge} nothing was done */
export async function takeWebhook(
  context: AppContext,
  request: Request,
  handlers: WebhookHandlers,
): Promise<Response> {
  if (request.method !== "POST")
    return new Response("Webhooks come by POST.\n", { status: 405, headers: { Allow: "POST" } });
  const delivery = await verify(context, request);
  if (delivery) await dispatch(context, delivery, handlers);
  return new Response();
}

/** @returns undefined when the shop is not, or no longer, known to us */
async function verify(
  { shopify, db }: AppContext,
  request: Request,
): Promise<Delivery | undefined> {
  const rawBody = (await readBody(request, BODY_LIMIT_BYTES)).toString("utf8");
  const { headers, url } = request;
  const check = await shopify.api.webhooks.validate({
    rawBody,
    rawRequest: new Request(url, { method: "POST", headers }),
  });
  if (!check.valid) throw refusal(check);
  const shop = await db.shop.findUnique({ where: { domain: check.domain }, select: { id: true } });
  if (!shop) return undefined;
  return {
    shopId: shop.id,
    domain: check.domain,
    webhookId: check.webhookId,
    topic: headers.get("X-Shopify-Topic") ?? check.topic,
    triggeredAt: parseTime(headers.get("X-Shopify-Triggered-At")),
    payload: parseJson(rawBody),
  };
}

const refusal = (check: { reason: string; missingHeaders?: string[] }) =>
  check.missingHeaders
    ? new InvalidInput(`the webhook lacks ${check.missingHeaders.join(", ")}`)
    : new Unauthorized(`the webhook is not signed by Shopify: ${check.reason}`);

function parseTime(text: string | null): Date | null {
  const time = new Date(text ?? Number.NaN);
  return Number.isNaN(time.getTime()) ? null : time;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new InvalidInput("the webhook's body is not JSON");
  }
}

async function dispatch(
  context: AppContext,
  delivery: Delivery,
  handlers: WebhookHandlers,
): Promise<void> {
  const { topic, domain } = delivery;
  const handle = handlers[topic];
  if (!handle) return context.log.warn({ topic, shop: domain }, "a webhook that nothing handles");
  await note(context.db, delivery);
  await processOnce(context, delivery, handle);
}

/** Written ahead of the work, so that a delivery whose work failed can be found. */
const note = (db: Db, { shopId, webhookId, topic, triggeredAt }: Delivery) => db.$executeRaw`
  insert into webhook_deliveries (shop_id, webhook_id, topic, triggered_at)
  select id, ${webhookId}, ${topic}, ${triggeredAt}::timestamptz
  from shops where id = ${shopId}::int
  on conflict (shop_id, webhook_id) do nothing`;

const processOnce = (
  { db, log, shopify }: AppContext,
  delivery: Delivery,
  handle: WebhookHandler,
): Promise<void> =>
  db.$transaction(async (tx) => {
    if (!(await claim(tx, delivery))) return;
    await handle({ db: tx, pool: db.pool, log, shopify }, delivery);
    await tx.$executeRaw`
      update webhook_deliveries set processed_at = now()
      where shop_id = ${delivery.shopId}::int and webhook_id = ${delivery.webhookId}`;
  }, TRANSACTION);

/** Waits for an attempt that is under way, and tells whether there is something left to do. */
async function claim(db: Db, { shopId, webhookId }: Delivery): Promise<boolean> {
  const open = await db.$queryRaw<unknown[]>`
    select webhook_id from webhook_deliveries
    where shop_id = ${shopId}::int and webhook_id = ${webhookId} and processed_at is null
    for update`;
  return open.length > 0;
}
