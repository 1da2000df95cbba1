import { Gauge } from "prom-client";
import type { Db } from "~/platform/db.server";
import type { Metrics } from "~/platform/metrics.server";

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

/** Has Prometheus ask how the folds are; while the database is away that is not a number. */
export function gaugeFolds(metrics: Metrics, db: Db): void {
  new Gauge({
    name: "pixelnova_fold_failures",
    help: "Visits that a fold threw at and that its table lacks.",
    registers: [metrics],
    async collect() {
      this.set(await db.foldFailure.count().catch(() => NaN));
    },
  });
  new Gauge({
    name: "pixelnova_fold_lag_seconds",
    help: "Age of the oldest event that is not folded yet.",
    registers: [metrics],
    async collect() {
      this.set(await foldLag(db).catch(() => NaN));
    },
  });
}
