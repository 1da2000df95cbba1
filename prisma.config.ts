import { PrismaPg } from "@prisma/adapter-pg";
import { defineConfig } from "prisma/config";
import pg from "pg";

// The CLI insists on a path to its native query engine before it does anything, and would download
// one. Queries and migrations here run through the driver adapter, so the path is never opened.
process.env.PRISMA_QUERY_ENGINE_LIBRARY ??= "unused";

/** The driver adapter cuts a migration at every semicolon, which breaks function bodies. Sent whole,
 * PostgreSQL splits it itself, and runs it as one transaction. */
async function connect() {
  const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL });
  const adapter = await new PrismaPg(pool, { disposeExternalPool: true }).connect();
  return Object.assign(adapter, {
    executeScript: async (script: string) => {
      await pool.query(script);
    },
  });
}

export default defineConfig({
  schema: "prisma/schema.prisma",
  migrations: { path: "prisma/migrations" },
  experimental: { adapter: true },
  engine: "js",
  adapter: async () =>
    Object.assign(new PrismaPg({ connectionString: process.env.DATABASE_URL }), { connect }),
});
