/** Writes the snapshot of Shopify's Admin schema anew: `npx tsx dev/admin-schema/snapshot.ts`.
 * The source is the introspection that Shopify publishes inside its MCP server's npm package, which
 * is far too heavy to depend on; it is packed into a temporary folder and left behind. */
import { execFileSync } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { gunzipSync } from "node:zlib";
import {
  buildClientSchema,
  parse,
  print,
  printSchema,
  type DocumentNode,
  type IntrospectionQuery,
} from "graphql";
import { API_VERSION, loadAdminSchema, SNAPSHOT } from "./load";
import { prune } from "./prune";
import { OBJECT_TYPES, ROOT_FIELDS } from "./selection";

const SOURCE = "@shopify/dev-mcp@1.16.0";

async function fetchSchema(): Promise<DocumentNode> {
  const folder = await mkdtemp(path.join(tmpdir(), "admin-schema-"));
  try {
    const run = (command: string, ...args: string[]) =>
      execFileSync(command, args, { cwd: folder, encoding: "utf8" }).trim();
    const archive = run("npm", "pack", SOURCE, "--silent");
    const file = `package/dist/data/admin_${API_VERSION}.json.gz`;
    run("tar", "xzf", archive, file);
    const json = gunzipSync(await readFile(path.join(folder, file))).toString("utf8");
    const { data } = JSON.parse(json) as { data: IntrospectionQuery };
    return parse(printSchema(buildClientSchema(data)));
  } finally {
    await rm(folder, { recursive: true });
  }
}

const pruned = prune(await fetchSchema(), { rootFields: ROOT_FIELDS, objectTypes: OBJECT_TYPES });
const heading = `# Cut by dev/admin-schema/snapshot.ts from ${SOURCE}. Do not edit.\n`;
await writeFile(SNAPSHOT, `${heading}${print(pruned)}\n`);
const types = Object.keys(loadAdminSchema().getTypeMap()).length;
console.log(`${path.relative(process.cwd(), SNAPSHOT)}: ${types} types`);
