import { PAGE_PARAMETERS, serve } from "../serve";
import { BY_TYPE_PARAMETERS, revenueByType } from "./by-type.server";
import { REFUNDS, REVENUE, REVENUE_BY_TYPE } from "./definitions";
import { refunds } from "./refunds.server";
import { REVENUE_PARAMETERS, revenue } from "./revenue.server";

export const REVENUE_REPORTS = [
  serve(REVENUE, REVENUE_PARAMETERS, revenue),
  serve(REVENUE_BY_TYPE, BY_TYPE_PARAMETERS, revenueByType),
  serve(REFUNDS, PAGE_PARAMETERS, refunds),
];
