import { openApi } from "~/api/openapi.server";

/** GET /api/v1/openapi.json: nothing in it is a shop's, so anybody may read it. */
export const loader = (): Response =>
  Response.json(openApi(), { headers: { "Cache-Control": "public, max-age=300" } });
