import path from "node:path";
import {
  Liquid,
  type TagToken,
  type TopLevelToken,
  type Template,
  type Context,
  type Emitter,
} from "liquidjs";
import { toPrice } from "../catalog/money";
import { toHandle } from "../catalog/listing";
import type { Shop } from "../catalog/shops";

const THEME = path.join(import.meta.dirname, "theme");

/** The theme's Liquid: Shopify's tags and filters as far as the theme and the app's blocks use them.
 * dev:api/liquid */
export function themeEngine(shop: Shop): Liquid {
  const engine = new Liquid({
    root: [path.join(THEME, "layout"), path.join(THEME, "sections")],
    partials: path.join(THEME, "snippets"),
    extname: ".liquid",
    cache: true,
    strictFilters: true,
  });
  registerFilters(engine, shop, "");
  ignoreSchema(engine);
  return engine;
}

/** A theme app extension's: its own snippets, assets and texts, and not the theme's.
 * dev:apps/build/online-store/theme-app-extensions/configuration */
export function extensionEngine(
  shop: Shop,
  {
    folder,
    texts,
    assetPath,
  }: { folder: string; texts: Record<string, unknown>; assetPath: string },
): Liquid {
  const engine = new Liquid({
    root: path.join(folder, "blocks"),
    partials: path.join(folder, "snippets"),
    extname: ".liquid",
    cache: true,
    strictFilters: true,
  });
  registerFilters(engine, shop, assetPath);
  engine.registerFilter("t", (key: string) => translate(texts, key));
  for (const tag of FORBIDDEN) forbid(engine, tag);
  return engine;
}

/** What a block may not contain; theme-check's AppBlockValidTags knows the same ones. */
const FORBIDDEN = ["javascript", "stylesheet", "include", "layout", "section", "sections"] as const;

function forbid(engine: Liquid, name: string): void {
  engine.registerTag(name, {
    parse: () => {
      throw new Error(`an app block may not contain {% ${name} %}`);
    },
    render: () => "",
  });
}

function registerFilters(engine: Liquid, shop: Shop, assetPath: string): void {
  const money = (minor: unknown) => toPrice(Number(minor ?? 0), shop);
  engine.registerFilter("money", money);
  engine.registerFilter("money_with_currency", (minor) => `${money(minor)} ${shop.currency}`);
  engine.registerFilter("money_without_trailing_zeros", (minor) =>
    money(minor).replace(/[.,]00(?=\D|$)/, ""),
  );
  engine.registerFilter("asset_url", (file: string) => `${assetPath}/${file}`);
  engine.registerFilter("image_url", sourceOf);
  engine.registerFilter("img_url", sourceOf);
  engine.registerFilter("handleize", (text: string | null) => toHandle(text ?? ""));
  engine.registerFilter("handle", (text: string | null) => toHandle(text ?? ""));
  engine.registerFilter("stylesheet_tag", (url: string) => `<link rel="stylesheet" href="${url}">`);
  engine.registerFilter("script_tag", (url: string) => `<script src="${url}"></script>`);
  engine.registerFilter("json", (value: unknown) =>
    JSON.stringify(value ?? null).replaceAll("<", "\\u003c"),
  );
}

/** An image is a path, or an object with one. */
const sourceOf = (image: unknown): string =>
  typeof image === "object" && image !== null && "src" in image ? String(image.src) : String(image);

/** `{% schema %}` is for the theme editor and shows nothing. */
function ignoreSchema(engine: Liquid): void {
  engine.registerTag("schema", {
    parse(_: TagToken, rest: TopLevelToken[]) {
      while (rest.length > 0) if (rest.shift()?.getText() === "{% endschema %}") return;
    },
    render: (_: Context, __: Emitter): Template[] => [],
  });
}

/** `a.b` leads to a text within texts; a missing one says so, as in a theme. */
function translate(texts: Record<string, unknown>, key: string): string {
  let found: unknown = texts;
  for (const part of key.split("."))
    found = typeof found === "object" && found !== null ? Reflect.get(found, part) : undefined;
  return typeof found === "string" ? found : `Translation missing: en.${key}`;
}
