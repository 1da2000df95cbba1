import { answerReport } from "~/api/analytics.server";
import { endpoint, refuseMethod } from "~/api/endpoint.server";

export const loader = endpoint("read_analytics", ({ db, caller, params, search, now }) => {
  const { shopId: id, currency, timeZone } = caller;
  return answerReport(db, params["*"] ?? "", { shop: { id, currency, timeZone }, search, now });
});

export const action = refuseMethod;
