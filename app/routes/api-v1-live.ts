import { liveNow } from "~/analytics/live/live.server";
import { endpoint, refuseMethod } from "~/api/endpoint.server";
import { eventStream } from "~/platform/event-stream.server";

/** GET /api/v1/analytics/live: server-sent events. */
export const loader = endpoint("read_analytics", ({ db, caller, request }) =>
  Promise.resolve(eventStream(request, () => liveNow(db, caller.shopId, new Date()))),
);

export const action = refuseMethod;
