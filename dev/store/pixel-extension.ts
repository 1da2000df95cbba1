import { existsSync, readFileSync } from "node:fs";
import path from "node:path";

/** The names of the settings that a deployed web pixel extension declares in its
 * shopify.extension.toml; undefined when none is deployed (built). `bundle` is the built file.
 * dev:apps/build/marketing-analytics/build-web-pixels */
export function declaredSettings(bundle: string): string[] | undefined {
  const toml = path.join(path.dirname(bundle), "..", "shopify.extension.toml");
  if (!existsSync(bundle) || !existsSync(toml)) return undefined;
  const fields = readFileSync(toml, "utf8").matchAll(/^\s*\[settings\.fields\.(\w+)\]/gm);
  return [...fields].flatMap(([, name]) => name ?? []);
}
