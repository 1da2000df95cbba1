import { OperationTypeNode } from "graphql";
import { Hono } from "hono";
import { API_VERSION } from "../../admin-schema/load";
import type { Shop } from "../catalog/shops";
import { accessOf } from "../oauth/tokens";
import type { Platform } from "../platform";
import { shopDomain } from "../shop-domain";
import { confirmationPages } from "./billing/confirmation-pages";
import { openBucket, type Bucket, type ThrottleStatus } from "./bucket";
import { openBulkOperations, type BulkOperations } from "./bulk/operations";
import { bulkResults } from "./bulk/results";
import { actualCost, LARGEST_COST, requestedCost } from "./cost";
import { executeRequest, readRequest } from "./execute";
import { rootFields } from "./fields/root";
import { withNodes } from "./nodes";
import type { ShopScope } from "./scope";

type Body = {
  query: string;
  variables?: Record<string, unknown> | null;
  operationName?: string | null;
};
/** What is kept of a shop between requests, and not over a restart. */
type Desk = { bucket: Bucket; bulk: BulkOperations };

/** `POST /admin/api/2026-07/graphql.json`, on the real schema, with what its answers lead to: the
 * results of bulk operations, and the pages on which a merchant approves a charge.
 * dev:api/admin-graphql */
export function adminApi(platform: Platform): Hono {
  const desks = new Map<string, Desk>();
  const deskOf = (shop: Shop): Desk => {
    const found = desks.get(shop.domain);
    if (found) return found;
    const bucket = openBucket(platform.now);
    const opened = { bucket, bulk: openBulkOperations(platform, shop) };
    desks.set(shop.domain, opened);
    return opened;
  };
  const routes = new Hono();
  routes
    .route(
      "/",
      bulkResults(() => [...desks.values()].map(({ bulk }) => bulk), platform.now),
    )
    .route("/", confirmationPages(platform));
  routes.post(`/admin/api/${API_VERSION}/graphql.json`, async (c) => {
    const domain = shopDomain(c.req);
    const token = c.req.header("x-shopify-access-token");
    const access = accessOf(platform.memory.state, domain, token, platform.now());
    const shop = platform.shops.find((shop) => shop.domain === domain);
    if (!access || !shop) return c.json({ errors: UNRECOGNIZED }, 401);

    const body = await c.req.json<Body>();
    platform.calls.push({ kind: "graphql", shop: domain, about: body.query });
    const { bucket, bulk } = deskOf(shop);
    const commerce = platform.commerceOf(domain);
    const scope = withNodes({
      ...{ platform, shop, commerce, bulk, catalog: commerce.catalog() },
      ...{ scopes: access.scopes, searchNotes: [], wholeLists: false },
    });
    return c.json(await answer(scope, bucket, body));
  });
  return routes;
}

const UNRECOGNIZED = "[API] Invalid API key or access token (unrecognized login or wrong password)";

/** Every answer is an HTTP 200, errors too. dev:api/usage/response-codes */
async function answer(scope: ShopScope, bucket: Bucket, body: Body): Promise<object> {
  const request = readRequest(body);
  if ("errors" in request) return request;

  const requested = requestedCost(request);
  if (requested > LARGEST_COST) return tooExpensive(requested);
  if (scope.platform.faults.throttled)
    return throttled(requested, { ...bucket.status(), currentlyAvailable: 0 });
  if (!bucket.take(requested)) return throttled(requested, bucket.status());

  const result = await executeRequest(scope, request, rootFields(scope));
  const isMutation = request.operation.operation === OperationTypeNode.MUTATION;
  const actual = isMutation ? requested : Math.min(requested, actualCost(request, result.data));
  bucket.putBack(requested - actual);
  const cost = {
    ...{ requestedQueryCost: requested, actualQueryCost: actual },
    throttleStatus: bucket.status(),
  };
  const { searchNotes } = scope;
  return {
    ...result,
    extensions: { cost, ...(searchNotes.length > 0 && { search: searchNotes }) },
  };
}

const LIMITS = "https://shopify.dev/api/usage/limits";

function tooExpensive(cost: number): object {
  const message = `Query cost is ${cost}, which exceeds the single query max cost limit (${LARGEST_COST}).`;
  const extensions = { code: "MAX_COST_EXCEEDED", cost, maxCost: LARGEST_COST };
  return { errors: [{ message, extensions: { ...extensions, documentation: LIMITS } }] };
}

/** Throttled is no 429 here: the answer is an HTTP 200 with this error. */
function throttled(requestedQueryCost: number, throttleStatus: ThrottleStatus): object {
  const extensions = { code: "THROTTLED", documentation: LIMITS };
  return {
    errors: [{ message: "Throttled", extensions }],
    extensions: { cost: { requestedQueryCost, actualQueryCost: null, throttleStatus } },
  };
}
