import type { ActionFunctionArgs } from "@remix-run/node";
import { answerSyncRequest } from "~/catalog/sync-api.server";
import { answer } from "~/platform/http.server";

export const action = answer(async ({ request, context }: ActionFunctionArgs) => {
  if (request.method !== "POST") return onlyByPost();
  return Response.json(await answerSyncRequest(context, request), { status: 202 });
});

export const loader = () => onlyByPost();

const onlyByPost = () =>
  new Response("Syncs are asked for by POST.\n", { status: 405, headers: { Allow: "POST" } });
