import { COHORT_REPORTS } from "./cohorts/reports.server";
import { CUSTOMER_REPORTS } from "./customers/reports.server";
import { QUALITY_REPORTS } from "./quality/quality.server";
import { REVENUE_REPORTS } from "./revenue/reports.server";
import { SESSION_REPORTS } from "./sessions/stats.server";
import type { Served } from "./serve";

const FAMILIES: readonly (readonly Served[])[] = [
  SESSION_REPORTS,
  REVENUE_REPORTS,
  CUSTOMER_REPORTS,
  COHORT_REPORTS,
  QUALITY_REPORTS,
];

/** Every report that there is, by its path. */
export const REPORTS: ReadonlyMap<string, Served> = new Map(
  FAMILIES.flat().map((served) => [served.report.path, served]),
);
