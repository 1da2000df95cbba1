import { shopOf } from "../catalog/shops";
import type { Platform } from "../platform";
import type { Theme, ThemeBlock } from "../state";
import { isEmbed, readExtension, type Block } from "./extension";

/** Templates of the theme that take app blocks. */
export const TEMPLATES = ["index", "product", "collection", "search", "cart"] as const;
export type TemplateName = (typeof TEMPLATES)[number];

/** A shop's published theme; as long as nobody has touched it, without any block of the app. */
export function themeOf({ memory }: Platform, domain: string): Theme {
  const { themes } = memory.state;
  const id = 140_000_000_000 + (shopOf(domain).id % 1_000);
  return (themes[domain] ??= { id, name: "Tideline", embeds: [], templates: {} });
}

/** The theme's files that an app can read, as the theme editor writes them.
 * dev:storefronts/themes/architecture/config/settings-data-json */
export function themeFiles(
  platform: Platform,
  domain: string,
): { filename: string; body: string }[] {
  const theme = themeOf(platform, domain);
  const handle = appHandle(platform);
  const typed = ({ id, block, disabled, settings }: ThemeBlock) => {
    return { type: `shopify://apps/${handle}/blocks/${block}/${id}`, disabled, settings };
  };
  const embeds = Object.fromEntries(theme.embeds.map((block) => [block.id, typed(block)]));
  const settings = { current: { blocks: embeds }, presets: {} };
  return [
    { filename: "config/settings_data.json", body: JSON.stringify(settings, null, 2) },
    ...TEMPLATES.map((name) => ({
      filename: `templates/${name}.json`,
      body: JSON.stringify(
        template(name, (theme.templates[name] ?? []).map(withType(typed))),
        null,
        2,
      ),
    })),
  ];
}

const withType =
  (typed: (block: ThemeBlock) => object) =>
  (block: ThemeBlock): [string, object] => [block.id, typed(block)];

/** A template's own section comes first, the apps section after it. */
function template(name: string, blocks: [string, object][]) {
  const apps = {
    type: "apps",
    blocks: Object.fromEntries(blocks),
    block_order: blocks.map(([id]) => id),
    settings: {},
  };
  const main = { type: `main-${name}`, settings: {} };
  return { sections: { main, apps }, order: ["main", "apps"] };
}

export const appHandle = ({ app }: Platform): string =>
  readExtension(app.themeExtension) ? "pixelnova" : "app";

/** What `shopify.app.extensions()` answers about the theme app extension. dev:api/app-home/apis */
export function activations(platform: Platform, domain: string) {
  const extension = readExtension(platform.app.themeExtension);
  if (!extension) return [];
  return [
    {
      handle: extension.handle,
      type: "theme_app_extension" as const,
      activations: extension.blocks.map((block) => activation(themeOf(platform, domain), block)),
    },
  ];
}

function activation(theme: Theme, block: Block) {
  const { file, schema } = block;
  const isOn = (placed: ThemeBlock) => placed.block === file && !placed.disabled;
  const themeId = `gid://shopify/OnlineStoreTheme/${theme.id}`;
  const templates = isEmbed(block)
    ? theme.embeds.some(isOn)
      ? [schema.target]
      : []
    : TEMPLATES.filter((name) => theme.templates[name]?.some(isOn)).map(
        (name) => `template--${name}`,
      );
  return {
    handle: file,
    name: schema.name,
    target: schema.target,
    status: templates.length > 0 ? ("active" as const) : ("available" as const),
    activations: templates.map((target) => ({ target, themeId })),
  };
}
