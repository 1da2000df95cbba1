import type { Sql } from "~/platform/sql.server";
import { enqueueFor } from "../deliveries/enqueue.server";
import { VISIBLE } from "../visible";
import { kindsOf, type VariantMove } from "./rules";

/** A batch that has just been merged and is still staged. */
type Merged = { shopId: number; batch: string };
type About = { asOf: Date; asked: readonly string[] | "all" };

const PAGE = 10_000;

/** Finds what somebody may want to be told of in a batch that has just been merged, in the merge's own
 * transaction, and lines up who is told. Only of products that shoppers can see. Until the catalogue was
 * known as a whole for the first time nothing is news. */
export async function findAlerts(sql: Sql, key: Merged, { asOf, asked }: About): Promise<void> {
  const { shopId, batch } = key;
  const [known] = await sql.rows<Known>(KNOWN, [shopId]);
  const arrived = await sql.rows<Arrived>(ARRIVE, [shopId, batch, asOf]);
  if (known?.isWatching) {
    await announceArrivals(sql, shopId, arrived);
    await announceMoves(sql, key, asOf);
    await enqueueFor(sql, shopId, known.newest);
  } else if (asked === "all") await sql.run(WATCH, [shopId, asOf]);
}

/** Finds what shoppers can see by now although nothing of it has changed since: its publication was planned
 * for a moment that has passed. Runs while the shop's merges wait. */
export async function findPlannedArrivals(sql: Sql, shopId: number): Promise<void> {
  const [known] = await sql.rows<Known>(KNOWN, [shopId]);
  if (!known?.isWatching) return;
  const arrived = await sql.rows<Arrived>(ARRIVE_AS_PLANNED, [shopId]);
  if (arrived.length === 0) return;
  await announceArrivals(sql, shopId, arrived);
  await enqueueFor(sql, shopId, known.newest);
}

type Known = { newest: string; isWatching: boolean };
type Arrived = { productId: string };

const announceArrivals = (sql: Sql, shopId: number, arrived: readonly Arrived[]) =>
  sql.run(ANNOUNCE_ARRIVALS, [shopId, arrived.map(({ productId }) => productId)]);

type Row = Omit<VariantMove, "told"> & {
  variantId: string;
  productId: string;
  inventoryQuantity: string | null;
  droppedAt: Date | null;
  backAt: Date | null;
  lowAt: Date | null;
};

/** Reads the variants' changes a page at a time: a sale may change every price of a large shop. */
async function announceMoves(sql: Sql, { shopId, batch }: Merged, asOf: Date): Promise<void> {
  let after = "0";
  for (;;) {
    const rows = await sql.rows<Row>(MOVES, [shopId, batch, asOf, after, PAGE]);
    const alerts = rows.flatMap((row) =>
      kindsOf({ ...row, told: toldOf(row) }).map((kind) => ({ kind, ...row })),
    );
    if (alerts.length > 0) await sql.run(ANNOUNCE_MOVES, [shopId, JSON.stringify(alerts)]);
    const last = rows.at(-1);
    if (!last || rows.length < PAGE) return;
    after = last.variantId;
  }
}

const toldOf = ({ droppedAt, backAt, lowAt }: Row): VariantMove["told"] => ({
  ...(droppedAt && { price_drop: droppedAt }),
  ...(backAt && { back_in_stock: backAt }),
  ...(lowAt && { low_stock: lowAt }),
});

/** A merge has its shop to itself, so whatever has a higher number than this was found by it. */
const KNOWN = `
  select (select coalesce(max(alert_id), 0) from alerts where shop_id = $1::int) as newest,
         exists (select from alert_settings
                 where shop_id = $1::int and watching_since is not null) as "isWatching"`;

const WATCH = `
  insert into alert_settings (shop_id, watching_since) values ($1::int, $2::timestamptz)
  on conflict (shop_id) do update set watching_since = excluded.watching_since`;

const ARRIVE = `
  insert into arrivals (shop_id, product_id, arrived_at)
  select p.shop_id, p.product_id, $3::timestamptz
  from staged_products s join products p on p.shop_id = $1::int and p.product_id = s.product_id
  where s.shop_id = $1::int and s.batch = $2::uuid and ${VISIBLE}
  on conflict (shop_id, product_id) do nothing
  returning product_id as "productId"`;

/** Whatever a merge shows to shoppers has arrived with it. */
const ARRIVE_AS_PLANNED = `
  insert into arrivals (shop_id, product_id, arrived_at)
  select p.shop_id, p.product_id, p.published_at from products p
  where p.shop_id = $1::int and ${VISIBLE}
    and not exists (select from arrivals a
                    where a.shop_id = $1::int and a.product_id = p.product_id)
  returning product_id as "productId"`;

const ANNOUNCE_ARRIVALS = `
  insert into alerts (shop_id, kind, subject_id, happened_at, product_id, price_minor,
                      inventory_quantity)
  select shop_id, 'new_arrival', product_id, arrived_at, product_id, min_price_minor,
         total_inventory
  from products join arrivals using (shop_id, product_id)
  where shop_id = $1::int and product_id = any($2::bigint[])
  order by product_id`;

/** What a shopper sees for the first time has not changed for them: it has arrived. What was told of a
 * variant at the very same moment is this change itself, looked at again. */
const lastOf = (kind: string) => `
  (select a.happened_at from alerts a
   where a.shop_id = $1::int and a.kind = '${kind}' and a.subject_id = h.variant_id
     and a.happened_at < h.changed_at
   order by a.happened_at desc limit 1)`;

const MOVES = `
  select h.variant_id as "variantId", h.product_id as "productId", h.changed_at as "changedAt",
         h.price_minor::float8 as "priceMinor", h.stock, h.inventory_quantity as "inventoryQuantity",
         before.stock as "stockBefore", offered.price_minor::float8 as "lastOfferedMinor",
         dropped.happened_at as "droppedAt", dropped.price_minor::float8 as "toldPriceMinor",
         ${lastOf("back_in_stock")} as "backAt", ${lastOf("low_stock")} as "lowAt"
  from staged_variants s
  join products p on p.shop_id = $1::int and p.product_id = s.product_id and ${VISIBLE}
  join arrivals on arrivals.shop_id = $1::int and arrivals.product_id = s.product_id
       and arrivals.arrived_at < $3::timestamptz
  join lateral (
    select variant_id, product_id, changed_at, price_minor, stock, inventory_quantity
    from variant_changes c where c.shop_id = $1::int and c.variant_id = s.variant_id
    order by c.changed_at desc limit 1
  ) as h on h.changed_at >= $3::timestamptz
  join lateral (
    select stock from variant_changes c
    where c.shop_id = $1::int and c.variant_id = s.variant_id and c.changed_at < h.changed_at
    order by c.changed_at desc limit 1
  ) as before on true
  left join lateral (
    select price_minor from variant_changes c
    where c.shop_id = $1::int and c.variant_id = s.variant_id and c.changed_at < h.changed_at
      and c.is_available
    order by c.changed_at desc limit 1
  ) as offered on true
  left join lateral (
    select a.happened_at, a.price_minor from alerts a
    where a.shop_id = $1::int and a.kind = 'price_drop' and a.subject_id = s.variant_id
      and a.happened_at < h.changed_at
    order by a.happened_at desc limit 1
  ) as dropped on true
  where s.shop_id = $1::int and s.batch = $2::uuid and s.variant_id > $4::bigint
  order by s.variant_id limit $5::int`;

const ANNOUNCE_MOVES = `
  insert into alerts (shop_id, kind, subject_id, happened_at, product_id, variant_id, price_minor,
                      previous_price_minor, inventory_quantity)
  select $1::int, a.kind, a."variantId", a."changedAt", a."productId", a."variantId", a."priceMinor",
         case when a.kind = 'price_drop' then a."lastOfferedMinor" end, a."inventoryQuantity"
  from jsonb_to_recordset($2::jsonb) as a(
    kind text, "variantId" bigint, "productId" bigint, "changedAt" timestamptz, "priceMinor" bigint,
    "lastOfferedMinor" bigint, "inventoryQuantity" bigint)
  on conflict (shop_id, kind, subject_id, happened_at) do nothing`;
