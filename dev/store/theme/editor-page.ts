import { readFileSync } from "node:fs";
import path from "node:path";
import { html, raw } from "hono/html";
import type { Shop } from "../catalog/shops";
import type { Platform } from "../platform";
import type { Theme, ThemeBlock } from "../state";
import {
  isAllowedOn,
  isEmbed,
  settingsOf,
  type Block,
  type Extension,
  type Setting,
} from "./extension";
import { TEMPLATES, themeOf, type TemplateName } from "./files";

const STYLES = readFileSync(path.join(import.meta.dirname, "editor.css"), "utf8");

/** The editor: what the app brings on the left, the storefront in design mode on the right. */
export function editorPage(
  platform: Platform,
  shop: Shop,
  extension: Extension | undefined,
  template: TemplateName,
) {
  const theme = themeOf(platform, shop.domain);
  const preview = `${platform.addresses.storefronts[shop.domain] ?? ""}${previewPath(platform, shop, template)}?design_mode=1`;
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>Theme editor – ${shop.name}</title>
        <link rel="icon" href="data:," />
        <style>
          ${raw(STYLES)}
        </style>
      </head>
      <body>
        <header>
          <a href="/store/${shop.handle}">Back to ${shop.name}</a>
          <h1>${theme.name}</h1>
          <form method="get">
            <label
              >Template
              <select name="template" onchange="this.form.submit()">
                ${TEMPLATES.map((name) => html`<option ${name === template ? "selected" : ""}>${name}</option>`)}
              </select>
            </label>
          </form>
        </header>
        <main>
          <aside>
            ${extension ? panels(theme, extension, template) : html`<p>The app brings nothing for themes.</p>`}
          </aside>
          <iframe src="${preview}" title="Preview of the storefront"></iframe>
        </main>
      </body>
    </html>`;
}

function previewPath(platform: Platform, shop: Shop, template: TemplateName): string {
  const { products, collections } = platform.commerceOf(shop.domain).catalog();
  const paths: Record<TemplateName, string> = {
    index: "/",
    product: `/products/${products[0]?.handle ?? ""}`,
    collection: `/collections/${collections[0]?.handle ?? "all"}`,
    search: "/search",
    cart: "/cart",
  };
  return paths[template];
}

function panels(theme: Theme, extension: Extension, template: TemplateName) {
  const placed = theme.templates[template] ?? [];
  const blockOf = ({ block }: ThemeBlock) => extension.blocks.find(({ file }) => file === block);
  const offered = extension.blocks.filter(
    (block) => !isEmbed(block) && isAllowedOn(block, template),
  );
  return html` <h2>App embeds</h2>
    ${extension.blocks.filter(isEmbed).map((block) => {
      const own = theme.embeds.find((each) => each.block === block.file);
      const isOn = own !== undefined && !own.disabled;
      return html`<section>
        <div class="row">
          <strong>${block.schema.name}</strong>
          ${button("toggle-embed", { block: block.file }, isOn ? "Switch off" : "Switch on", `${block.schema.name}: ${isOn ? "switch off" : "switch on"}`)}
        </div>
        ${own && isOn ? settingsForm(own, block) : ""}
      </section>`;
    })}
    <h2>App blocks on ${template}</h2>
    ${placed.map((each) => {
      const block = blockOf(each);
      if (!block) return "";
      const about = { id: each.id, template };
      return html`<section>
        <div class="row">
          <strong>${block.schema.name}</strong>
          ${button("up", about, "↑", `Move ${block.schema.name} up`)}
          ${button("down", about, "↓", `Move ${block.schema.name} down`)}
          ${button("remove", about, "Remove", `Remove ${block.schema.name}`)}
        </div>
        ${settingsForm(each, block)}
      </section>`;
    })}
    ${placed.length === 0 ? html`<p>There are none yet.</p>` : ""}
    ${offered.map((block) => button("add", { block: block.file, template }, `Add ${block.schema.name}`, `Add ${block.schema.name}`))}`;
}

const button = (action: string, about: Record<string, string>, label: string, name: string) =>
  html`<form method="post">
    <input type="hidden" name="action" value="${action}" />
    ${Object.entries(about).map(([key, value]) => html`<input type="hidden" name="${key}" value="${value}" />`)}
    <button aria-label="${name}">${label}</button>
  </form>`;

function settingsForm(placed: ThemeBlock, block: Block) {
  const values: Record<string, unknown> = settingsOf(block, placed.settings);
  const named = block.schema.settings.filter(({ id, type }) => id && type !== "product");
  if (named.length === 0) return "";
  return html`<form method="post" class="settings">
    <input type="hidden" name="action" value="settings" /><input
      type="hidden"
      name="id"
      value="${placed.id}"
    />
    ${named.map((setting) => html`<label>${setting.label ?? setting.id ?? ""} ${field(setting, values[setting.id ?? ""])}</label>`)}
    <button>Save</button>
  </form>`;
}

function field(setting: Setting, value: unknown) {
  const { type, id = "", options = [], min, max, step } = setting;
  const text = typeof value === "string" || typeof value === "number" ? String(value) : "";
  switch (type) {
    case "checkbox":
      return html`<input type="checkbox" name="${id}" ${value === true ? "checked" : ""} />`;
    case "select":
    case "radio":
      return html`<select name="${id}">
        ${options.map(
          (option) =>
            html`<option value="${option.value}" ${option.value === text ? "selected" : ""}>
              ${option.label}
            </option>`,
        )}
      </select>`;
    case "range":
    case "number":
      return html`<input
        type="number"
        name="${id}"
        value="${text}"
        ${limits({ min, max, step })}
      />`;
    default:
      return html`<input
        name="${id}"
        value="${text}"
        type="${type === "color" ? "color" : "text"}"
      />`;
  }
}

const limits = (about: Record<string, number | undefined>) =>
  raw(
    Object.entries(about)
      .flatMap(([name, value]) => (value === undefined ? [] : `${name}="${value}"`))
      .join(" "),
  );
