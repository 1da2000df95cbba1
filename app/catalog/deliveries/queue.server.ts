import { Prisma } from "@prisma/client";
import type { Db } from "~/platform/db.server";
import type { Outcome } from "~/platform/outcome";
import type { AlertKind } from "../alerts/rules";
import type { ShopperKind } from "../alerts/subscription";
import { VISIBLE } from "../visible";
import { LEASE, nextAttempt } from "./schedule";

type Claimed = { shopId: number; deliveryId: string; attempts: number };

type OfShop = Claimed & {
  domain: string;
  shopName: string;
  currency: string | null;
  moneyFormat: string | null;
};

/** What a subscription's e-mails need: sealed, whom they go to. */
type OfSubscription = { contact: string; tokenHash: string; consentVersion: string };

type OfProduct = {
  productId: string;
  productTitle: string;
  handle: string;
  productUrl: string | null;
  isVisible: boolean;
};

type OfAlert = {
  alertId: string;
  happenedAt: Date;
  variantId: string | null;
  variantTitle: string | null;
  priceMinor: number;
  previousPriceMinor: number | null;
  inventoryQuantity: number | null;
};

export type WebhookDelivery = OfShop &
  OfProduct &
  OfAlert & { to: "webhook"; kind: AlertKind; url: string | null; secret: string | null };
export type NoticeDelivery = OfShop &
  OfProduct &
  OfAlert &
  OfSubscription & { to: "shopper"; kind: ShopperKind };
export type QuestionDelivery = OfShop &
  OfProduct &
  OfSubscription & { to: "question"; kind: ShopperKind };
export type DueDelivery = WebhookDelivery | NoticeDelivery | QuestionDelivery;

/** Takes deliveries that are due, for whoever asks alone: a process that dies with them leaves them to the
 * next one when their lease is over. Shops that have uninstalled the app are left. */
export const claimDeliveries = (db: Db, now: Date, limit: number): Promise<DueDelivery[]> =>
  db.$queryRaw<DueDelivery[]>`
    with due as (
      select d.shop_id, d.delivery_id
      from alert_deliveries d join shops on shops.id = d.shop_id and shops.uninstalled_at is null
      where d.due_at <= ${now}::timestamptz
      order by d.due_at limit ${limit}::int for update of d skip locked
    ), claimed as (
      update alert_deliveries d
      set attempts = d.attempts + 1, due_at = ${new Date(now.getTime() + LEASE)}::timestamptz
      from due where d.shop_id = due.shop_id and d.delivery_id = due.delivery_id
      returning d.shop_id, d.delivery_id, d.attempts, d.alert_id, d.subscription_id
    )
    select c.shop_id as "shopId", c.delivery_id::text as "deliveryId", c.attempts,
           case when c.subscription_id is null then 'webhook'
                when c.alert_id is null then 'question' else 'shopper' end as "to",
           shops.domain, coalesce(shops.name, shops.domain) as "shopName", shops.currency,
           shops.money_format as "moneyFormat",
           coalesce(a.kind, s.kind) as kind, p.product_id::text as "productId",
           p.title as "productTitle", p.handle, p.online_store_url as "productUrl",
           (${Prisma.raw(VISIBLE)}) as "isVisible",
           a.alert_id::text as "alertId", a.happened_at as "happenedAt",
           a.variant_id::text as "variantId", v.title as "variantTitle",
           a.price_minor::float8 as "priceMinor",
           a.previous_price_minor::float8 as "previousPriceMinor",
           a.inventory_quantity::float8 as "inventoryQuantity",
           s.contact, s.token_hash as "tokenHash", s.consent_version as "consentVersion",
           w.webhook_url as url, w.webhook_secret as secret
    from claimed c
    join shops on shops.id = c.shop_id
    left join alerts a on a.shop_id = c.shop_id and a.alert_id = c.alert_id
    left join alert_subscriptions s
      on s.shop_id = c.shop_id and s.subscription_id = c.subscription_id
    join products p on p.shop_id = c.shop_id and p.product_id = coalesce(a.product_id, s.product_id)
    left join variants v on v.shop_id = c.shop_id and v.variant_id = a.variant_id
    left join alert_settings w on w.shop_id = c.shop_id`;

/** Notes how an attempt ended: over, given up, or to be tried again. */
export async function recordOutcome(
  db: Db,
  { shopId, deliveryId, attempts }: Claimed,
  { outcome, now }: { outcome: Outcome; now: Date },
): Promise<void> {
  const error = outcome.status === "accepted" ? null : outcome.reason;
  const dueAt = outcome.status === "failed" ? nextAttempt(attempts, now) : null;
  await db.$executeRaw`
    update alert_deliveries
    set error = ${error}, due_at = ${dueAt}::timestamptz,
        ended_at = ${dueAt === null ? now : null}::timestamptz
    where shop_id = ${shopId}::int and delivery_id = ${deliveryId}::uuid`;
}

/** Has the rest of what waits for a shop's webhook wait until a moment: while it does not answer, asking
 * it for every alert would only keep others waiting. No attempt is counted. */
export const postponeWebhooks = (db: Db, shopId: number, until: Date) => db.$executeRaw`
  update alert_deliveries set due_at = ${until}::timestamptz
  where shop_id = ${shopId}::int and subscription_id is null and due_at < ${until}::timestamptz`;

/** A delivery that was given up, as the merchant sees it: no shopper's address. */
export type FailedDelivery = {
  deliveryId: string;
  to: DueDelivery["to"];
  kind: AlertKind;
  productTitle: string;
  attempts: number;
  endedAt: Date;
  reason: string;
};

/** What was given up, the latest first, at most a hundred. */
export const failedDeliveries = (db: Db, shopId: number): Promise<FailedDelivery[]> =>
  db.$queryRaw<FailedDelivery[]>`
    select d.delivery_id::text as "deliveryId",
           case when d.subscription_id is null then 'webhook'
                when d.alert_id is null then 'question' else 'shopper' end as "to",
           coalesce(a.kind, s.kind) as kind, p.title as "productTitle", d.attempts,
           d.ended_at as "endedAt", d.error as reason
    from alert_deliveries d
    left join alerts a on a.shop_id = ${shopId}::int and a.alert_id = d.alert_id
    left join alert_subscriptions s
      on s.shop_id = ${shopId}::int and s.subscription_id = d.subscription_id
    join products p
      on p.shop_id = ${shopId}::int and p.product_id = coalesce(a.product_id, s.product_id)
    where d.shop_id = ${shopId}::int and d.error is not null and d.due_at is null
    order by d.ended_at desc, d.delivery_id limit 100`;

/** Tries what was given up once more, by the whole schedule.
 * @returns false when it was not, or is being tried again already */
export async function tryAgain(
  db: Db,
  shopId: number,
  { deliveryId, now }: { deliveryId: unknown; now: Date },
): Promise<boolean> {
  if (typeof deliveryId !== "string") return false;
  const lined = await db.$executeRaw`
    update alert_deliveries set due_at = ${now}::timestamptz, attempts = 0, ended_at = null
    where shop_id = ${shopId}::int and delivery_id::text = ${deliveryId}
      and due_at is null and error is not null`;
  return lined > 0;
}
