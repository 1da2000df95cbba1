import { Counter, Gauge, Histogram } from "prom-client";
import type { Metrics } from "~/platform/metrics.server";

/** What ingest tells Prometheus. No label names a shop: there may be thousands.
 * @param load how full the waiting room is, asked when somebody fetches */
export function createGauges(metrics: Metrics, load: () => { waiting: number; share: number }) {
  const registers = [metrics];
  const events = new Counter({
    name: "pixelnova_ingest_events_total",
    help: "Events by what became of them: accepted, duplicate, dropped_by_browser, or why refused.",
    labelNames: ["outcome"],
    registers,
  });
  const requests = new Counter({
    name: "pixelnova_ingest_requests_total",
    help: "Requests to the events' door by HTTP status.",
    labelNames: ["status"],
    registers,
  });
  const commits = new Histogram({
    name: "pixelnova_ingest_commit_seconds",
    help: "How long a write to the log took, from its start to its commit.",
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5],
    registers,
  });
  const batch = new Histogram({
    name: "pixelnova_ingest_commit_events",
    help: "Events written together.",
    buckets: [1, 5, 25, 100, 250, 500, 1_000],
    registers,
  });
  new Gauge({
    name: "pixelnova_ingest_queue_events",
    help: "Events that wait to be written.",
    registers,
    collect() {
      this.set(load().waiting);
    },
  });
  new Gauge({
    name: "pixelnova_ingest_queue_share",
    help: "How full the queue is; from 1 on only checkouts and purchases are let in.",
    registers,
    collect() {
      this.set(load().share);
    },
  });
  return {
    countEvents: (outcome: string, count: number) => events.inc({ outcome }, count),
    countRequest: (status: number) => requests.inc({ status: String(status) }),
    sawWrite(count: number, seconds: number) {
      commits.observe(seconds);
      batch.observe(count);
    },
  };
}
export type Gauges = ReturnType<typeof createGauges>;
