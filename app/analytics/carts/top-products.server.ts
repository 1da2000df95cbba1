import { z } from "zod";
import type { Db } from "~/platform/db.server";
import { sessionsIn } from "../filters.server";
import { namesOf } from "../names";
import { PRODUCT_GROUPS, type ProductGroup } from "../products/definitions";
import { keyOf } from "../products/keys.server";
import { rateOf } from "../products/rates";
import { titlesOf } from "../products/titles.server";
import { rank } from "../rank.server";
import type { Question, RowOf, Told } from "../report";
import { PAGE_PARAMETERS, serve } from "../serve";
import { WEIGHT } from "../weighing.server";
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
  db: Db,
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

/** The time is bounded so that an index finds the facts of the chosen sessions. */
function sumsOf(db: Db, { shopId, view }: Question, by: ProductGroup): Promise<Sums[]> {
  const { key, joined } = keyOf(view, by);
  return db.$queryRaw<Sums[]>`
    with chosen as materialized (
      select s.session_id, s.ended_at, ${WEIGHT} as weight
      from sessions s where ${sessionsIn(shopId, view.period, view.filters)}
    ), acted as (
      select f.shop_id, f.session_id, f.product_id, f.variant_id, null as vendor,
             null as product_type, f.kind, greatest(f.quantity, 0) as quantity, chosen.weight
      from cart_actions f join chosen using (session_id)
      where f.shop_id = ${shopId}::int and f.acted_at >= ${view.period.from}::timestamptz
        and f.acted_at <= (select max(ended_at) from chosen) and f.product_id is not null
    ), by_session as (
      select ${key} as of, t.session_id, min(t.weight) as weight,
             bool_or(t.kind = 'added') as added, bool_or(t.kind = 'removed') as removed,
             coalesce(sum(t.quantity) filter (where t.kind = 'added'), 0) as put_in,
             coalesce(sum(t.quantity) filter (where t.kind = 'removed'), 0) as taken_out
      from acted t ${joined} group by 1, 2
    ), adding as (
      select sum(weight) as sessions
      from (select min(weight) as weight from acted where kind = 'added' group by session_id) as each
    )
    select of, coalesce(sum(weight) filter (where added), 0) as added,
           coalesce(sum(weight) filter (where added) ^ 2
                    / sum(weight ^ 2) filter (where added), 0) as sampled,
           coalesce((select sessions from adding), 0) as adding,
           coalesce(sum(weight) filter (where removed), 0) as removed,
           coalesce(sum(weight) filter (where added and removed), 0) as both,
           sum(weight * put_in) as "addedPieces", sum(weight * taken_out) as "removedPieces"
    from by_session where of is not null group by of`;
}

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
