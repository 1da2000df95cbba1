import { Prisma } from "@prisma/client";
import { leftLines } from "../carts/lines.server";
import { ofChosenSessions, sessionsIn } from "../filters.server";
import { during } from "../rollups/during.server";
import type { NameOf, Stretch } from "../rollups/rollup";
import { WEIGHT } from "../weighing.server";
import type { Key } from "./keys.server";

/** What is added up of them in carts alone. */
export const CART_SUMS: readonly string[] = [
  ...["added", "added_squares", "removed", "added_and_removed", "added_pieces", "removed_pieces"],
];
/** All that is added up of products. */
export const PRODUCT_SUMS: readonly string[] = [
  ...["viewed", "views", "viewed_squares", "viewed_and_added", "viewed_and_bought", ...CART_SUMS],
  ...["orders", "units", "gross_minor", "discount_minor", "refunded_units", "refunded_minor"],
  "lying",
];

type Asked = {
  asked: Stretch;
  of: NameOf;
  key: Key;
  /** Only what was put into carts and taken out: the rest is left at nothing. */
  cartsAlone?: boolean;
};

/** What was done with products, summed by what tells them apart: `of`, `level`, `item` and the sums.
 * What shoppers did is of the moment at which their session started, and weighted. Sessions are numbered, for
 * numbers are sorted much faster than ids. */
export function productFacts(about: Asked): Prisma.Sql {
  const { asked, cartsAlone = false } = about;
  const parts = cartsAlone ? [] : [linesSold(about), linesRefunded(about), linesLeft(about)];
  return Prisma.sql`
    with chosen as materialized (
      select s.session_id, row_number() over ()::int as session, s.started_at, s.ended_at,
             s.order_count, ${WEIGHT} as weight
      from sessions s where ${sessionsIn(asked.shopId, asked, asked.filters)}
    ), done as (
      ${Prisma.join(cartsAlone ? [changes(asked)] : [changes(asked), views(asked), purchases(asked)], " union all ")}
    ), by_session as (
      select ${of(about, "started_at")} as of, ${about.key.level} as level, ${about.key.item} as item,
             min(t.weight) as weight, count(*) filter (where t.kind = 'viewed') as views,
             bool_or(t.kind = 'added') as added, bool_or(t.kind = 'removed') as removed,
             bool_or(t.kind = 'bought') as bought,
             sum(t.quantity) filter (where t.kind = 'added') as put_in,
             sum(t.quantity) filter (where t.kind = 'removed') as taken_out
      from done t ${about.key.joined} where ${about.key.item} is not null group by t.session, 1, 2, 3
    ), seen as (
      select of, level, item, sum(weight) filter (where views > 0) as viewed,
             sum(weight * views) as views, sum(weight ^ 2) filter (where views > 0) as viewed_squares,
             sum(weight) filter (where views > 0 and added) as viewed_and_added,
             sum(weight) filter (where views > 0 and bought) as viewed_and_bought,
             sum(weight) filter (where added) as added,
             sum(weight ^ 2) filter (where added) as added_squares,
             sum(weight) filter (where removed) as removed,
             sum(weight) filter (where added and removed) as added_and_removed,
             sum(weight * put_in) as added_pieces, sum(weight * taken_out) as removed_pieces
      from by_session group by of, level, item
    )
    select of, level, item, ${Prisma.raw(PRODUCT_SUMS.map(sumOf(cartsAlone)).join(", "))}
    ${Prisma.join([Prisma.sql`from seen`, ...parts], " ")}`;
}

const sumOf = (cartsAlone: boolean) => (name: string) =>
  cartsAlone && !CART_SUMS.includes(name)
    ? `0::float8 as ${name}`
    : `coalesce(${name}, 0)::float8 as ${name}`;

const of = ({ of }: Asked, at: string) => of(Prisma.raw(`t.${at}`));

/** Facts with a product that may be of the chosen sessions. */
const ofProducts = (asked: Stretch, at: string) => Prisma.sql`
  f.shop_id = ${asked.shopId}::int and ${during(asked, at)} and f.product_id is not null`;

const views = (asked: Stretch) => Prisma.sql`
  select chosen.session, f.product_id, f.variant_id, f.vendor, f.product_type,
         'viewed' as kind, 0 as quantity, chosen.weight, chosen.started_at
  from product_views f join chosen using (session_id) where ${ofProducts(asked, "f.viewed_at")}`;

const changes = (asked: Stretch) => Prisma.sql`
  select chosen.session, f.product_id, f.variant_id, null as vendor,
         null as product_type, f.kind, greatest(f.quantity, 0) as quantity, chosen.weight,
         chosen.started_at
  from cart_actions f join chosen using (session_id) where ${ofProducts(asked, "f.acted_at")}`;

const purchases = ({ shopId }: Stretch) => Prisma.sql`
  select chosen.session, i.product_id, i.variant_id, i.vendor, null, 'bought', 0,
         chosen.weight, chosen.started_at
  from chosen join orders o on o.shop_id = ${shopId}::int and o.session_id = chosen.session_id
  join order_items i on i.shop_id = o.shop_id and i.order_id = o.order_id
  where chosen.order_count > 0 and not o.is_test and o.cancelled_at is null
    and i.product_id is not null`;

/** The lines `i` of orders `f` that count, of a moment. */
const counted = ({ shopId, from, to, filters }: Stretch, at: string) => Prisma.sql`
  i.shop_id = ${shopId}::int and i.product_id is not null
  and ${Prisma.raw(at)} >= ${from}::timestamptz and ${Prisma.raw(at)} < ${to}::timestamptz
  and not f.is_test and f.cancelled_at is null and ${ofChosenSessions(filters)}`;

/** Joined to what is there already: sums of an item that only one of them knows are kept as well. */
const joinedBy = (sums: Prisma.Sql, { key }: Asked, name: string) => Prisma.sql`
  full join (${sums} ${key.joined} where ${key.item} is not null group by 1, 2, 3
  ) as ${Prisma.raw(name)} using (of, level, item)`;

const linesSold = (about: Asked) =>
  joinedBy(
    Prisma.sql`
      select ${of(about, "placed_at")} as of, ${about.key.level} as level, ${about.key.item} as item,
             count(distinct t.order_id) as orders, sum(t.quantity) as units,
             sum(t.price_minor * t.quantity) as gross_minor, sum(t.discount_minor) as discount_minor
      from (select i.*, null as product_type
            from order_items i join orders f on f.shop_id = i.shop_id and f.order_id = i.order_id
            where ${counted(about.asked, "i.placed_at")}) t`,
    ...([about, "sold"] as const),
  );

const linesRefunded = (about: Asked) =>
  joinedBy(
    Prisma.sql`
      select ${of(about, "refunded_at")} as of, ${about.key.level} as level, ${about.key.item} as item,
             sum(t.quantity) as refunded_units, sum(t.subtotal_minor) as refunded_minor
      from (select i.product_id, i.variant_id, i.vendor, null as product_type,
                   r.quantity, r.subtotal_minor, r.refunded_at
            from refund_items r join orders f on f.shop_id = r.shop_id and f.order_id = r.order_id
            join order_items i on i.shop_id = r.shop_id and i.order_id = r.order_id
              and i.line_item_id = r.line_item_id
            where r.shop_id = ${about.asked.shopId}::int
              and ${counted(about.asked, "r.refunded_at")}) t`,
    ...([about, "given_back"] as const),
  );

/** Carts that hold it, each once. */
const linesLeft = (about: Asked) => Prisma.sql`
  full join (
    select of, level, item, sum(weight) as lying
    from (
      select distinct ${of(about, "started_at")} as of, ${about.key.level} as level,
             ${about.key.item} as item, t.cart_id, t.weight
      from (${leftLines(about.asked)}) t ${about.key.joined} where ${about.key.item} is not null
    ) as each group by of, level, item
  ) as lying using (of, level, item)`;
