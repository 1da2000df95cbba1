import { index, route, type RouteConfig } from "@remix-run/route-config";

export default [
  index("routes/index.tsx"),
  route("auth/*", "routes/auth.tsx"),
  route("app", "routes/app.tsx", [
    index("routes/home.tsx"),
    route("visitors", "routes/visitors.tsx"),
    route("visitors/:visitorId", "routes/visitor.tsx"),
    route("orders", "routes/orders.tsx"),
    route("catalog", "routes/catalog.tsx"),
    route("catalog/sync", "routes/catalog-sync.tsx"),
    route("catalog/:productId", "routes/product.tsx"),
    route("matches", "routes/matches.tsx"),
    route("collection", "routes/collection.tsx"),
    route("privacy", "routes/privacy.tsx"),
    route("status", "routes/status.tsx"),
    route("api-tokens", "routes/api-tokens.tsx"),
  ]),
  route("api/v1/products", "routes/api-v1-products.ts"),
  route("api/v1/products/:productId", "routes/api-v1-product.ts"),
  route("api/v1/products/:productId/price-history", "routes/api-v1-price-history.ts"),
  route("api/v1/catalog/sync-status", "routes/api-v1-sync-status.ts"),
  route("api/sync", "routes/api-sync.ts"),
  route("api/*", "routes/api-unknown.ts"),
  route("webhooks", "routes/webhooks.ts"),
  route("healthz", "routes/healthz.ts"),
  route("readyz", "routes/readyz.ts"),
] satisfies RouteConfig;
