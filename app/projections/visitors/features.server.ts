import { isTimeZone } from "~/platform/calendar";
import { groupBy } from "~/platform/group-by";
import type { Sql } from "~/platform/sql.server";
import { insertRows, type Table } from "~/platform/rows.server";
import {
  featuresOf,
  type Features,
  type Past,
  type PastOrder,
  type PastProduct,
  type PastSession,
} from "./features";
import type { Interaction } from "./interactions.server";
import { parametersOf, VISITOR_ORDERS, VISITOR_SESSIONS, type Keys } from "./tables.server";

/** What is known besides the tables. */
type Known = {
  timeZone: string | null;
  currency: string | null;
  interactions: readonly Interaction[];
};

/** Finds out anew what visitors are like. */
export async function replaceFeatures(sql: Sql, keys: Keys, known: Known): Promise<void> {
  await sql.run(CLEAR, [keys.shopId, keys.visitorIds]);
  const pasts = await readPasts(sql, keys, known);
  const rows = [...pasts].map(([visitorId, past]) => ({
    shopId: keys.shopId,
    visitorId,
    ...featuresOf(past),
  }));
  await insertRows(sql, FEATURES, rows);
}

const FEATURES: Table<Of<Features>> = {
  table: "user_features",
  columns: {
    ...{ visitorId: "text", lastSessionAt: "timestamptz", lastOrderAt: "timestamptz" },
    ...{ sessionCount: "int", orderCount: "int", dayCount: "int", medianDaysBetween: "real" },
    ...{ totalMinor: "bigint", meanOrderMinor: "bigint", priceLowMinor: "bigint" },
    ...{ priceMedianMinor: "bigint", priceHighMinor: "bigint", discountedShare: "real" },
    ...{ decisionMs: "bigint", engagedMs: "bigint", categoryShares: "jsonb" },
    ...{ vendorShares: "jsonb", hourShares: "jsonb", weekdayShares: "jsonb" },
  },
};

const visitorOf = ({ visitorId }: { visitorId: string }): string => visitorId;

type Of<Row> = Row & { visitorId: string };
type View = Omit<PastProduct, "weight">;

async function readPasts(sql: Sql, keys: Keys, known: Known): Promise<Map<string, Past>> {
  const parameters = parametersOf(keys);
  const sessions = groupBy(
    await sql.rows<Of<PastSession>>(SESSIONS, parameters.slice(0, 2)),
    visitorOf,
  );
  const orders = groupBy(await sql.rows<Of<PastOrder>>(ORDERS, parameters), visitorOf);
  const views = await sql.rows<Of<View>>(VIEWS, [keys.shopId, keys.visitorIds, known.currency]);
  const products = groupBy(productsOf(known.interactions, views), visitorOf);
  const timeZone = known.timeZone !== null && isTimeZone(known.timeZone) ? known.timeZone : "UTC";
  return new Map(
    [...new Set([...sessions.keys(), ...orders.keys()])].map((visitorId) => [
      visitorId,
      {
        timeZone,
        sessions: sessions.get(visitorId) ?? [],
        products: products.get(visitorId) ?? [],
        orders: orders.get(visitorId) ?? [],
      },
    ]),
  );
}

/** Each product that a visitor had to do with, and what it was when it was looked at. */
function productsOf(interactions: readonly Interaction[], views: readonly Of<View>[]) {
  const viewed = new Map(views.map((view) => [keyOf(view), view]));
  return interactions.map(({ visitorId, productId, weight }) => ({
    ...UNSEEN,
    ...viewed.get(keyOf({ visitorId, productId })),
    ...{ visitorId, productId, weight },
  }));
}

const UNSEEN = { firstViewedAt: null, priceMinor: null, productType: null, vendor: null };

const keyOf = ({ visitorId, productId }: Of<Pick<View, "productId">>) =>
  `${productId} ${visitorId}`;

const CLEAR = `delete from user_features where shop_id = $1 and visitor_id = any($2::text[])`;

const SESSIONS = `
  with ${VISITOR_SESSIONS}
  select visitor_id as "visitorId", started_at as "startedAt", ended_at as "endedAt",
         engaged_ms as "engagedMs"
  from visitor_sessions`;

/** Products as they were when they were last looked at and that was told. */
const VIEWS = `
  with ${VISITOR_SESSIONS}
  select s.visitor_id as "visitorId", v.product_id::text as "productId",
         min(v.viewed_at) as "firstViewedAt",
         (array_agg(v.price_minor order by v.viewed_at desc, v.event_id desc)
          filter (where v.price_minor is not null and v.currency = $3))[1]::float8 as "priceMinor",
         (array_agg(v.product_type order by v.viewed_at desc, v.event_id desc)
          filter (where v.product_type is not null))[1] as "productType",
         (array_agg(v.vendor order by v.viewed_at desc, v.event_id desc)
          filter (where v.vendor is not null))[1] as vendor
  from visitor_sessions s
  join product_views v on v.shop_id = $1 and v.client_id = s.client_id
    and v.viewed_at between s.started_at and s.ended_at
  where v.product_id is not null group by s.visitor_id, v.product_id`;

const ORDERS = `
  with ${VISITOR_SESSIONS}, ${VISITOR_ORDERS}
  select o.visitor_id as "visitorId", o.placed_at as "placedAt",
         o.revenue_minor::float8 as "revenueMinor", o.is_discounted as "isDiscounted",
         exists (select from visitor_sessions s
                 where s.session_id = o.session_id and s.visitor_id = o.visitor_id) as "hasSession",
         coalesce(
           (select json_agg(json_build_object('productId', i.product_id::text,
                                              'priceMinor', i.price_minor, 'vendor', i.vendor)
                            order by i.line_item_id)
            from order_items i where i.shop_id = $1 and i.order_id = o.order_id), '[]') as items
  from visitor_orders o`;
