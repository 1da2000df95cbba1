import { Hono } from "hono";
import type { BulkOperation, BulkOperations } from "./operations";

const LIFETIME_MS = 7 * 24 * 3600 * 1000;

/** Results can be had for seven days. dev:api/usage/bulk-operations/queries */
export const isExpired = ({ completedAt }: BulkOperation, now: Date): boolean =>
  completedAt !== null && now.getTime() > Date.parse(completedAt) + LIFETIME_MS;

export const resultPath = ({ key }: BulkOperation): string => `/bulk-results/${key}.jsonl`;

/** `GET /bulk-results/KEY.jsonl`: to know the address is to have access, until it expires. */
export function bulkResults(shops: () => BulkOperations[], now: () => Date): Hono {
  const routes = new Hono();
  routes.get("/bulk-results/:file", (c) => {
    const found = shops()
      .flatMap((each) => each.all())
      .find((operation) => resultPath(operation) === c.req.path);
    if (!found || found.result === null) return c.text("Not found", 404);
    if (isExpired(found, now())) return c.text("The address has expired", 403);
    return c.body(found.result, 200, { "content-type": "application/jsonl" });
  });
  return routes;
}
