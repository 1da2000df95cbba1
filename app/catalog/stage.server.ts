import { insertRows, type OfShop, type Table } from "~/platform/rows.server";
import type { Sql } from "~/platform/sql.server";
import {
  PRODUCT_COLUMNS,
  VARIANT_COLUMNS,
  type ListedProduct,
  type ProductRow,
  type VariantRow,
} from "./product";

/** What is merged together, of one shop. */
export type Batch = { shopId: number; batch: string };

type Staged<Row extends object> = Row & { batch: string };
const STAGED_PRODUCTS: Table<Staged<ProductRow>> = {
  table: "staged_products",
  columns: { batch: "uuid", ...PRODUCT_COLUMNS },
};
const STAGED_VARIANTS: Table<Staged<VariantRow>> = {
  table: "staged_variants",
  columns: { batch: "uuid", ...VARIANT_COLUMNS },
};

/** Puts products where `mergeProducts` finds them. A batch may be staged in many transactions. */
export async function stageProducts(
  sql: Sql,
  key: Batch,
  listed: readonly ListedProduct[],
): Promise<void> {
  const staged = <Row extends object>(row: Row): OfShop<Staged<Row>> => ({ ...row, ...key });
  await insertRows(
    sql,
    STAGED_PRODUCTS,
    listed.map(({ product }) => staged(product)),
  );
  await insertRows(
    sql,
    STAGED_VARIANTS,
    listed.flatMap(({ variants }) => variants.map(staged)),
  );
}

/** Empties a batch's stage. */
export async function clearStage(sql: Sql, { shopId, batch }: Batch): Promise<void> {
  for (const table of ["staged_products", "staged_variants"])
    await sql.run(`delete from ${table} where shop_id = $1::int and batch = $2::uuid`, [
      shopId,
      batch,
    ]);
}
