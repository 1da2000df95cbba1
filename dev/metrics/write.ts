/** Writes docs/metrics.md anew: `npm run metrics`. */
import { writeFile } from "node:fs/promises";
import { format, resolveConfig } from "prettier";
import { metricsDocument } from "./document";

const DOCUMENT = "docs/metrics.md";
const options = await resolveConfig(DOCUMENT);
await writeFile(DOCUMENT, await format(metricsDocument(), { ...options, filepath: DOCUMENT }));
