import { vitePlugin as remix } from "@remix-run/dev";
import { defineConfig } from "vite";
import tsconfigPaths from "vite-tsconfig-paths";

export default defineConfig({
  plugins: [
    remix({
      future: {
        v3_fetcherPersist: true,
        v3_relativeSplatPath: true,
        v3_throwAbortReason: true,
        // v3_lazyRouteDiscovery stays off: docs/decisions/0026-know-all-routes-from-the-start.md
        v3_routeConfig: true,
        // v3_singleFetch stays off: the Shopify library's redirects and headers are not made for it.
      },
    }),
    tsconfigPaths(),
  ],
  // Inlined assets would be data: addresses, which the admin's content policy refuses.
  build: { assetsInlineLimit: 0 },
});
