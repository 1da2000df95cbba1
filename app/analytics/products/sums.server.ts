import { Prisma } from "@prisma/client";
import type { Database } from "~/platform/db.server";
import { isOpen, stretchOf } from "../carts/chosen.server";
import { leftLines } from "../carts/lines.server";
import { groupOf } from "../groups.server";
import { stepsOf } from "../period";
import type { Question } from "../report";
import { askRollups } from "../rollups/reading.server";
import { keyOf, type Key, type Levels, type ProductsBy } from "./keys.server";
import { rollupOf } from "./rollup.server";

/** What is added up of products, before any rate. Sessions, views and carts are weighted. */
export type ProductSums = {
  of: string;
  viewedSessions: number;
  /** As many unweighted sessions prove as much. */
  sampled: number;
  views: number;
  addedSessions: number;
  viewedAndAdded: number;
  viewedAndBought: number;
  orders: number;
  units: number;
  grossMinor: number;
  discountMinor: number;
  refundedUnits: number;
  refundedMinor: number;
  abandonedCarts: number;
};

/** Everything that was done with products in a period, by what tells them apart; in no order. */
export function productSums(
  db: Database,
  question: Question,
  by: ProductsBy,
): Promise<ProductSums[]> {
  const levels = levelsOf(by);
  const steps = by === "step" ? stepsOf(question.view.period, question.view.unit) : [];
  return askRollups(db, { question, steps }, (partsOf) =>
    summed({ question, by, key: keyOf(levels, question.shopId) }, partsOf(rollupOf(levels))),
  );
}

function levelsOf(by: ProductsBy): Levels {
  if (by === "vendor" || by === "type" || by === "collection") return [by];
  return [by === "step" ? "all" : by];
}

type Asked = { question: Question; by: ProductsBy; key: Key };

/** Sums of parts. Of the carts that were left those that are open are taken off: what is kept does not
 * know them apart. */
function summed({ question, by, key }: Asked, parts: Prisma.Sql): Prisma.Sql {
  const level = by === "step" ? "all" : by;
  const name = (of: Prisma.Sql, item: Prisma.Sql) =>
    by === "step" || by === "all" ? of : Prisma.sql`${item}::text`;
  const step = groupOf(question.view, by === "step" ? "step" : "all", Prisma.sql`t.started_at`);
  return Prisma.sql`
    with open as (
      select of, sum(weight) as carts
      from (select distinct ${name(step, key.item)} as of, t.cart_id, t.weight
            from (${leftLines(stretchOf(question), isOpen(question.now))}) t ${key.joined}) as each
      group by of
    ), sums as (
      select ${name(Prisma.raw("p.of"), Prisma.raw("p.item"))} as of, sum(viewed) as viewed,
             sum(views) as views, sum(viewed_squares) as squares, sum(added) as added,
             sum(viewed_and_added) as viewed_and_added, sum(viewed_and_bought) as viewed_and_bought,
             sum(orders) as orders, sum(units) as units, sum(gross_minor) as gross,
             sum(discount_minor) as discounts, sum(refunded_units) as refunded_units,
             sum(refunded_minor) as refunded, sum(lying) as lying
      from ${parts} p where p.level = ${level}::text group by 1
    )
    select of, viewed as "viewedSessions", views, coalesce(viewed ^ 2 / nullif(squares, 0), 0) as sampled,
           added as "addedSessions", viewed_and_added as "viewedAndAdded",
           viewed_and_bought as "viewedAndBought", orders::int as orders, units::int as units,
           gross as "grossMinor", discounts as "discountMinor", refunded_units::int as "refundedUnits",
           refunded as "refundedMinor", greatest(0, lying - coalesce(open.carts, 0)) as "abandonedCarts"
    from sums left join open using (of)
    where viewed > 0 or added > 0 or orders > 0 or refunded_units > 0 or lying > 0`;
}
