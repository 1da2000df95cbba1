import { defaultFieldResolver, graphql, type GraphQLFieldResolver } from "graphql";
import { Hono } from "hono";
import { API_VERSION, loadAdminSchema } from "../../admin-schema/load";
import { SHOPS } from "../catalog/shops";
import { accessOf } from "../oauth/tokens";
import type { Platform } from "../platform";
import { shopDomain } from "../shop-domain";
import { productFields } from "./product-fields";
import type { ShopScope } from "./scope";
import { shopFields } from "./shop-fields";
import { webPixelFields } from "./web-pixel";

type Body = { query: string; variables?: Record<string, unknown> };

/** `POST /admin/api/2026-07/graphql.json`, on the real schema. dev:api/admin-graphql */
export function adminApi(platform: Platform): Hono {
  const schema = loadAdminSchema();
  const routes = new Hono();
  routes.post(`/admin/api/${API_VERSION}/graphql.json`, async (c) => {
    const domain = shopDomain(c.req);
    const token = c.req.header("x-shopify-access-token");
    const access = accessOf(platform.memory.state, domain, token, platform.now());
    const shop = SHOPS.find((shop) => shop.domain === domain);
    if (!access || !shop) return c.json({ errors: UNRECOGNIZED }, 401);

    const { query, variables } = await c.req.json<Body>();
    platform.calls.push({ kind: "graphql", shop: domain, about: query });
    const result = await graphql({
      schema,
      source: query,
      variableValues: variables,
      rootValue: fieldsOf({ ...platform, shop, scopes: access.scopes }),
      fieldResolver,
    });
    return c.json({ ...result, extensions: { cost: costOf(query) } });
  });
  return routes;
}

const UNRECOGNIZED = "[API] Invalid API key or access token (unrecognized login or wrong password)";

const fieldsOf = (scope: ShopScope) => ({
  ...shopFields(scope),
  ...productFields(scope),
  ...webPixelFields(scope),
});

/** A field of the schema that the stand-in has nothing for is an error, never a quiet null. */
const fieldResolver: GraphQLFieldResolver<unknown, unknown> = (source, args, context, info) => {
  const { parentType, fieldName } = info;
  if (typeof source === "object" && source !== null && !(fieldName in source))
    throw new Error(`the stand-in has no ${parentType.name}.${fieldName} yet`);
  return defaultFieldResolver(source, args, context, info);
};

/** Prices as the standard plan's, dev:api/usage/limits; the bucket here never runs dry. */
function costOf(query: string) {
  const points = /^\s*mutation/.test(query) ? 10 : 2;
  const throttleStatus = {
    maximumAvailable: 2000,
    currentlyAvailable: 2000 - points,
    restoreRate: 100,
  };
  return { requestedQueryCost: points, actualQueryCost: points, throttleStatus };
}
