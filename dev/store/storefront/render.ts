import type { Context } from "hono";
import type { Liquid } from "liquidjs";
import type { Shop } from "../catalog/shops";
import type { Customer } from "../commerce/model";
import type { PageInfo } from "../pixel-host/host";
import type { Platform } from "../platform";
import { AppBlocks, type AppParts } from "./app-blocks";
import { linesOf, type Cart } from "./cart";
import { cartJson } from "./drops";
import { themeEngine } from "./engine";
import type { PageModel } from "./page-model";

/** Who asks for a page; the theme editor does so in design mode. */
export type Visitor = {
  customer: Customer | undefined;
  cart: Cart;
  info: PageInfo;
  isDesign: boolean;
};
type Drops = Record<string, unknown>;
type Whole = { visitor: Visitor; page: PageModel; apps: AppParts; content: string };
export type Sections = Record<string, string | null>;

const MOST_SECTIONS = 5;
const ROUTES = {
  root_url: "/",
  ...{ cart_url: "/cart", cart_add_url: "/cart/add", cart_change_url: "/cart/change" },
  ...{ cart_update_url: "/cart/update", cart_clear_url: "/cart/clear", search_url: "/search" },
  ...{ all_products_collection_url: "/collections/all", collections_url: "/collections" },
  ...{ account_url: "/account", account_login_url: "/account/login" },
  ...{ account_logout_url: "/account/logout" },
  product_recommendations_url: "/recommendations/products",
  predictive_search_url: "/search/suggest",
};

/** Turns pages into HTML: sections into the layout, with the app's blocks after the first one.
 * dev:storefronts/themes/architecture */
export class Renderer {
  readonly #platform: Platform;
  readonly #shop: Shop;
  readonly #engine: Liquid;
  readonly #blocks: AppBlocks;

  constructor(platform: Platform, shop: Shop) {
    this.#platform = platform;
    this.#shop = shop;
    this.#engine = themeEngine(shop);
    this.#blocks = new AppBlocks(platform, shop);
  }

  asset = (file: string): Buffer | undefined => this.#blocks.asset(file);

  async page(c: Context, visitor: Visitor, page: PageModel, status: number): Promise<Response> {
    const drops = this.#drops(c, visitor, page);
    const [main = "", ...others] = await Promise.all(
      page.sections.map((name) => this.#section(name, drops)),
    );
    const apps = await this.#apps(c, visitor, page);
    const section = apps.blocks && wrap("apps", apps.blocks, "apps");
    const content = [main, section, ...others].join("\n");
    return c.html(await this.#layout(drops, { visitor, page, apps, content }), status as 200);
  }

  /** Sections by their names, at most five; null for one that the theme does not have.
   * dev:api/ajax/section-rendering */
  async sections(
    c: Context,
    visitor: Visitor,
    page: PageModel,
    names: readonly string[],
  ): Promise<Sections> {
    const drops = this.#drops(c, visitor, page);
    const rendered = names
      .slice(0, MOST_SECTIONS)
      .map(async (name): Promise<[string, string | null]> => {
        return [name, await this.#section(name, drops).catch(() => null)];
      });
    return Object.fromEntries(await Promise.all(rendered));
  }

  /** Liquid that the app has sent, in the theme's layout or by itself. */
  async liquid(
    c: Context,
    visitor: Visitor,
    liquid: string,
    { status, hasLayout }: { status: number; hasLayout: boolean },
  ): Promise<Response> {
    const page: PageModel = { title: this.#shop.name, template: "page", sections: [], drops: {} };
    const drops = this.#drops(c, visitor, page);
    const content = String(await this.#engine.parseAndRender(liquid, drops));
    if (!hasLayout) return c.html(content, status as 200);
    const apps = await this.#apps(c, visitor, page);
    return c.html(await this.#layout(drops, { visitor, page, apps, content }), status as 200);
  }

  async #section(name: string, drops: Drops): Promise<string> {
    const scope = { ...drops, section: { id: name } };
    return wrap(name, String(await this.#engine.renderFile(`${name}.liquid`, scope)));
  }

  /** On a checkout there is nothing of an app but its pixel. */
  #apps(c: Context, visitor: Visitor, page: PageModel): Promise<AppParts> | AppParts {
    if (page.template === "checkout") return { head: "", body: "", blocks: "" };
    return this.#blocks.render(page.template, this.#globals(c, visitor, page), page.drops);
  }

  async #layout(drops: Drops, { visitor, page, apps, content }: Whole): Promise<string> {
    const file = page.template === "checkout" ? "checkout.liquid" : "theme.liquid";
    const html: unknown = await this.#engine.renderFile(file, {
      ...{ ...drops, content_for_layout: content, app_head: apps.head, app_body: apps.body },
      page_data: { info: visitor.info, events: page.events ?? [] },
      shopify_data: this.#shopifyObject(visitor.isDesign),
    });
    return String(html);
  }

  /** What every page's scripts find at `window.Shopify`. */
  #shopifyObject(designMode: boolean) {
    const { domain, currency, countryCode } = this.#shop;
    return {
      ...{ shop: domain, locale: "en", country: countryCode, designMode },
      currency: { active: currency, rate: "1.0" },
      routes: { root: "/" },
      theme: { name: "Tideline" },
    };
  }

  /** What Liquid has on every page, and what this one is about. */
  #drops = (c: Context, visitor: Visitor, page: PageModel): Drops => ({
    ...this.#globals(c, visitor, page),
    ...page.drops,
  });

  /** dev:api/liquid/objects */
  #globals(c: Context, { customer, cart, isDesign }: Visitor, page: PageModel): Drops {
    const { name, domain, currency, tagline, city, country, accent } = this.#shop;
    const catalog = this.#platform.commerceOf(domain).catalog();
    const { template, title } = page;
    return {
      shop: { name, domain, permanent_domain: domain, currency, tagline, city, country, accent },
      routes: ROUTES,
      request: {
        ...{ page_type: template, design_mode: isDesign, visual_preview_mode: false },
        ...{ locale: { iso_code: "en", root_url: "/" }, path: c.req.path },
        host: new URL(c.req.url).host,
      },
      template: { name: template.split("/").at(-1), toString: () => template },
      cart: cartJson(this.#shop, cart, linesOf(catalog, cart)),
      customer: customer && customerDrop(customer),
      collections: catalog.collections.map(({ handle, title }) => {
        return { title, url: `/collections/${handle}` };
      }),
      page_title: title,
    };
  }
}

const customerDrop = ({ id, email, firstName, lastName }: Customer) => ({
  ...{ id, email, first_name: firstName, last_name: lastName, name: `${firstName} ${lastName}` },
});

const wrap = (name: string, content: string, more = ""): string =>
  `<section id="shopify-section-${name}" class="${`shopify-section ${more}`.trim()}">${content}</section>`;
