import { Prisma } from "@prisma/client";
import { z } from "zod";
import type { Database } from "~/platform/db.server";
import { FILTER_NAMES, type FilterName } from "../filters";
import { startsOf } from "../groups.server";
import { stepsOf } from "../period";
import type { Question, RowOf, Told } from "../report";
import { askRollups } from "../rollups/reading.server";
import type { View } from "../view";
import { CUSTOMER_REVENUE_ROLLUP } from "./customer-rollup.server";
import type { REVENUE } from "./definitions";
import { BOOKED, revenueApart } from "./rollup.server";

export const REVENUE_PARAMETERS = {
  by: z
    .enum(["all", "step", "customer", ...FILTER_NAMES])
    .default("all")
    .describe(
      "What the rows are of: all orders, a step of time, new or returning customers, or a dimension of the sessions that the orders were placed in.",
    ),
};
export type RevenueBy = "all" | "step" | "customer" | FilterName;

export type Revenue = RowOf<typeof REVENUE.columns>;

/** A series has a row for each step, the oldest first; other rows come by their net, most first. */
export async function revenue(
  db: Database,
  question: Question,
  { by }: { by: RevenueBy },
): Promise<Told<Revenue>> {
  const { view } = question;
  if (by === "customer") return { rows: await byCustomer(db, question) };
  const steps = by === "step" ? stepsOf(view.period, view.unit) : [];
  const apart = by === "step" ? "all" : by;
  const found = await askRollups<Revenue>(db, { question, steps }, (partsOf) =>
    sumUp(Prisma.sql`
      select ${by === "step" ? Prisma.sql`of` : Prisma.sql`value collate "C" as of`}, ${SUMS}
      from ${partsOf(revenueApart(apart))} as part where dimension = ${apart}::text`),
  );
  return { rows: complete(found, view, by) };
}

const SUMS = Prisma.raw(BOOKED.join(", "));

const byCustomer = (db: Database, question: Question): Promise<Revenue[]> =>
  askRollups<Revenue>(db, { question, steps: [] }, (partsOf) =>
    sumUp(
      Prisma.sql`select customer as of, ${SUMS} from ${partsOf(CUSTOMER_REVENUE_ROLLUP)} as part`,
    ),
  );

/** @param booked a query for groups, `of`, and what is summed of each, in any number of rows */
const sumUp = (booked: Prisma.Sql): Prisma.Sql => Prisma.sql`
  with sums as (
    select of, sum(orders)::int as orders, sum(gross_minor)::numeric as gross,
           sum(discount_minor)::numeric as discount, sum(refund_minor)::numeric as refund,
           sum(tax_minor) as tax, sum(shipping_minor) as shipping, sum(units)::int as units
    from (${booked}) as booked group by of
  )
  select of, orders, gross::float8 as "grossMinor", discount::float8 as "discountMinor",
         refund::float8 as "refundMinor", (gross - discount - refund)::float8 as "netMinor",
         tax::float8 as "taxMinor", shipping::float8 as "shippingMinor", units,
         round((gross - discount) / nullif(orders, 0))::float8 as "averageOrderMinor",
         units::float8 / nullif(orders, 0) as "unitsPerOrder"
  from sums order by "netMinor" desc, of collate "default"`;

/** Nothing is a number as well: a step without orders has a row, and so have all of none. */
function complete(found: Revenue[], view: View, by: RevenueBy): Revenue[] {
  if (by === "all") return found.length > 0 ? found : [withoutOrders("all")];
  if (by !== "step") return found;
  const known = new Map(found.map((row) => [row.of, row]));
  return startsOf(view).map((start) => known.get(start) ?? withoutOrders(start));
}

const withoutOrders = (of: string): Revenue => ({
  ...{ of, orders: 0, grossMinor: 0, discountMinor: 0, refundMinor: 0, netMinor: 0 },
  ...{ taxMinor: 0, shippingMinor: 0, units: 0, averageOrderMinor: null, unitsPerOrder: null },
});
