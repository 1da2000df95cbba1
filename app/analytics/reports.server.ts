import { QUALITY_REPORTS } from "./quality/quality.server";
import type { Served } from "./serve";
import { REVENUE_REPORTS } from "./revenue/reports.server";
import { SESSION_REPORTS } from "./sessions/stats.server";

/** Every report that there is, by its path. */
export const REPORTS: ReadonlyMap<string, Served> = new Map(
  [...SESSION_REPORTS, ...QUALITY_REPORTS].map((served) => [served.report.path, served]),
  [...SESSION_REPORTS, ...REVENUE_REPORTS].map((served) => [served.report.path, served]),
);
