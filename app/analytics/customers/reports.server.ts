import { serve } from "../serve";
import { CUSTOMERS_PARAMETERS, customers } from "./customers.server";
import { CUSTOMERS, LTV, RFM } from "./definitions";
import { lifetimeValues } from "./ltv.server";
import { rfmGroups } from "./rfm.server";

export const CUSTOMER_REPORTS = [
  serve(CUSTOMERS, CUSTOMERS_PARAMETERS, customers),
  serve(LTV, {}, lifetimeValues),
  serve(RFM, {}, rfmGroups),
];
