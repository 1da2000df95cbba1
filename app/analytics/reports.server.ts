import { QUALITY_REPORTS } from "./quality/quality.server";
import type { Served } from "./serve";
import { COHORT_REPORTS } from "./cohorts/reports.server";
import { CUSTOMER_REPORTS } from "./customers/reports.server";
import { REVENUE_REPORTS } from "./revenue/reports.server";
import type { Served } from "./serve";
import { SESSION_REPORTS } from "./sessions/stats.server";

/** Every report that there is, by its path. */
export const REPORTS: ReadonlyMap<string, Served> = new Map(
  [...SESSION_REPORTS, ...QUALITY_REPORTS].map((served) => [served.report.path, served]),
  [...SESSION_REPORTS, ...REVENUE_REPORTS].map((served) => [served.report.path, served]),
  [...SESSION_REPORTS, ...REVENUE_REPORTS, ...CUSTOMER_REPORTS, ...COHORT_REPORTS].map((served) => [
    served.report.path,
    served,
  ]),
);
