import type { Sql } from "~/platform/sql.server";
import { insertRows, type Table } from "~/platform/rows.server";
import { parametersOf, VISITOR_ORDERS, VISITOR_SESSIONS, type Keys } from "./tables.server";
import { weightOf, type Contact } from "./weights";

export type Interaction = Contact & {
  visitorId: string;
  productId: string;
  firstAt: Date;
  lastAt: Date;
  weight: number;
};

const INTERACTIONS: Table<Interaction> = {
  table: "interactions",
  columns: {
    ...{ visitorId: "text", productId: "bigint", firstAt: "timestamptz", lastAt: "timestamptz" },
    ...{ viewCount: "int", dwellMs: "bigint", addedQuantity: "bigint" },
    ...{ removedQuantity: "bigint", purchasedQuantity: "bigint", weight: "real" },
  },
};

/** Sums up what visitors had to do with each product. */
export async function replaceInteractions(sql: Sql, keys: Keys): Promise<Interaction[]> {
  await sql.run(CLEAR, [keys.shopId, keys.visitorIds]);
  const contacts = await sql.rows<Omit<Interaction, "weight">>(CONTACTS, parametersOf(keys));
  const interactions = contacts.map((contact) => ({ ...contact, weight: weightOf(contact) }));
  const { shopId } = keys;
  await insertRows(
    sql,
    INTERACTIONS,
    interactions.map((interaction) => ({ shopId, ...interaction })),
  );
  return interactions;
}

const CLEAR = `delete from interactions where shop_id = $1 and visitor_id = any($2::text[])`;

const CONTACTS = `
  with ${VISITOR_SESSIONS}, ${VISITOR_ORDERS}, contacts as (
    select s.visitor_id, p.product_id, p.first_at, p.last_at, p.view_count, p.dwell_ms,
           p.added_quantity, p.removed_quantity, 0 as purchased_quantity
    from visitor_sessions s
    join session_products p on p.shop_id = $1 and p.session_id = s.session_id
    union all
    select o.visitor_id, i.product_id, o.placed_at, o.placed_at, 0, 0, 0, 0,
           i.quantity - i.refunded_quantity
    from visitor_orders o join order_items i on i.shop_id = $1 and i.order_id = o.order_id
    where i.product_id is not null
  )
  select visitor_id as "visitorId", product_id::text as "productId",
         min(first_at) as "firstAt", max(last_at) as "lastAt",
         sum(view_count)::float8 as "viewCount", sum(dwell_ms)::float8 as "dwellMs",
         sum(added_quantity)::float8 as "addedQuantity",
         sum(removed_quantity)::float8 as "removedQuantity",
         sum(purchased_quantity)::float8 as "purchasedQuantity"
  from contacts group by visitor_id, product_id`;
