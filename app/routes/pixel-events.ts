import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { ingest, LIMITS } from "~/events/ingest.server";
import { answerAnyone, CROSS_ORIGIN, readBody } from "~/platform/http.server";

const PREFLIGHT = {
  ...CROSS_ORIGIN,
  "Access-Control-Allow-Methods": "POST",
  "Access-Control-Allow-Headers": "Content-Type",
  "Access-Control-Max-Age": "86400",
};

/** Takes a pixel's batch: the key in the body names the shop. */
export const action = answerAnyone(async ({ request, context }: ActionFunctionArgs) => {
  const body = await readBody(request, LIMITS.bodyBytes);
  return ingest(context.db, body, new Date());
});

export function loader({ request }: LoaderFunctionArgs) {
  if (request.method === "OPTIONS") return new Response(null, { status: 204, headers: PREFLIGHT });
  const headers = { ...CROSS_ORIGIN, Allow: "POST, OPTIONS" };
  return new Response("Send events by POST.\n", { status: 405, headers });
}
