import type { LoaderFunctionArgs } from "@remix-run/node";
import { readiness } from "~/platform/readiness.server";

/** The process can do its work: 200, or 503 with what is missing. */
export async function loader({ context }: LoaderFunctionArgs) {
  const state = await readiness(context.db);
  return Response.json(state, { status: state.ready ? 200 : 503 });
}
