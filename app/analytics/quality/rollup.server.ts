import { Prisma } from "@prisma/client";
import { BUCKET_NAMES, rowsOf } from "../rollups/histogram.server";
import type { Rollup, Stretch } from "../rollups/rollup";
import { WEIGHT } from "../weighing.server";

/** Orders that were placed, those of them that the pixel saw, and sessions of bots. */
export const KNOWN: Rollup = {
  ...{ table: "quality_rollups", keys: ["what"], sums: ["amount"] },
  facts: (asked, of) => Prisma.sql`
    select ${of(Prisma.sql`f.placed_at`)} as of, known.what, count(*)::float8 as amount
    from orders f
    cross join lateral (values ('orders', true), ('seen', f.completed_at is not null))
      as known(what, is_so)
    where ${placedIn(asked)} and known.is_so group by 1, 2
    union all
    select ${of(Prisma.sql`s.started_at`)}, 'bots', sum(${WEIGHT})
    from sessions s
    where s.shop_id = ${asked.shopId}::int and s.started_at >= ${asked.from}::timestamptz
      and s.started_at < ${asked.to}::timestamptz and s.bot_rule is not null
    group by 1`,
};

/** How long after it was placed an order came by webhook. */
export const WEBHOOK_DELAYS: Rollup = {
  ...{ table: "webhook_delay_rollups", keys: ["first_bucket"], sums: BUCKET_NAMES },
  facts: (asked, of) =>
    rowsOf(
      Prisma.sql`
        select ${of(Prisma.sql`f.placed_at`)} as of, count(*)::float8 as weight,
               duration_bucket((extract(epoch from f.first_received_at - f.placed_at) * 1000)::bigint)
                 as bucket
        from orders f where ${placedIn(asked)} and f.source = 'webhook' group by 1, 3`,
      ["of"],
    ),
};

export const QUALITY_ROLLUPS: readonly Rollup[] = [KNOWN, WEBHOOK_DELAYS];

const placedIn = ({ shopId, from, to }: Stretch): Prisma.Sql => Prisma.sql`
  f.shop_id = ${shopId}::int and f.placed_at >= ${from}::timestamptz
  and f.placed_at < ${to}::timestamptz and not f.is_test`;
