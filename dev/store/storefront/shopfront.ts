import type { Context } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import type { Shop } from "../catalog/shops";
import type { Platform } from "../platform";
import { cartOf, itemCount, type Cart, type Carts } from "./cart";
import type { Checkouts } from "./checkout";
import { customerOf, type Customer } from "./customers";
import { storePage, type Page } from "./page";
import { cartData, customerData, shopData } from "./pixel-data";

/** What the routes of one shop share: its shoppers' carts and checkouts, and how a page is shown. */
export type Shopfront = {
  shop: Shop;
  checkouts: Checkouts;
  cartOf: (c: Context) => Cart;
  customerOf: (c: Context) => Customer | undefined;
  logIn: (c: Context, customerId: string) => void;
  logOut: (c: Context) => void;
  show: (c: Context, page: Page, status?: 200 | 404) => Response | Promise<Response>;
};

const COOKIE = { path: "/", sameSite: "Lax" } as const;

/** Cookies are named after the shop: both shops live on one host, and cookies ignore ports. */
export function openShopfront({ memory, addresses }: Platform, shop: Shop): Shopfront {
  const carts: Carts = new Map();
  const cartCookie = `cart_${shop.handle}`;
  const customerCookie = `customer_${shop.handle}`;

  const cart = (c: Context) => {
    const found = cartOf(carts, getCookie(c, cartCookie));
    setCookie(c, cartCookie, found.token, COOKIE);
    return found;
  };
  const customer = (c: Context) => customerOf(getCookie(c, customerCookie));
  const pageInfo = (c: Context, shown: Cart) => {
    const buyer = customer(c);
    return {
      shopHandle: shop.handle,
      pixel: memory.state.webPixels[shop.domain] ?? null,
      init: {
        customer: buyer ? customerData(buyer) : null,
        cart: cartData(shop, shown),
        shop: shopData(shop, addresses.storefronts[shop.domain] ?? null),
        purchasingCompany: null,
      },
    };
  };
  return {
    ...{ shop, checkouts: new Map() },
    ...{ cartOf: cart, customerOf: customer },
    logIn: (c, id) => setCookie(c, customerCookie, id, COOKIE),
    logOut: (c) => void deleteCookie(c, customerCookie, COOKIE),
    show: (c, page, status = 200) => {
      const current = cart(c);
      const rendered = storePage(shop, pageInfo(c, current), itemCount(current.lines), page);
      return c.html(rendered, status);
    },
  };
}
