import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { ingest, LIMITS } from "~/events/ingest.server";
import { isAppError } from "~/platform/errors";
import { readBody, toResponse } from "~/platform/http.server";

/** Any storefront may send here, and no cookie comes along: the key in the body names the shop. */
const CORS = { "Access-Control-Allow-Origin": "*" };
const PREFLIGHT = {
  ...CORS,
  "Access-Control-Allow-Methods": "POST",
  "Access-Control-Allow-Headers": "Content-Type",
  "Access-Control-Max-Age": "86400",
};

export async function action({ request, context }: ActionFunctionArgs) {
  try {
    const body = await readBody(request, LIMITS.bodyBytes);
    return Response.json(await ingest(context.db, body, new Date()), { headers: CORS });
  } catch (error) {
    if (!isAppError(error)) throw error;
    return toResponse(error, CORS); // without this header the pixel could not read why
  }
}

export function loader({ request }: LoaderFunctionArgs) {
  if (request.method === "OPTIONS") return new Response(null, { status: 204, headers: PREFLIGHT });
  return new Response("Send events by POST.\n", {
    status: 405,
    headers: { ...CORS, Allow: "POST, OPTIONS" },
  });
}
