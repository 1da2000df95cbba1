import { endpoint, refuseMethod } from "~/api/endpoint.server";
import { parseFeed } from "~/catalog/alerts/feed";
import { alertsOf } from "~/catalog/alerts/feed.server";

/** GET /api/v1/alerts */
export const loader = endpoint("read_alerts", async ({ db, caller, search }) => ({
  currency: caller.currency,
  ...(await alertsOf(db, caller.shopId, parseFeed(search))),
}));

export const action = refuseMethod;
