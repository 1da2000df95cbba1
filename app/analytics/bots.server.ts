import type { Db } from "~/platform/db.server";
import type { Period } from "./period";
import { WEIGHT } from "./weighing.server";

/** `rule` is one of docs/bots.md; `sessions` is weighted as in every other number. */
export type BotSessions = { rule: string; sessions: number };

/** How many sessions that started in a period were taken for bots', by the rule that told them,
 * most first; empty where none was. */
export const botSessions = (
  db: Db,
  shopId: number,
  { from, to }: Pick<Period, "from" | "to">,
): Promise<BotSessions[]> => db.$queryRaw<BotSessions[]>`
  select bot_rule as rule, round(sum(${WEIGHT}))::int as sessions
  from sessions
  where shop_id = ${shopId} and started_at >= ${from} and started_at < ${to}
    and bot_rule is not null
  group by bot_rule
  order by sessions desc, rule`;
