import { existsSync, readFileSync } from "node:fs";
import { parse } from "smol-toml";
import { z } from "zod";

/** A metaobject type of the app. */
export type MetaobjectDefinition = {
  /** Without the app's prefix: `placement` for `$app:placement`. */
  type: string;
  displayNameField: string | undefined;
  keys: string[];
  types: Record<string, string>;
};

const Field = z.union([z.string(), z.object({ type: z.string() }).transform(({ type }) => type)]);
const Declared = z.object({
  metaobjects: z
    .object({
      app: z.record(
        z.string(),
        z.object({
          display_name_field: z.string().optional(),
          fields: z.record(z.string(), Field),
        }),
      ),
    })
    .optional(),
});

/** The types that shopify.app.toml declares under `[metaobjects.app.TYPE]`; none without the file.
 * dev:apps/build/custom-data/declarative-custom-data-definitions */
export function declaredMetaobjects(configuration: string): MetaobjectDefinition[] {
  if (!existsSync(configuration)) return [];
  const { metaobjects } = Declared.parse(parse(readFileSync(configuration, "utf8")));
  return Object.entries(metaobjects?.app ?? {}).map(([type, { display_name_field, fields }]) => ({
    ...{ type, displayNameField: display_name_field },
    ...{ keys: Object.keys(fields), types: fields },
  }));
}
