import { PrismaPg } from "@prisma/adapter-pg";
import { defineConfig } from "prisma/config";

// The CLI insists on a path to its native query engine before it does anything, and would download
// one. It works through the driver adapter here, so the path is never opened.
process.env.PRISMA_QUERY_ENGINE_LIBRARY ??= "unused";

export default defineConfig({
  schema: "prisma/schema.prisma",
  migrations: { path: "prisma/migrations" },
  experimental: { adapter: true },
  engine: "js",
  adapter: async () => new PrismaPg({ connectionString: process.env.DATABASE_URL }),
});
