import { randomUUID } from "node:crypto";
import { Hono, type Context } from "hono";
import { z } from "zod";
import type { Shop } from "../catalog/shops";
import type { Platform } from "../platform";
import type { Theme, ThemeBlock } from "../state";
import {
  isAllowedOn,
  isEmbed,
  readExtension,
  type Block,
  type Extension,
  type Setting,
} from "./extension";
import { editorPage } from "./editor-page";
import { TEMPLATES, themeOf, type TemplateName } from "./files";

const Change = z.discriminatedUnion("action", [
  z.object({ action: z.literal("toggle-embed"), block: z.string() }),
  z.object({ action: z.literal("add"), block: z.string(), template: z.enum(TEMPLATES) }),
  z.object({ action: z.literal("remove"), id: z.string(), template: z.enum(TEMPLATES) }),
  z.object({ action: z.literal("up"), id: z.string(), template: z.enum(TEMPLATES) }),
  z.object({ action: z.literal("down"), id: z.string(), template: z.enum(TEMPLATES) }),
  z.object({ action: z.literal("settings"), id: z.string() }).loose(),
]);
type Change = z.output<typeof Change>;

/** The theme editor as far as apps are in it: switches embeds on and off, puts blocks on templates, moves
 * them and sets them. An app's deep links lead here.
 * dev:apps/build/online-store/theme-app-extensions/configuration#simplified-installation-flow-with-deep-linking */
export function themeEditor(platform: Platform): Hono {
  const place = "/store/:handle/themes/current/editor";
  const routes = new Hono();
  const shopOf = (c: Context) =>
    platform.shops.find(({ handle }) => handle === c.req.param("handle"));
  routes
    .get(place, (c) => {
      const shop = shopOf(c);
      const extension = readExtension(platform.app.themeExtension);
      if (!shop) return c.notFound();
      if (extension) followDeepLink(platform, shop, extension, c);
      return c.html(editorPage(platform, shop, extension, templateOf(c)));
    })
    .post(place, async (c) => {
      const shop = shopOf(c);
      const extension = readExtension(platform.app.themeExtension);
      if (!shop || !extension) return c.notFound();
      const change = Change.safeParse(await c.req.parseBody());
      if (!change.success) return c.text(z.prettifyError(change.error), 400);
      apply(themeOf(platform, shop.domain), extension, change.data);
      platform.memory.save();
      return c.redirect(`${c.req.path}?template=${templateOf(c)}`, 303);
    });
  return routes;
}

const templateOf = (c: Context): TemplateName =>
  TEMPLATES.find((name) => name === c.req.query("template")) ?? "product";

/** `activateAppId=KEY/BLOCK` switches an embed on, `addAppBlockId=KEY/BLOCK` puts a block on a template. */
function followDeepLink(platform: Platform, shop: Shop, extension: Extension, c: Context): void {
  const theme = themeOf(platform, shop.domain);
  const named = (parameter: string) => {
    const [key, file] = (c.req.query(parameter) ?? "").split("/");
    return key === platform.app.apiKey
      ? extension.blocks.find((block) => block.file === file)
      : undefined;
  };
  const embed = named("activateAppId");
  if (embed && isEmbed(embed)) switchOn(theme, embed);
  const block = named("addAppBlockId");
  const template = templateOf(c);
  const isThere = block && theme.templates[template]?.some((placed) => placed.block === block.file);
  if (block && !isEmbed(block) && !isThere) add(theme, block, template);
  platform.memory.save();
}

const newBlock = ({ file }: Block): ThemeBlock => ({
  ...{ id: randomUUID(), block: file, settings: {}, disabled: false },
});

function switchOn(theme: Theme, block: Block): void {
  const placed = theme.embeds.find((each) => each.block === block.file);
  if (placed) placed.disabled = false;
  else theme.embeds.push(newBlock(block));
}

function add(theme: Theme, block: Block, template: TemplateName): void {
  if (isAllowedOn(block, template)) (theme.templates[template] ??= []).push(newBlock(block));
}

function apply(theme: Theme, extension: Extension, change: Change): void {
  const blockOf = (file: string) => extension.blocks.find((block) => block.file === file);
  switch (change.action) {
    case "toggle-embed":
      return toggle(theme, blockOf(change.block));
    case "add": {
      const block = blockOf(change.block);
      return block && !isEmbed(block) ? add(theme, block, change.template) : undefined;
    }
    case "settings": {
      const all = [...theme.embeds, ...Object.values(theme.templates).flat()];
      const placed = all.find(({ id }) => id === change.id);
      const block = placed && blockOf(placed.block);
      if (block) placed.settings = readSettings(block, change);
      return;
    }
    default:
      return move(theme.templates[change.template] ?? [], change.id, change.action);
  }
}

function toggle(theme: Theme, block: Block | undefined): void {
  if (!block || !isEmbed(block)) return;
  const placed = theme.embeds.find((each) => each.block === block.file);
  if (placed) placed.disabled = !placed.disabled;
  else switchOn(theme, block);
}

function move(blocks: ThemeBlock[], id: string, action: "up" | "down" | "remove"): void {
  const at = blocks.findIndex((block) => block.id === id);
  const [moved] = at < 0 ? [] : blocks.splice(at, 1);
  if (!moved || action === "remove") return;
  blocks.splice(action === "up" ? Math.max(0, at - 1) : at + 1, 0, moved);
}

/** A form's fields as the settings' types want them; an unticked checkbox sends nothing. */
function readSettings({ schema }: Block, fields: Record<string, unknown>): Record<string, unknown> {
  const read = ({ type, id = "" }: Setting): unknown => {
    const value = fields[id];
    if (type === "checkbox") return value !== undefined;
    if (type === "number" || type === "range") return Number(value);
    return value;
  };
  const named = schema.settings.filter(
    ({ id, type }) => id && (fields[id] !== undefined || type === "checkbox"),
  );
  return Object.fromEntries(named.map((setting) => [setting.id ?? "", read(setting)]));
}
