import type { Sealer } from "~/platform/crypto.server";
import type { Db } from "~/platform/db.server";
import { isAppError } from "~/platform/errors";
import type { Log } from "~/platform/log.server";
import type { Mailer } from "~/platform/mail.server";
import type { Outcome } from "~/platform/outcome";
import { post, type Reach } from "~/platform/outgoing.server";
import { openContact, openSecret } from "../alerts/contact.server";
import { confirmation, notice, signedHeaders, type Written } from "./message";
import {
  claimDeliveries,
  postponeWebhooks,
  recordOutcome,
  type DueDelivery,
  type NoticeDelivery,
  type QuestionDelivery,
  type WebhookDelivery,
} from "./queue.server";
import { nextAttempt } from "./schedule";

/** What deliveries need of the process. */
export type DeliveryWorld = {
  db: Db;
  log: Log;
  sealer: Sealer;
  /** Absent: no e-mail can be sent. */
  mailer: Mailer | undefined;
  /** How far webhooks may go. */
  reach: Reach;
  /** Where the links in e-mails lead: the app's own address. */
  appUrl: string;
  now: () => Date;
};

/** How many are on their way at once. */
const AT_ONCE = 20;

/** Delivers what is due, a handful at once.
 * @returns how many were tried */
export async function deliverDue(world: DeliveryWorld): Promise<number> {
  const due = await claimDeliveries(world.db, world.now(), AT_ONCE);
  await Promise.all(due.map((delivery) => deliver(world, delivery)));
  return due.length;
}

/** Each outcome is noted by itself and at once: the shorter what was accepted is not known to be, the
 * less can be sent twice. */
async function deliver(world: DeliveryWorld, delivery: DueDelivery): Promise<void> {
  const { db, log, now } = world;
  const { shopId, domain, to, attempts } = delivery;
  const outcome = await attempt(world, delivery);
  await recordOutcome(db, delivery, { outcome, now: now() });
  if (outcome.status === "accepted") return;
  log.warn({ shop: domain, to, attempts, reason: outcome.reason }, "an alert was not delivered");
  const until = nextAttempt(attempts, now());
  if (to === "webhook" && until) await postponeWebhooks(db, shopId, until);
}

async function attempt(world: DeliveryWorld, delivery: DueDelivery): Promise<Outcome> {
  try {
    if (delivery.to === "webhook") return await callWebhook(world, delivery);
    return await write(world, delivery);
  } catch (error) {
    if (isAppError(error)) return { status: "failed", reason: error.message }; // it cannot be opened
    world.log.error({ err: error, to: delivery.to }, "delivering an alert stumbled on a bug");
    return { status: "failed", reason: "Pixelnova itself failed; its log says how" };
  }
}

async function callWebhook(world: DeliveryWorld, delivery: WebhookDelivery): Promise<Outcome> {
  const { shopId, deliveryId: id, url, secret } = delivery;
  if (url === null || secret === null) return { status: "refused", reason: "no address is set" };
  const body = bodyOf(delivery);
  const headers = signedHeaders(openSecret(world.sealer, secret, shopId), {
    ...{ id, body, sentAt: world.now() },
  });
  return post({ url, headers, body }, world.reach);
}

const bodyOf = (delivery: WebhookDelivery): string => {
  const { kind, happenedAt, domain, currency, alertId, productId, productTitle, handle } = delivery;
  const { variantId, variantTitle, priceMinor, previousPriceMinor, inventoryQuantity } = delivery;
  return JSON.stringify({
    type: kind,
    timestamp: happenedAt,
    data: {
      ...{ alertId, shop: domain, productId, productTitle, handle, variantId, variantTitle },
      ...{ currency, priceMinor, previousPriceMinor, inventoryQuantity },
    },
  });
};

async function write(
  { mailer, sealer, appUrl }: DeliveryWorld,
  delivery: NoticeDelivery | QuestionDelivery,
): Promise<Outcome> {
  if (!mailer) return { status: "failed", reason: "no server for e-mails is set up" };
  if (!delivery.isVisible)
    return { status: "refused", reason: "the product is no longer offered to shoppers" };
  const { email, token } = openContact(sealer, delivery.contact, delivery);
  const links = linksOf(appUrl, token);
  const words = wordsOf(delivery, links);
  if (!words) return { status: "failed", reason: "the shop's currency is not known yet" };
  return mailer.send({
    ...{ id: delivery.deliveryId, fromName: delivery.shopName, to: email },
    ...{ unsubscribeUrl: links.unsubscribe, ...words },
  });
}

function wordsOf(
  delivery: NoticeDelivery | QuestionDelivery,
  links: { confirm: string; unsubscribe: string },
): Written | null {
  if (delivery.to === "question") return confirmation(delivery, delivery, links);
  const { currency, ...sender } = delivery;
  return currency === null ? null : notice({ ...sender, currency }, delivery, links);
}

/** Where the links in an e-mail lead. */
export const linksOf = (appUrl: string, token: string) => ({
  confirm: `${appUrl}/alerts/confirm/${token}`,
  unsubscribe: `${appUrl}/alerts/unsubscribe/${token}`,
});
