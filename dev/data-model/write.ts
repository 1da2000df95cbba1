/** Writes the tables' part of docs/data-model.md anew: `npm run data-model`. */
import { readFile, writeFile } from "node:fs/promises";
import { format, resolveConfig } from "prettier";
import { describeTables } from "./describe";

const DOCUMENT = "docs/data-model.md";

const [document, schema] = await Promise.all([
  readFile(DOCUMENT, "utf8"),
  readFile("prisma/schema.prisma", "utf8"),
]);
const options = await resolveConfig(DOCUMENT);
await writeFile(
  DOCUMENT,
  await format(describeTables(document, schema), { ...options, filepath: DOCUMENT }),
);
