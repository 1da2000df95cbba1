import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { parse } from "smol-toml";
import { z } from "zod";

/** A setting that the theme editor offers. dev:storefronts/themes/architecture/settings/input-settings */
const Setting = z.object({
  type: z.string(),
  id: z.string().optional(),
  label: z.string().optional(),
  content: z.string().optional(),
  info: z.string().optional(),
  default: z.unknown().optional(),
  options: z.array(z.object({ value: z.string(), label: z.string() })).optional(),
  min: z.number().optional(),
  max: z.number().optional(),
  step: z.number().optional(),
  autofill: z.boolean().optional(),
});
export type Setting = z.infer<typeof Setting>;

const Placement = z.object({
  templates: z.array(z.string()).optional(),
  groups: z.array(z.string()).optional(),
});

/** dev:apps/build/online-store/theme-app-extensions/configuration */
const Schema = z.object({
  name: z.string().max(25),
  target: z.enum(["section", "head", "compliance_head", "body"]),
  javascript: z.string().optional(),
  stylesheet: z.string().optional(),
  class: z.string().optional(),
  tag: z.string().optional(),
  available_if: z.string().optional(),
  enabled_on: Placement.optional(),
  disabled_on: Placement.optional(),
  settings: z.array(Setting).default([]),
});

export type Block = { file: string; liquid: string; schema: z.infer<typeof Schema> };
export type Extension = {
  folder: string;
  handle: string;
  name: string;
  blocks: Block[];
  /** The default locale's texts. */
  texts: Record<string, unknown>;
};

const SCHEMA = /\{%-?\s*schema\s*-?%\}([\s\S]*?)\{%-?\s*endschema\s*-?%\}/;

/** Reads a theme app extension as it lies on disk; undefined where there is none.
 * @throws {Error} naming the block whose schema Shopify would not take */
export function readExtension(folder: string): Extension | undefined {
  const toml = path.join(folder, "shopify.extension.toml");
  if (!existsSync(toml)) return undefined;
  const { name, handle } = z
    .object({ name: z.string(), handle: z.string().optional() })
    .parse(parse(readFileSync(toml, "utf8")));
  const blocks = filesIn(path.join(folder, "blocks"), ".liquid").map((file) => readBlock(file));
  return { folder, name, handle: handle ?? path.basename(folder), blocks, texts: textsIn(folder) };
}

function readBlock(file: string): Block {
  const liquid = readFileSync(file, "utf8");
  const name = path.basename(file, ".liquid");
  const json = SCHEMA.exec(liquid)?.[1];
  if (!json) throw new Error(`block ${name} has no {% schema %}`);
  const schema = Schema.safeParse(JSON.parse(json));
  if (!schema.success) throw new Error(`block ${name}: ${z.prettifyError(schema.error)}`);
  return { file: name, liquid: liquid.replace(SCHEMA, ""), schema: schema.data };
}

function textsIn(folder: string): Record<string, unknown> {
  const [file] = filesIn(path.join(folder, "locales"), ".default.json");
  return file ? (JSON.parse(readFileSync(file, "utf8")) as Record<string, unknown>) : {};
}

const filesIn = (folder: string, ending: string): string[] =>
  existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => name.endsWith(ending) && !name.endsWith(".schema.json"))
        .sort()
        .map((name) => path.join(folder, name))
    : [];

export const isEmbed = ({ schema }: Block): boolean => schema.target !== "section";

/** Whether a block may stand on a template: `enabled_on` names where, `disabled_on` where not. */
export function isAllowedOn({ schema }: Block, template: string): boolean {
  const { enabled_on: only, disabled_on: never } = schema;
  const names = (place?: { templates?: string[] }) => place?.templates ?? [];
  if (only) return names(only).includes("*") || names(only).includes(template);
  return !names(never).includes("*") && !names(never).includes(template);
}

/** A block's settings: what was saved, over what the schema says. */
export const settingsOf = ({ schema }: Block, saved: Record<string, unknown>) => ({
  ...Object.fromEntries(
    schema.settings.flatMap(({ id, default: value }) => (id ? [[id, value ?? null] as const] : [])),
  ),
  ...saved,
});
