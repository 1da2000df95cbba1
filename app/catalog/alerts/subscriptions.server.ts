import { randomUUID } from "node:crypto";
import { hashOfName, randomName, type Sealer } from "~/platform/crypto.server";
import type { Database, Db } from "~/platform/db.server";
import { NotFound } from "~/platform/errors";
import { toMinor } from "~/platform/money";
import { inTransaction, type Sql } from "~/platform/sql.server";
import { DAY } from "~/platform/time";
import { VISIBLE } from "../visible";
import { contactMarks, sealContact } from "./contact.server";
import {
  QUESTIONS_A_DAY,
  UNCONFIRMED_KEPT,
  type ShopperKind,
  type SubscriptionRequest,
} from "./subscription";

type World = { db: Database; sealer: Sealer; now: Date };
/** Whose shop it is, and the customer if one is logged in, as Shopify signed it. */
export type Asking = { shopId: number; currency: string; customerId: string | null };

/** Notes that a shopper wants to be told, and lines up the e-mail that asks whether it was them. Nothing
 * tells whether the address is known: who asks again, or too often, gets the same answer and no e-mail.
 * @throws {NotFound} shoppers cannot see the product, or it has no such variant */
export async function subscribe(
  { db, sealer, now }: World,
  asking: Asking,
  request: SubscriptionRequest,
): Promise<void> {
  const { shopId } = asking;
  const values = valuesOf(sealer, asking, request);
  const marks = contactMarks(sealer, request.email, shopId);
  await inTransaction(db.pool, async (sql) => {
    await checkProduct(sql, shopId, request);
    await sql.run("select pg_advisory_xact_lock(hashtext('pixelnova subscriptions'), $1::int)", [
      shopId,
    ]);
    const dayAgo = new Date(now.getTime() - DAY);
    const asked = await sql.rows(ASKED, [shopId, marks, dayAgo]);
    if (asked.length >= QUESTIONS_A_DAY) return;
    const [noted] = await sql.rows<{ id: string }>(NOTE, [...values, marks[0], now, dayAgo]);
    if (noted) await sql.run(ASK_FOR_CONFIRMATION, [shopId, noted.id, randomUUID(), now]);
  });
}

function valuesOf(sealer: Sealer, asking: Asking, request: SubscriptionRequest): unknown[] {
  const { shopId, currency, customerId } = asking;
  const { email, kind, product, variant, price, consent, page } = request;
  const token = randomName();
  const tokenHash = hashOfName(token);
  const contact = sealContact(sealer, { email, token }, { shopId, tokenHash });
  const target = price ? toMinor(price, currency).amountMinor : null;
  return [
    ...[shopId, randomUUID(), kind, product, variant ?? null, target],
    ...[contact, tokenHash, customerId, consent, page],
  ];
}

async function checkProduct(sql: Sql, shopId: number, request: SubscriptionRequest): Promise<void> {
  const { product, variant } = request;
  const found = await sql.rows(OFFERED, [shopId, product, variant ?? null]);
  if (found.length === 0) throw new NotFound("the shop offers no such product or variant");
}

const OFFERED = `
  select from products p
  where p.shop_id = $1::int and p.product_id = $2::bigint and ${VISIBLE}
    and ($3::bigint is null or exists (
      select from variants v where v.shop_id = $1::int and v.variant_id = $3::bigint
        and v.product_id = p.product_id and v.deleted_at is null))`;

const ASKED = `
  select from alert_subscriptions
  where shop_id = $1::int and contact_mark = any($2::text[]) and confirmed_at is null
    and requested_at > $3::timestamptz`;

/** A subscription that waits for its alert, or whose question was sent today, stays as it is. */
const NOTE = `
  insert into alert_subscriptions as s (
    shop_id, subscription_id, kind, product_id, variant_id, target_price_minor, contact, token_hash,
    customer_id, consent_version, consent_place, contact_mark, requested_at)
  values ($1::int, $2::uuid, $3, $4::bigint, $5::bigint, $6::bigint, $7, $8, $9::bigint, $10, $11,
          $12, $13::timestamptz)
  on conflict (shop_id, contact_mark, product_id, coalesce(variant_id, 0), kind) do update
  set target_price_minor = excluded.target_price_minor, contact = excluded.contact,
      token_hash = excluded.token_hash, customer_id = excluded.customer_id,
      consent_version = excluded.consent_version, consent_place = excluded.consent_place,
      requested_at = excluded.requested_at, confirmed_at = null, told_at = null
  where s.told_at is not null or (s.confirmed_at is null and s.requested_at <= $14::timestamptz)
  returning subscription_id as id`;

/** In place of whatever was sent to it before. */
const ASK_FOR_CONFIRMATION = `
  with earlier as (
    delete from alert_deliveries where shop_id = $1::int and subscription_id = $2::uuid
      and alert_id is not null
  )
  insert into alert_deliveries (shop_id, delivery_id, subscription_id, created_at, due_at)
  values ($1::int, $3::uuid, $2::uuid, $4::timestamptz, $4::timestamptz)
  on conflict (shop_id, coalesce(alert_id, 0),
               coalesce(subscription_id, '00000000-0000-0000-0000-000000000000')) do update
  set delivery_id = excluded.delivery_id, created_at = excluded.created_at, due_at = excluded.due_at,
      attempts = 0, ended_at = null, error = null`;

/** What a link in an e-mail is about, as a person reads it. */
export type LinkedSubscription = {
  shopName: string;
  productTitle: string;
  kind: ShopperKind;
  isConfirmed: boolean;
};

/** @returns null when the link is not, or no longer, one of ours */
export async function subscriptionOf(
  db: Db,
  token: string,
  now: Date,
): Promise<LinkedSubscription | null> {
  const [found] = await db.$queryRaw<LinkedSubscription[]>`
    select coalesce(shops.name, shops.domain) as "shopName", p.title as "productTitle", s.kind,
           s.confirmed_at is not null as "isConfirmed"
    from alert_subscriptions s
    join shops on shops.id = s.shop_id
    join products p on p.shop_id = s.shop_id and p.product_id = s.product_id
    where s.token_hash = ${hashOfName(token)}
      and (s.confirmed_at is not null or s.requested_at > ${unconfirmedSince(now)}::timestamptz)`;
  return found ?? null;
}

/** Notes that the address's owner wants to be told. Safe to repeat.
 * @returns false when the link has expired */
export async function confirmSubscription(db: Db, token: string, now: Date): Promise<boolean> {
  const confirmed = await db.$executeRaw`
    update alert_subscriptions
    set confirmed_at = coalesce(confirmed_at, ${now}::timestamptz)
    where token_hash = ${hashOfName(token)}
      and (confirmed_at is not null or requested_at > ${unconfirmedSince(now)}::timestamptz)`;
  return confirmed > 0;
}

/** Forgets an address that a shop has: every subscription of it, and what is on its way. Safe to repeat. */
export const unsubscribe = (db: Db, token: string): Promise<number> => db.$executeRaw`
  delete from alert_subscriptions s using alert_subscriptions linked
  where linked.token_hash = ${hashOfName(token)} and s.shop_id = linked.shop_id
    and s.contact_mark = linked.contact_mark`;

const unconfirmedSince = (now: Date) => new Date(now.getTime() - UNCONFIRMED_KEPT);
