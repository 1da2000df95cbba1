import type { Context } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import type { Shop } from "../catalog/shops";
import type { Commerce } from "../commerce/commerce";
import { customerTotals } from "../commerce/customers";
import type { Customer } from "../commerce/model";
import type { Platform } from "../platform";
import { cartOf, linesOf, type Cart, type Carts, type Line } from "./cart";
import type { Checkouts } from "./checkout";
import type { PageModel } from "./page-model";
import { cartData, customerData, shopData } from "./pixel-data";
import { Renderer, type Sections, type Visitor } from "./render";

const COOKIE = { path: "/", sameSite: "Lax" } as const;

/** What the routes of one shop share: its shoppers' carts and checkouts, and how a page is shown.
 * Cookies are named after the shop: both shops live on one host, and cookies ignore ports. */
export class Shopfront {
  readonly shop: Shop;
  readonly commerce: Commerce;
  readonly now: () => Date;
  readonly checkouts: Checkouts = new Map();
  readonly #platform: Platform;
  readonly #renderer: Renderer;
  readonly #carts: Carts = new Map();
  /** A request that brings no cookie has one cart all the same. */
  readonly #cartsInUse = new WeakMap<Context, Cart>();
  readonly #cartCookie: string;
  readonly #customerCookie: string;

  constructor(platform: Platform, shop: Shop) {
    this.shop = shop;
    this.commerce = platform.commerceOf(shop.domain);
    this.now = platform.now;
    this.#platform = platform;
    this.#renderer = new Renderer(platform, shop);
    this.#cartCookie = `cart_${shop.handle}`;
    this.#customerCookie = `customer_${shop.handle}`;
  }

  cartOf = (c: Context): Cart => {
    const known = this.#cartsInUse.get(c);
    if (known) return known;
    const found = cartOf(this.#carts, getCookie(c, this.#cartCookie));
    setCookie(c, this.#cartCookie, found.token, COOKIE);
    this.#cartsInUse.set(c, found);
    return found;
  };
  linesOf = (cart: Cart): Line[] => linesOf(this.commerce.catalog(), cart);
  /** A bought cart is done with: the next one has another token. */
  leaveCart = (c: Context): void => {
    this.cartOf(c).lines = [];
    deleteCookie(c, this.#cartCookie, COOKIE);
  };

  customerOf = (c: Context): Customer | undefined =>
    this.commerce.customer(Number(getCookie(c, this.#customerCookie)));
  logIn = (c: Context, id: number): void => setCookie(c, this.#customerCookie, String(id), COOKIE);
  logOut = (c: Context): void => void deleteCookie(c, this.#customerCookie, COOKIE);
  isFirstOrder = (buyer: Customer | undefined): boolean =>
    buyer === undefined || this.#ordersOf(buyer) <= 1;

  /** A whole page; with `?section_id` or `?sections` only those of its sections. */
  show = async (c: Context, page: PageModel, status = 200): Promise<Response> => {
    const one = c.req.query("section_id");
    if (one) {
      const { [one]: html } = await this.sections(c, [one], page);
      return html ? c.html(html) : c.text("Not Found", 404);
    }
    const several = c.req.query("sections");
    if (several) return c.json(await this.sections(c, several.split(","), page));
    return this.#renderer.page(c, this.#visitor(c, page.template === "checkout"), page, status);
  };
  sections = (c: Context, names: readonly string[], page: PageModel): Promise<Sections> =>
    this.#renderer.sections(c, this.#visitor(c, false), page, names);
  renderLiquid = (c: Context, liquid: string, status: number, hasLayout: boolean) =>
    this.#renderer.liquid(c, this.#visitor(c, false), liquid, { status, hasLayout });
  asset = (file: string): Buffer | undefined => this.#renderer.asset(file);

  #ordersOf = ({ id }: Customer): number => customerTotals(this.commerce.orders(), id).ordersCount;

  #visitor(c: Context, isCheckout: boolean): Visitor {
    const { memory, addresses } = this.#platform;
    const { shop } = this;
    const customer = this.customerOf(c);
    const cart = this.cartOf(c);
    const init = {
      customer: customer ? customerData(customer, this.#ordersOf(customer)) : null,
      cart: cartData(shop, cart, this.linesOf(cart)),
      shop: shopData(shop, addresses.storefronts[shop.domain] ?? null),
      purchasingCompany: null,
    };
    const country = getCookie(c, "country") ?? shop.countryCode;
    const pixel = memory.state.webPixels[shop.domain] ?? null;
    return {
      ...{ customer, cart, isDesign: c.req.query("design_mode") === "1" },
      info: { shopHandle: shop.handle, country, isCheckout, pixel, init },
    };
  }
}
