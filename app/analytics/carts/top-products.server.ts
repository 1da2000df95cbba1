import { Prisma } from "@prisma/client";
import { z } from "zod";
import type { Database } from "~/platform/db.server";
import { namesOf } from "../names";
import { PRODUCT_GROUPS, type ProductGroup } from "../products/definitions";
import { CART_SUMS } from "../products/facts.server";
import { rateOf } from "../products/rates";
import { rollupOf } from "../products/rollup.server";
import { titlesOf } from "../products/titles.server";
import { rank } from "../rank.server";
import type { Question, RowOf, Told } from "../report";
import { PAGE_PARAMETERS, serve } from "../serve";
import { askRollups } from "../rollups/reading.server";
import { CART_TOP_PRODUCTS, TOP_SORTS, type TopSort } from "./top-definitions";

export const TOP_PARAMETERS = {
  by: z.enum(namesOf(PRODUCT_GROUPS)).default("product").describe("What the rows are of."),
  sort: z.enum(namesOf(TOP_SORTS)).default("added").describe("What comes first."),
  ...PAGE_PARAMETERS,
};
type Asked = { by: ProductGroup; sort: TopSort; limit: number; cursor?: string | undefined };

export type TopProduct = RowOf<typeof CART_TOP_PRODUCTS.columns>;

/** What was put into carts and taken out.
 * @throws {InvalidInput} a cursor of another list */
export async function topProducts(
  db: Database,
  question: Question,
  { by, sort, limit, cursor }: Asked,
): Promise<Told<TopProduct>> {
  const rows = (await sumsOf(db, question, by)).map(toRow);
  const { field } = TOP_SORTS[sort];
  const page = rank(rows, { value: (row) => row[field], limit, cursor });
  const keys = page.rows.map(({ of }) => of);
  const titles = await titlesOf(db, question.shopId, { by, keys });
  return { ...page, rows: page.rows.map((row) => ({ ...row, ...titles.get(row.of) })) };
}

type Sums = {
  of: string;
  added: number;
  /** As many unweighted sessions prove as much. */
  sampled: number;
  /** Sessions that added anything. */
  adding: number;
  removed: number;
  both: number;
  addedPieces: number;
  removedPieces: number;
};

/** Of the catalogue's levels, what all sessions did is kept beside. */
function sumsOf(db: Database, question: Question, by: ProductGroup): Promise<Sums[]> {
  const rollups =
    by === "product" || by === "variant"
      ? [rollupOf([by, "all"], true)]
      : [rollupOf([by], true), rollupOf(["all"], true)];
  return askRollups(db, { question, steps: [] }, (partsOf) => {
    const parts = rollups.map(
      (rollup) =>
        Prisma.sql`select level, item::text as item, ${SUMS} from ${partsOf(rollup)} as part`,
    );
    return summed(by, Prisma.sql`(${Prisma.join(parts, " union all ")})`);
  });
}

const SUMS = Prisma.raw(CART_SUMS.join(", "));
const SUMMED = Prisma.raw(CART_SUMS.map((name) => `sum(${name}) as ${name}`).join(", "));

const summed = (by: ProductGroup, parts: Prisma.Sql): Prisma.Sql => Prisma.sql`
  with sums as (
    select level, item as of, ${SUMMED} from ${parts} as part
    where level in ('all', ${by}::text) group by level, item
  )
  select of, added, coalesce(added ^ 2 / nullif(added_squares, 0), 0) as sampled,
         (select added from sums where level = 'all') as adding, removed,
         added_and_removed as both, added_pieces as "addedPieces", removed_pieces as "removedPieces"
  from sums where level = ${by}::text and (added > 0 or removed > 0)`;

/** Rates are of unrounded sums. */
function toRow({ of, added, sampled, adding, removed, both, ...pieces }: Sums): TopProduct {
  const rate = rateOf(both, added, sampled);
  return {
    ...{ of, title: null, productId: null },
    addedSessions: Math.round(added),
    addShare: rateOf(added, adding, 1).share,
    addedPieces: Math.round(pieces.addedPieces),
    removedSessions: Math.round(removed),
    removedPieces: Math.round(pieces.removedPieces),
    addedAndRemoved: Math.round(both),
    ...{ removalRate: rate.share, removalRateLow: rate.low, removalRateHigh: rate.high },
  };
}

export const TOP_PRODUCTS = serve(CART_TOP_PRODUCTS, TOP_PARAMETERS, topProducts);
