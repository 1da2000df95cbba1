import { Prisma } from "@prisma/client";
import type { NameOf, Rollup, Stretch } from "../rollups/rollup";
import { ordersIn } from "./orders.server";

/** What items sold are told apart by. */
export const ITEM_KINDS = ["product-type", "vendor"] as const;
export type ItemKind = (typeof ITEM_KINDS)[number];

/** What each is of a line `i` and its product `p`, if the catalogue has it. */
const OF_LINE: Record<ItemKind, Prisma.Sql> = {
  "product-type": Prisma.sql`nullif(p.product_type, '')`,
  vendor: Prisma.sql`coalesce(nullif(i.vendor, ''), nullif(p.vendor, ''))`,
};

/** What the items of orders brought, by what they are of.
 * @param kinds what is summed by; a question names one, so that facts are summed as far as it needs them */
export const itemRollup = (kinds: readonly ItemKind[]): Rollup => ({
  ...{ basis: "catalogue", table: "item_revenue_rollups", keys: ["kind", "item"] },
  sums: ["orders", "units", "gross_minor", "discount_minor", "returned_minor"],
  facts: (asked, of) => itemsIn(asked, of, kinds),
});

/** The same of all kinds. */
export const ITEM_ROLLUP = itemRollup(ITEM_KINDS);

/** An order is of one moment, so different orders of stretches add up. What came back is told by the line. */
const itemsIn = (asked: Stretch, of: NameOf, kinds: readonly ItemKind[]): Prisma.Sql => {
  const items = kinds.map(
    (kind) => Prisma.sql`rollup_value(coalesce(${OF_LINE[kind]}, 'none')) collate "C"`,
  );
  return Prisma.sql`
    select of, kind, item, count(distinct order_id)::float8 as orders, sum(quantity)::float8 as units,
           sum(gross)::float8 as gross_minor, sum(discount)::float8 as discount_minor,
           sum(returned)::float8 as returned_minor
    from (
      select ${of(Prisma.sql`f.placed_at`)} as of, parts.kind, parts.item, i.order_id, i.quantity,
             i.price_minor * i.quantity as gross, i.discount_minor as discount,
             coalesce(round((i.price_minor * i.quantity - i.discount_minor)::numeric
                            * i.refunded_quantity / nullif(i.quantity, 0)), 0) as returned
      from orders f
      join order_items i using (shop_id, order_id)
      left join products p on p.shop_id = i.shop_id and p.product_id = i.product_id
      cross join lateral unnest(${kinds}::text[], array[${Prisma.join(items)}]) as parts(kind, item)
      where ${ordersIn(asked.shopId, asked, asked.filters)}
    ) as sold group by of, kind, item`;
};
