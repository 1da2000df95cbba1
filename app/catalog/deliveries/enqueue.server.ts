import type { Sql } from "~/platform/sql.server";

/** Lines up whom a shop's newest alerts go to: the merchant's webhook, and each shopper who waits for one
 * of them. A subscription is for one e-mail, so of several alerts it gets the cheapest, and is over.
 * @param after the number of the last alert that is not new */
export async function enqueueFor(sql: Sql, shopId: number, after: string): Promise<void> {
  await sql.run(TO_WEBHOOK, [shopId, after]);
  await sql.run(TO_SHOPPERS, [shopId, after]);
}

const TO_WEBHOOK = `
  insert into alert_deliveries (shop_id, delivery_id, alert_id, created_at, due_at)
  select a.shop_id, gen_random_uuid(), a.alert_id, now(), now()
  from alerts a
  join alert_settings s on s.shop_id = $1::int and s.webhook_url is not null
  where a.shop_id = $1::int and a.alert_id > $2::bigint
  order by a.alert_id`;

const TO_SHOPPERS = `
  with matched as (
    select distinct on (s.subscription_id) s.subscription_id, a.alert_id
    from alerts a
    join alert_subscriptions s
      on s.shop_id = $1::int and s.product_id = a.product_id and s.kind = a.kind
     and s.confirmed_at is not null and s.told_at is null
     and (s.variant_id is null or s.variant_id = a.variant_id)
     and (s.target_price_minor is null or a.price_minor <= s.target_price_minor)
    where a.shop_id = $1::int and a.alert_id > $2::bigint
    order by s.subscription_id, a.price_minor, a.alert_id
  ), told as (
    update alert_subscriptions s set told_at = now() from matched m
    where s.shop_id = $1::int and s.subscription_id = m.subscription_id
  )
  insert into alert_deliveries (shop_id, delivery_id, alert_id, subscription_id, created_at, due_at)
  select $1::int, gen_random_uuid(), alert_id, subscription_id, now(), now() from matched`;
