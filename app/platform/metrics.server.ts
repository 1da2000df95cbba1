import { collectDefaultMetrics, Registry } from "prom-client";

/** What this process measures of itself, for Prometheus to fetch; each process has its own. */
export function createMetrics(): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: "pixelnova_" });
  return registry;
}
export type Metrics = Registry;
