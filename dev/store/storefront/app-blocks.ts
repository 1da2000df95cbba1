import { readFileSync } from "node:fs";
import path from "node:path";
import type { Liquid } from "liquidjs";
import type { Shop } from "../catalog/shops";
import type { Platform } from "../platform";
import type { ThemeBlock } from "../state";
import {
  isAllowedOn,
  readExtension,
  settingsOf,
  type Block,
  type Extension,
} from "../theme/extension";
import { appHandle, themeOf } from "../theme/files";
import { productDrop } from "./drops";
import { extensionEngine } from "./engine";

/** The app's part of a page: what its embeds add, and what its blocks show in the apps section. */
export type AppParts = { head: string; body: string; blocks: string };
type Drops = Record<string, unknown>;

const ASSETS = "/ext/assets";
const NOTHING: AppParts = { head: "", body: "", blocks: "" };

/** Renders the app's theme blocks as the theme has them.
 * dev:apps/build/online-store/theme-app-extensions */
export class AppBlocks {
  readonly #platform: Platform;
  readonly #shop: Shop;
  readonly #extension: Extension | undefined;
  readonly #engine: Liquid | undefined;

  constructor(platform: Platform, shop: Shop) {
    this.#platform = platform;
    this.#shop = shop;
    const extension = readExtension(platform.app.themeExtension);
    this.#extension = extension;
    this.#engine = extension && extensionEngine(shop, { ...extension, assetPath: ASSETS });
  }

  /** @param globals what Liquid has everywhere: an embed sees this and no more
   * @param own what the template is about, such as its product */
  async render(template: string, globals: Drops, own: Drops): Promise<AppParts> {
    if (!this.#platform.memory.state.installations[this.#shop.domain]) return NOTHING;
    const theme = themeOf(this.#platform, this.#shop.domain);
    const drops = { ...globals, app: appDrop(this.#platform, this.#shop) };
    const loaded = new Set<string>();
    const each = async (placed: readonly ThemeBlock[], targets: string[], about: Drops) => {
      const parts: string[] = [];
      for (const block of placed) {
        const stage = { template, targets, drops, own: about, loaded };
        parts.push(await this.#renderBlock(block, stage));
      }
      return parts.join("\n");
    };
    const head = await each(theme.embeds, ["head", "compliance_head"], {});
    const body = await each(theme.embeds, ["body"], {});
    const blocks = await each(theme.templates[template] ?? [], ["section"], own);
    return { head, body, blocks };
  }

  /** A file of the extension's assets folder; undefined where there is none of that name. */
  asset(file: string): Buffer | undefined {
    if (!this.#extension || path.basename(file) !== file) return undefined;
    try {
      return readFileSync(path.join(this.#extension.folder, "assets", file));
    } catch {
      return undefined;
    }
  }

  async #renderBlock(placed: ThemeBlock, stage: Stage): Promise<string> {
    const { template, targets, drops, own, loaded } = stage;
    const block = this.#extension?.blocks.find(({ file }) => file === placed.block);
    if (!block || !this.#engine || placed.disabled) return "";
    if (!targets.includes(block.schema.target) || !isAllowedOn(block, template)) return "";
    if (!(await isOffered(this.#engine, block, drops))) return "";
    const settings = this.#withProducts(block, settingsOf(block, placed.settings), own);
    const about = { id: placed.id, settings, type: block.file, shopify_attributes: "" };
    const rendered: unknown = await this.#engine.parseAndRender(block.liquid, {
      ...{ ...drops, ...own, block: about },
    });
    const isInBody = block.schema.target === "section" || block.schema.target === "body";
    const content = isInBody ? wrap(block, placed.id, String(rendered)) : String(rendered);
    return assetTags(block, loaded) + content;
  }

  /** A product setting is saved as an id; with `autofill` it is the page's product. */
  #withProducts(block: Block, settings: Drops, own: Drops): Drops {
    const { products } = this.#platform.commerceOf(this.#shop.domain).catalog();
    for (const { id, type, autofill } of block.schema.settings) {
      if (!id || type !== "product") continue;
      const chosen = products.find((product) => String(product.id) === settings[id]);
      settings[id] = chosen ? productDrop(chosen) : autofill ? (own.product ?? null) : null;
    }
    return settings;
  }
}

type Stage = {
  template: string;
  targets: string[];
  drops: Drops;
  own: Drops;
  /** Assets that the page has already. */
  loaded: Set<string>;
};

function wrap({ schema }: Block, id: string, content: string): string {
  const { tag = "div", class: name = "" } = schema;
  const classes = `shopify-block shopify-app-block ${name}`.trim();
  return `<${tag} id="shopify-block-${id}" class="${classes}">${content}</${tag}>`;
}

/** Scripts and styles that a schema names are loaded once on a page, however many blocks want them. */
function assetTags({ schema }: Block, loaded: Set<string>): string {
  const { stylesheet, javascript } = schema;
  const fresh = [stylesheet, javascript].filter((file) => file && !loaded.has(file));
  for (const file of fresh) if (file) loaded.add(file);
  const style = `<link rel="stylesheet" href="${ASSETS}/${stylesheet ?? ""}">`;
  const script = `<script src="${ASSETS}/${javascript ?? ""}" async></script>`;
  return (
    (stylesheet && fresh.includes(stylesheet) ? style : "") +
    (javascript && fresh.includes(javascript) ? script : "")
  );
}

/** `available_if` names an app-data metafield that must be true. */
async function isOffered(engine: Liquid, { schema }: Block, drops: Drops): Promise<boolean> {
  if (!schema.available_if) return true;
  return String(await engine.parseAndRender(schema.available_if, drops)) === "true";
}

/** `app.metafields.NAMESPACE.KEY`: what the app has stored with its installation, and only that. */
function appDrop(platform: Platform, shop: Shop) {
  const owner = `gid://shopify/AppInstallation/${shop.id}`;
  const stored = platform.memory.state.metafields[shop.domain] ?? [];
  const metafields: Record<string, Record<string, object>> = {};
  for (const { ownerId, namespace, key, type, value } of stored) {
    if (ownerId !== owner) continue;
    const parsed = /json|boolean|number|list/.test(type) ? (JSON.parse(value) as unknown) : value;
    const drop = { value: parsed, type, toString: () => value, valueOf: () => parsed };
    (metafields[namespace] ??= {})[key] = drop;
  }
  return { metafields, handle: appHandle(platform) };
}
