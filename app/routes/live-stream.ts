import type { LoaderFunctionArgs } from "@remix-run/node";
import { liveNow } from "~/analytics/live/live.server";
import { eventStream } from "~/platform/event-stream.server";
import { answer } from "~/platform/http.server";
import { authenticateShop } from "~/shopify/shops.server";

/** What goes on right now, as server-sent events for the page Live. */
export const loader = answer(async ({ context, request }: LoaderFunctionArgs) => {
  const { shop } = await authenticateShop(context, request);
  return eventStream(request, () => liveNow(context.db, shop.id, new Date()));
});
