import type { Sql } from "~/platform/sql.server";

/** A person as alerts know them: the customer, and what their address is found by, if it is known. */
export type Subscriber = { customerId: bigint; contactMarks: readonly string[] };

/** True for the subscriptions of a shop, `$1`, that a customer, `$2`, made when logged in, or that are of
 * an address of theirs, by its marks, `$3`. */
const IS_OF = "shop_id = $1::int and (customer_id = $2::bigint or contact_mark = any($3::text[]))";
const valuesOf = (shopId: number, { customerId, contactMarks }: Subscriber) => [
  shopId,
  customerId,
  contactMarks,
];

/** Erases a person's subscriptions, and with them every e-mail on its way. Safe to repeat. */
export const eraseSubscriptions = (sql: Sql, shopId: number, person: Subscriber) =>
  sql.run(`delete from alert_subscriptions where ${IS_OF}`, valuesOf(shopId, person));

/** What a person's copy of their data says of their subscriptions: not the address, which is theirs. */
export const exportSubscriptions = (sql: Sql, shopId: number, person: Subscriber) =>
  sql.rows<object>(
    `select kind, product_id as "productId", variant_id as "variantId",
            target_price_minor as "targetPriceMinor", consent_version as "consentVersion",
            consent_place as "consentPlace", requested_at as "requestedAt",
            confirmed_at as "confirmedAt", told_at as "toldAt"
     from alert_subscriptions where ${IS_OF} order by requested_at`,
    valuesOf(shopId, person),
  );
