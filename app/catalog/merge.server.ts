import { columnOf } from "~/platform/columns";
import type { Sql } from "~/platform/sql.server";
import { findAlerts } from "./alerts/find.server";
import { PRODUCT_COLUMNS, VARIANT_COLUMNS } from "./product";
import { clearStage, type Batch } from "./stage.server";

/** How we heard of it. */
export type Source = "sync" | "webhook" | "sweep" | "event" | "refresh";

export type Merging = {
  /** All that is staged was so at this moment at the earliest. */
  asOf: Date;
  source: Source;
  /** The products that were asked for: one that is not staged is gone. */
  asked: readonly string[] | "all";
  /** Those that came and could not be read: they stay as they were. */
  unread?: readonly string[];
};
export type Merged = { productsChanged: number; productsDeleted: number; variantsChanged: number };

/** Merges a batch into the mirror, in whatever order batches come: what is older than what is known stays
 * out, and what is as it was writes nothing. Changes of price and stock are noted. Empties the stage. */
export async function mergeProducts(
  sql: Sql,
  key: Batch,
  { asOf, source, asked, unread = [] }: Merging,
): Promise<Merged> {
  const { shopId, batch } = key;
  await takeTurns(sql, shopId);
  if (asked === "all") await sql.run("analyze staged_products, staged_variants");
  const named = asked === "all" ? null : [...asked];
  if (named) await sql.run(CONFIRM_GONE, [shopId, batch, asOf, named]);
  if (named) await sql.run(NOTE_GONE, [shopId, batch, asOf, named]);
  const gone = await sql.run(MARK_GONE, [shopId, batch, asOf, named, unread]);
  await sql.run(LEAVE_OUT_OLDER, [shopId, batch, asOf]);
  await sql.run(LEAVE_OUT_GONE, [shopId, batch, asOf]);
  if (named) await sql.run(CONFIRM, [shopId, batch, asOf]);
  else {
    await confirmAll(sql, shopId, asOf);
    await sql.run(FORGET_GONE, [shopId, asOf]);
  }
  await sql.run(LEAVE_OUT_SAME, [shopId, batch]);
  await sql.run(LEAVE_OUT_VARIANTS, [shopId, batch]);
  const productsChanged = await sql.run(MERGE_PRODUCTS, [shopId, batch, asOf]);
  if (asked === "all") await sql.run("analyze products");
  await sql.run(`set constraints ${OF_ITS_VARIANT} deferred`);
  const variantsChanged = await sql.run(MERGE_VARIANTS, [shopId, batch, asOf, source]);
  if (asked === "all") await sql.run("analyze variants, variant_changes");
  await sql.run(`set constraints ${OF_ITS_VARIANT} immediate`);
  await findAlerts(sql, key, { asOf, asked });
  await clearStage(sql, key);
  return { productsChanged, productsDeleted: gone, variantsChanged };
}

/** Each change's variant is looked for. Of a shop that the planner does not know yet it expects no rows, and takes
 * any index that begins with the shop: for each of many rows all of the shop's. */
const OF_ITS_VARIANT = "variant_changes_shop_id_variant_id_fkey";

/** One merge of a shop at a time, until the transaction ends. */
export const takeTurns = (sql: Sql, shopId: number) =>
  sql.run("select pg_advisory_xact_lock(hashtext('pixelnova catalog'), $1::int)", [shopId]);

/** Notes that the whole mirror was right at a moment. */
const confirmAll = (sql: Sql, shopId: number, at: Date) =>
  sql.run(
    `insert into catalog_states (shop_id, confirmed_at) values ($1::int, $2::timestamptz)
     on conflict (shop_id) do update
     set confirmed_at = greatest(catalog_states.confirmed_at, excluded.confirmed_at)`,
    [shopId, at],
  );

/** Parameters of all: 1 the shop, 2 the batch, 3 as of when. */
/** When the whole mirror was last right: each product was as it is known, or not there. */
const ALL_SEEN_AT = "(select confirmed_at from catalog_states where shop_id = $1::int)";

const MARK_GONE = `
  update products p set deleted_at = $3::timestamptz, as_of = $3::timestamptz, is_available = false
  where p.shop_id = $1::int and p.deleted_at is null
    and greatest(p.as_of, ${ALL_SEEN_AT}) < $3::timestamptz
    and ($4::bigint[] is null or p.product_id = any($4::bigint[]))
    and p.product_id <> all($5::bigint[])
    and not exists (select from staged_products s
                    where s.shop_id = $1::int and s.batch = $2::uuid and s.product_id = p.product_id)`;

const CONFIRM_GONE = `
  update products p set as_of = $3::timestamptz
  where p.shop_id = $1::int and p.deleted_at is not null and p.as_of < $3::timestamptz
    and p.product_id = any($4::bigint[])
    and not exists (select from staged_products s
                    where s.shop_id = $1::int and s.batch = $2::uuid and s.product_id = p.product_id)`;

/** A sync that is under way may have seen a product that was gone before anybody knew it. */
const NOTE_GONE = `
  insert into gone_products as g (shop_id, product_id, as_of)
  select distinct $1::int, id, $3::timestamptz from unnest($4::bigint[]) as id
  where exists (select from catalog_syncs where shop_id = $1::int and finished_at is null)
    and not exists (select from products p where p.shop_id = $1::int and p.product_id = id)
    and not exists (select from staged_products s
                    where s.shop_id = $1::int and s.batch = $2::uuid and s.product_id = id)
  on conflict (shop_id, product_id) do update set as_of = greatest(g.as_of, excluded.as_of)`;
/** What was gone by the time at which the whole mirror was right is not in it. */
const FORGET_GONE = `
  delete from gone_products where shop_id = $1::int and as_of <= $2::timestamptz`;

/** Shopify tells times to the second, so of two states of one second the one that was seen later counts. */
const LEAVE_OUT_OLDER = `
  delete from staged_products s using (select ${ALL_SEEN_AT} as at) seen, products p
  where s.shop_id = $1::int and s.batch = $2::uuid
    and p.shop_id = $1::int and p.product_id = s.product_id
    and (s.updated_at < p.updated_at
         or (s.updated_at = p.updated_at or p.deleted_at is not null)
            and greatest(p.as_of, seen.at) >= $3::timestamptz)`;

/** What was not there when the whole mirror was right, or when it was asked for, and was seen before, was
 * gone by then. */
const LEAVE_OUT_GONE = `
  delete from staged_products s using (select ${ALL_SEEN_AT} as at) seen
  where s.shop_id = $1::int and s.batch = $2::uuid
    and (seen.at > $3::timestamptz
         or exists (select from gone_products g where g.shop_id = $1::int
                      and g.product_id = s.product_id and g.as_of >= $3::timestamptz))
    and not exists (select from products p where p.shop_id = $1::int and p.product_id = s.product_id
                      and p.deleted_at is null)`;

const IS_AS_KNOWN = `
  s.shop_id = $1::int and s.batch = $2::uuid and p.shop_id = $1::int and p.product_id = s.product_id
  and p.content_hash = s.content_hash and p.deleted_at is null`;

const CONFIRM = `
  update products p set as_of = $3::timestamptz from staged_products s where ${IS_AS_KNOWN}`;
const LEAVE_OUT_SAME = `delete from staged_products s using products p where ${IS_AS_KNOWN}`;
const LEAVE_OUT_VARIANTS = `
  delete from staged_variants v
  where v.shop_id = $1::int and v.batch = $2::uuid
    and not exists (select from staged_products s where s.shop_id = $1::int and s.batch = $2::uuid
                      and s.product_id = v.product_id)`;

const columnsOf = (columns: object, except: readonly string[]): string[] =>
  Object.keys(columns)
    .filter((field) => !except.includes(field))
    .map(columnOf);
const setAll = (columns: readonly string[]): string =>
  columns.map((column) => `${column} = excluded.${column}`).join(", ");

const OF_PRODUCT = columnsOf(PRODUCT_COLUMNS, ["productId", "tags"]);
const MERGE_PRODUCTS = `
  insert into products (shop_id, product_id, tags, ${OF_PRODUCT.join(", ")}, first_seen_at, as_of)
  select shop_id, product_id, array(select jsonb_array_elements_text(tags)), ${OF_PRODUCT.join(", ")},
         $3::timestamptz, $3::timestamptz
  from staged_products where shop_id = $1::int and batch = $2::uuid
  on conflict (shop_id, product_id) do update
  set tags = excluded.tags, ${setAll(OF_PRODUCT)}, as_of = excluded.as_of, deleted_at = null`;

const OF_VARIANT = columnsOf(VARIANT_COLUMNS, ["variantId"]);
/** Low is what cannot be sold on when it is out. */
const stockOf = (variant: string): string => `
  case when not ${variant}.is_available then 'out'
       when ${variant}.is_tracked and ${variant}.inventory_policy = 'DENY'
        and ${variant}.inventory_quantity <= shop.low_stock_quantity then 'low'
       else 'in' end`;

/** The variants of products that changed or are gone: those told of, and those no longer told of. What
 * changed of price or stock is added to the history. */
const MERGE_VARIANTS = `
  with shop as (
    select coalesce(min(low_stock_quantity), 5) as low_stock_quantity
    from catalog_states where shop_id = $1::int
  ), missing as (
    select v.* from products p
    join variants v on v.shop_id = $1::int and v.product_id = p.product_id
    where p.shop_id = $1::int and p.as_of = $3::timestamptz and v.deleted_at is null
      and (p.deleted_at is not null
           or exists (select from staged_products s where s.shop_id = $1::int
                        and s.batch = $2::uuid and s.product_id = p.product_id))
      and not exists (select from staged_variants t where t.shop_id = $1::int
                        and t.batch = $2::uuid and t.variant_id = v.variant_id)
  ), merged as (
    insert into variants (shop_id, variant_id, ${OF_VARIANT.join(", ")})
    select shop_id, variant_id, ${OF_VARIANT.join(", ")} from staged_variants
    where shop_id = $1::int and batch = $2::uuid
    on conflict (shop_id, variant_id) do update set ${setAll(OF_VARIANT)}, deleted_at = null
  ), removed as (
    update variants v set deleted_at = $3::timestamptz, is_available = false
    from missing m where v.shop_id = $1::int and v.variant_id = m.variant_id
  ), changed as (
    select t.variant_id, t.product_id, t.price_minor, t.compare_at_minor, t.is_available,
           ${stockOf("t")} as stock, t.inventory_quantity
    from staged_variants t cross join shop
    left join variants v on v.shop_id = $1::int and v.variant_id = t.variant_id
    where t.shop_id = $1::int and t.batch = $2::uuid
      and (v.variant_id is null
           or (t.price_minor, t.compare_at_minor, t.is_available, ${stockOf("t")})
              is distinct from (v.price_minor, v.compare_at_minor, v.is_available, ${stockOf("v")}))
    union all
    select m.variant_id, m.product_id, m.price_minor, m.compare_at_minor, false, 'out',
           m.inventory_quantity
    from missing m where m.is_available
  )
  insert into variant_changes (shop_id, variant_id, changed_at, product_id, source, price_minor,
                               compare_at_minor, is_available, stock, inventory_quantity)
  select $1::int, c.variant_id, greatest($3::timestamptz, last.changed_at + interval '1 millisecond'),
         c.product_id, $4::text, c.price_minor, c.compare_at_minor, c.is_available, c.stock,
         c.inventory_quantity
  from changed c left join lateral (
    select max(changed_at) as changed_at from variant_changes h
    where h.shop_id = $1::int and h.variant_id = c.variant_id
  ) as last on true`;
