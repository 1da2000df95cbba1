import { z } from "zod";
import type { Database } from "~/platform/db.server";
import { namesOf } from "../names";
import { stepsOf } from "../period";
import { rank } from "../rank.server";
import type { Question, RowOf, Told } from "../report";
import { PAGE_PARAMETERS, serve } from "../serve";
import { PRODUCT_GROUPS, PRODUCT_SORTS, PRODUCTS, type ProductSort } from "./definitions";
import type { ProductsBy } from "./keys.server";
import { rateOf } from "./rates";
import { productSums, type ProductSums } from "./sums.server";
import { titlesOf } from "./titles.server";

export const PRODUCTS_PARAMETERS = {
  by: z
    .enum([...namesOf(PRODUCT_GROUPS), "all", "step"])
    .default("product")
    .describe("What the rows are of: products, what they belong to, all of them, a step of time."),
  sort: z
    .enum(namesOf(PRODUCT_SORTS))
    .default("viewed")
    .describe("What comes first; of rates the one with the highest lower end."),
  only: z
    .enum(["unbought"])
    .optional()
    .describe("Only what was viewed in the period and is in no order of it."),
  ...PAGE_PARAMETERS,
};
export type ProductsAsked = {
  by: ProductsBy;
  sort: ProductSort;
  only?: "unbought" | undefined;
  limit: number;
  cursor?: string | undefined;
};

export type ProductRow = RowOf<typeof PRODUCTS.columns>;

/** What was done with products. A series has a row for each step, the oldest first, on one page.
 * @throws {InvalidInput} a cursor of another list */
export async function products(
  db: Database,
  question: Question,
  { by, sort, only, limit, cursor }: ProductsAsked,
): Promise<Told<ProductRow>> {
  const rows = (await productSums(db, question, by)).map(toRow);
  if (by === "all") return { rows: rows.length > 0 ? rows : [toRow(nothingOf("all"))] };
  if (by === "step") return { rows: everyStep(rows, question) };
  const { field } = PRODUCT_SORTS[sort];
  const listed = only === "unbought" ? rows.filter(isUnbought) : rows;
  const page = rank(listed, { value: (row) => row[field], limit, cursor });
  const keys = page.rows.map(({ of }) => of);
  const titles = await titlesOf(db, question.shopId, { by, keys });
  return { ...page, rows: page.rows.map((row) => ({ ...row, ...titles.get(row.of) })) };
}

const isUnbought = ({ viewedSessions, orders }: ProductRow) => viewedSessions > 0 && orders === 0;

function everyStep(rows: readonly ProductRow[], { view }: Question): ProductRow[] {
  const known = new Map(rows.map((row) => [row.of, row]));
  return stepsOf(view.period, view.unit).map((start) => {
    const of = start.toISOString();
    return known.get(of) ?? toRow(nothingOf(of));
  });
}

/** Rates are of unrounded sums. */
function toRow({ sampled, ...sums }: ProductSums): ProductRow {
  const { viewedSessions: viewed, grossMinor, discountMinor, refundedMinor } = sums;
  const added = rateOf(sums.viewedAndAdded, viewed, sampled);
  const bought = rateOf(sums.viewedAndBought, viewed, sampled);
  return {
    ...{ ...sums, title: null, productId: null },
    ...{ viewedSessions: Math.round(viewed), views: Math.round(sums.views) },
    addedSessions: Math.round(sums.addedSessions),
    viewedAndAdded: Math.round(sums.viewedAndAdded),
    ...{ addRate: added.share, addRateLow: added.low, addRateHigh: added.high },
    viewedAndBought: Math.round(sums.viewedAndBought),
    ...{ purchaseRate: bought.share, purchaseRateLow: bought.low, purchaseRateHigh: bought.high },
    netMinor: grossMinor - discountMinor - refundedMinor,
    abandonedCarts: Math.round(sums.abandonedCarts),
  };
}

const nothingOf = (of: string): ProductSums => ({
  ...{ of, viewedSessions: 0, sampled: 0, views: 0, addedSessions: 0, viewedAndAdded: 0 },
  ...{ viewedAndBought: 0, orders: 0, units: 0, grossMinor: 0, discountMinor: 0 },
  ...{ refundedUnits: 0, refundedMinor: 0, abandonedCarts: 0 },
});

export const PRODUCT_REPORTS = [serve(PRODUCTS, PRODUCTS_PARAMETERS, products)];
