/** The direction of imports: routes → domain folders → events | shopify → platform. */
const DOMAINS = "analytics|projections|privacy|commerce|catalog|api";

module.exports = {
  forbidden: [
    { name: "no-cycles", severity: "error", from: {}, to: { circular: true } },
    {
      name: "platform-knows-no-domain",
      severity: "error",
      from: { path: "^app/platform/" },
      to: { path: "^app/", pathNot: "^app/(platform/|context)" },
    },
    {
      name: "events-rest-on-platform",
      severity: "error",
      from: { path: "^app/events/" },
      to: { path: "^app/", pathNot: "^app/(events|platform)/" },
    },
    {
      name: "nothing-imports-routes-or-components",
      severity: "error",
      from: { path: "^app/(?!routes|components|root|entry)" },
      to: { path: "^app/(routes|components)/" },
    },
    {
      name: "shopify-rests-on-platform",
      severity: "error",
      from: { path: "^app/shopify/" },
      to: { path: `^app/(${DOMAINS}|events)/` },
    },
    {
      name: "pure-files-import-no-server-value",
      severity: "error",
      from: {
        path: "^app/(analytics|projections|commerce|catalog|api|events|platform)/",
        pathNot: "\\.server\\.ts$",
      },
      to: { path: "\\.server\\.ts$", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "components-read-no-database",
      severity: "error",
      from: { path: "^app/components/" },
      to: { path: "\\.server\\.ts$", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "the-app-does-not-know-its-stand-in",
      severity: "error",
      from: { path: "^(app|extensions)/" },
      to: { path: "^(dev|tests)/" },
    },
    {
      name: "the-pixel-carries-nothing-of-the-app",
      severity: "error",
      from: { path: "^extensions/" },
      to: { path: "^app/", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "the-stand-in-carries-nothing-of-the-app",
      severity: "error",
      from: { path: "^dev/(store|shoppers)/" },
      to: { path: "^app/", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "the-stand-in-does-not-know-its-shoppers",
      severity: "error",
      from: { path: "^dev/store/" },
      to: { path: "^dev/shoppers" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^(build|node_modules|extensions/[^/]+/dist)/" },
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: true,
  },
};
