import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { askForAlert, offerOfAlerts } from "~/catalog/alerts/shoppers.server";
import { answer } from "~/platform/http.server";
import { authenticateProxy } from "~/shopify/app-proxy.server";

/** What a form has to know: the kinds, and the words to agree to. */
export const loader = answer(async ({ context, request }: LoaderFunctionArgs) => {
  await authenticateProxy(context, request);
  return Response.json(offerOfAlerts(context), { headers: { "Cache-Control": "no-store" } });
});

export const action = answer(async ({ context, request }: ActionFunctionArgs) => {
  const proxied = await authenticateProxy(context, request);
  return Response.json(await askForAlert(context, proxied, request), { status: 202 });
});
