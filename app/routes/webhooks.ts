import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { answer } from "~/platform/http.server";
import { receiveWebhook } from "~/webhooks.server";

export const action = answer(({ request, context }: ActionFunctionArgs) =>
  receiveWebhook(context, request),
);

export const loader = answer(({ request, context }: LoaderFunctionArgs) =>
  receiveWebhook(context, request),
);
