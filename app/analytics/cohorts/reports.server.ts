import { serve } from "../serve";
import { COHORT_PARAMETERS, cohorts } from "./cohorts.server";
import { COHORTS, RETENTION } from "./definitions";
import { retention } from "./retention.server";

export const COHORT_REPORTS = [
  serve(COHORTS, COHORT_PARAMETERS, cohorts),
  serve(RETENTION, COHORT_PARAMETERS, retention),
];
