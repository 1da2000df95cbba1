import { Prisma } from "@prisma/client";
import { z } from "zod";
import type { Database } from "~/platform/db.server";
import type { Question, RowOf, Told } from "../report";
import { askRollups } from "../rollups/reading.server";
import type { REVENUE_BY_TYPE } from "./definitions";
import { ITEM_KINDS, itemRollup, type ItemKind } from "./item-rollup.server";

export const BY_TYPE_PARAMETERS = {
  by: z
    .enum(ITEM_KINDS)
    .default("product-type")
    .describe("What the rows are of: product types or vendors."),
};

export type RevenueByType = RowOf<typeof REVENUE_BY_TYPE.columns>;

/** Rows come by their net, most first. */
export async function revenueByType(
  db: Database,
  question: Question,
  { by }: { by: ItemKind },
): Promise<Told<RevenueByType>> {
  const rows = await askRollups<RevenueByType>(
    db,
    { question, steps: [] },
    (partsOf) => Prisma.sql`
    with sums as (
      select item as of, sum(orders)::int as orders, sum(units)::int as units,
             sum(gross_minor) as gross, sum(discount_minor) as discount,
             sum(returned_minor) as returned, sum(gross_minor - discount_minor - returned_minor) as net
      from ${partsOf(itemRollup([by]))} as part where kind = ${by}::text group by item
    )
    select of, orders, units, gross as "grossMinor", discount as "discountMinor",
           returned as "returnedMinor", net as "netMinor",
           case when sum(net) over () > 0 then net / sum(net) over () end as "netShare"
    from sums order by net desc, of collate "default"`,
  );
  return { rows };
}
