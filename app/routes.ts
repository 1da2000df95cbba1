import { index, route, type RouteConfig } from "@remix-run/route-config";

export default [
  index("routes/index.tsx"),
  route("auth/*", "routes/auth.tsx"),
  route("app", "routes/app.tsx", [
    index("routes/home.tsx"),
    route("visitors", "routes/visitors.tsx"),
    route("visitors/:visitorId", "routes/visitor.tsx"),
    route("orders", "routes/orders.tsx"),
    route("collection", "routes/collection.tsx"),
    route("privacy", "routes/privacy.tsx"),
    route("status", "routes/status.tsx"),
  ]),
  route("webhooks", "routes/webhooks.ts"),
  route("healthz", "routes/healthz.ts"),
  route("readyz", "routes/readyz.ts"),
] satisfies RouteConfig;
