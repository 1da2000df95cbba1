import { Gauge } from "prom-client";
import type { Database, Db } from "~/platform/db.server";
import type { Metrics } from "~/platform/metrics.server";
import { foldBacklog, rebuildProgress } from "./status.server";

/** How long the oldest event that has not been folded has waited, in seconds; 0 when all are. */
export async function foldLag(db: Db): Promise<number> {
  const [row] = await db.$queryRaw<{ seconds: number | null }[]>`
    select extract(epoch from now() - min(next.received_at))::float8 as seconds
    from projection_checkpoints c cross join lateral (
      select received_at from pixel_events e
      where e.shop_id % 16 = c.shop_group and (e.tx_id, e.position) > (c.tx_id, c.position)
      order by tx_id, position limit 1) as next`;
  return Math.max(0, row?.seconds ?? 0);
}

const GAUGES: { name: string; help: string; ask: (db: Database) => Promise<number> }[] = [
  {
    name: "pixelnova_fold_failures",
    help: "What a fold threw at: visits, orders, customers and visitors that a table lacks.",
    ask: (db) => db.foldFailure.count(),
  },
  {
    name: "pixelnova_fold_lag_seconds",
    help: "Age of the oldest event that is not folded yet.",
    ask: foldLag,
  },
  {
    name: "pixelnova_fold_lag_events",
    help: "Entries of the log that are not folded yet.",
    ask: foldBacklog,
  },
  {
    name: "pixelnova_fold_stale_visitors",
    help: "Visitors whose tables wait to be made anew.",
    ask: (db) => db.staleVisitor.count(),
  },
  {
    name: "pixelnova_rebuild_progress",
    help: "How far the rebuilds under way are, from 0 to 1; 1 when there is none.",
    ask: rebuildProgress,
  },
];

/** Has Prometheus ask how the folds are; while the database is away that is not a number. */
export function gaugeFolds(metrics: Metrics, db: Database): void {
  for (const { name, help, ask } of GAUGES)
    new Gauge({
      name,
      help,
      registers: [metrics],
      async collect() {
        this.set(await ask(db).catch(() => NaN));
      },
    });
}
