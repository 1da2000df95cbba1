import { execFileSync } from "node:child_process";
import { createReadStream } from "node:fs";
import path from "node:path";
import { Readable } from "node:stream";
import { setAbstractFetchFunc } from "@shopify/shopify-api/runtime";
import { z } from "zod";
import { workOnSync } from "~/catalog/sync.server";
import { claimSync, requestSync } from "~/catalog/sync-state.server";
import type { Database } from "~/platform/db.server";
import { createLog } from "~/platform/log.server";
import { MINUTE, SECOND } from "~/platform/time";
import type { Admin } from "~/shopify/admin.server";
import { cpuOf, watchMemory } from "../../load/processes";
import { megabytes, whole, type Line } from "../ingest/table";

const Count = z.object({ objectCount: z.number(), rootObjectCount: z.number() });
const Found = z.object({ products: Count, collections: Count, variants: z.number() });
type Found = z.output<typeof Found>;

const CHANGED = 0.01;

/** A shop's first sync, one that finds nothing new, and one after a hundredth of the products changed.
 * @param folder for the results of bulk operations */
export async function measureSync(
  db: Database,
  { variants, folder, databasePid }: { variants: number; folder: string; databasePid: number },
): Promise<Line[]> {
  const shop = await db.shop.create({
    data: {
      ...{ domain: `bench-${variants}.myshopify.com`, pixelKey: `bench-${variants}` },
      ...{ currency: "EUR", timeZone: "Europe/Berlin" },
    },
  });
  const lines: Line[] = [];
  let ahead = 0;
  for (const [name, changed] of [
    ["first", 0],
    ["nothing new", 0],
    ["a hundredth changed", CHANGED],
  ] as const) {
    const found = writeResults({ variants, changed, folder });
    serveResults(folder);
    ahead += MINUTE;
    const createdAt = new Date(Date.now() + ahead);
    await requestSync(db, shop.id, { reason: "api", now: createdAt });
    const watched = watchMemory(process.pid);
    const before = await look(databasePid);
    const now = () => new Date(Date.now() + ahead);
    const world = { db, log: createLog("error"), adminOf: adminOf(found, createdAt), now };
    while ((await lastSync(db, shop.id)).finishedAt === null) {
      const claim = await claimSync(db, now());
      if (claim) await workOnSync(world, claim);
      ahead += MINUTE;
    }
    const after = await look(databasePid);
    const took = (what: keyof typeof after) => (after[what] - before[what]).toFixed(1);
    const { error, ...done } = await lastSync(db, shop.id);
    if (error) throw new Error(error);
    lines.push([
      `sync of ${whole(found.variants)} variants: ${name}`,
      `${took("seconds")} s (CPU: worker ${took("worker")} s, database ${took("database")} s), ` +
        `at most ${megabytes(watched())}; ${whole(done.productsChanged ?? 0)} products, ` +
        `${whole(done.variantsChanged ?? 0)} changes of price or stock written`,
    ]);
  }
  return lines;
}

const look = async (databasePid: number) => ({
  seconds: performance.now() / SECOND,
  worker: (process.cpuUsage().user + process.cpuUsage().system) / 1_000_000,
  database: (await cpuOf(databasePid)) / 1_000_000,
});

const lastSync = (db: Database, shopId: number) =>
  db.catalogSync.findFirstOrThrow({ where: { shopId }, orderBy: { startedAt: "desc" } });

function writeResults(about: { variants: number; changed: number; folder: string }): Found {
  const options = Object.entries(about).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const command = ["dev/bootstrap.mjs", "dev/bench/catalog/lines.ts", ...options];
  const answer = execFileSync(process.execPath, command, { encoding: "utf8" });
  return Found.parse(JSON.parse(answer.trim().split("\n").at(-1) ?? ""));
}

/** Answers what is fetched from `https://results.example/NAME.jsonl` with a file. */
function serveResults(folder: string): void {
  const serve = (input: string | URL | Request) => {
    const name = path.basename(new URL(input instanceof Request ? input.url : input).pathname);
    const body = Readable.toWeb(createReadStream(path.join(folder, name)));
    return Promise.resolve(new Response(body as ReadableStream));
  };
  setAbstractFetchFunc(serve);
}

/** An Admin API whose bulk operations are over at once. */
const adminOf = (found: Found, createdAt: Date) => () => {
  const run = (query: string) =>
    /\bproducts \{/.test(query.split("collections {")[0] ?? "") ? "products" : "collections";
  const operation = (id: "products" | "collections") => ({
    ...{ status: "COMPLETED", errorCode: null, createdAt: createdAt.toISOString(), ...found[id] },
    url: `https://results.example/${id}.jsonl`,
  });
  const graphql = (_document: string, asked?: { variables?: Record<string, string> }) => {
    const { query, id } = asked?.variables ?? {};
    const data = query
      ? { bulkOperationRunQuery: { bulkOperation: { id: run(query) }, userErrors: [] } }
      : { bulkOperation: operation(id === "products" ? "products" : "collections") };
    return Promise.resolve(Response.json({ data }));
  };
  return Promise.resolve({ graphql: graphql as Admin["graphql"] });
};
