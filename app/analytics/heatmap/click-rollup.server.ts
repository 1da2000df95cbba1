import { Prisma } from "@prisma/client";
import { ofChosenSessions } from "../filters.server";
import type { Rollup } from "../rollups/rollup";
import { WEIGHT } from "../weighing.server";

const countOf = (kind: "click" | "rage" | "dead"): Prisma.Sql =>
  Prisma.sql`coalesce(sum(${WEIGHT}) filter (where f.kind = ${kind}), 0)`;

/** Clicks by template and layout, summed. */
export const CLICKS: Rollup = {
  table: "click_rollups",
  keys: ["path_template", "viewport", "page_type"],
  sums: ["clicks", "rage_clicks", "dead_clicks"],
  facts: ({ shopId, from, to, filters }, of) => Prisma.sql`
    select ${of(Prisma.sql`f.clicked_at`)} as of, rollup_value(f.path_template) collate "C" as path_template,
           f.viewport collate "C" as viewport, f.page_type collate "C" as page_type,
           ${countOf("click")} as clicks,
           ${countOf("rage")} as rage_clicks, ${countOf("dead")} as dead_clicks
    from clicks f
    where f.shop_id = ${shopId}::int and f.clicked_at >= ${from}::timestamptz
      and f.clicked_at < ${to}::timestamptz and not f.is_bot and ${ofChosenSessions(filters)}
    group by 1, 2, 3, 4`,
};
