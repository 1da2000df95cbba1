import { endpoint, refuseMethod } from "~/api/endpoint.server";
import { catalogStatus } from "~/catalog/sync-status.server";

/** GET /api/v1/catalog/sync-status */
export const loader = endpoint("read_sync_status", ({ db, caller, now }) =>
  catalogStatus(db, caller.shopId, now),
);

export const action = refuseMethod;
