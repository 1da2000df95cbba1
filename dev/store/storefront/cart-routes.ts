import { Hono } from "hono";
import { changeQuantity, itemCount } from "./cart";
import { cartPage, checkoutPage, thankYouPage } from "./cart-pages";
import { complete, deliveryOf, startCheckout } from "./checkout";
import { missingPage } from "./pages";
import { lineData } from "./pixel-data";
import type { Shopfront } from "./shopfront";

type Change = { id: number | string; quantity: number };

const FIRST_ORDER = 5_900_000_000_000;

/** Buying: the cart and its calls (dev:api/ajax/reference/cart), the checkout, the thanks. */
export function cartRoutes(shopfront: Shopfront): Hono {
  const { shop, show, checkouts, cartOf, customerOf } = shopfront;
  const routes = new Hono();
  routes
    .get("/cart", (c) => show(c, cartPage(shop, cartOf(c))))
    .post("/cart/:change{add\\.js|change\\.js}", async (c) => {
      const { id, quantity } = await c.req.json<Change>();
      const isAdding = c.req.param("change") === "add.js";
      const cart = cartOf(c);
      const changed = changeQuantity(cart, shop, Number(id), (before) =>
        isAdding ? before + quantity : quantity,
      );
      if (!changed) return c.json({ status: 422, message: `no variant ${id}` }, 422);
      const cartLine = lineData(shop, changed.line, Math.abs(changed.difference));
      return c.json({ count: itemCount(cart.lines), cartLine });
    })
    .get("/checkout", (c) => {
      const { lines } = cartOf(c);
      if (lines.length === 0) return c.redirect("/cart");
      return c.redirect(`/checkouts/cn/${startCheckout(checkouts, lines).token}`);
    })
    .get("/checkouts/cn/:token", (c) => {
      const checkout = checkouts.get(c.req.param("token"));
      if (!checkout) return show(c, missingPage(), 404);
      return show(c, checkoutPage(shop, checkout, customerOf(c)));
    })
    .post("/checkouts/cn/:token", async (c) => {
      const checkout = checkouts.get(c.req.param("token"));
      if (!checkout) return c.json({ message: "no such checkout" }, 404);
      const { delivery } = await c.req.json<{ delivery: unknown }>();
      complete(checkout, deliveryOf(delivery), FIRST_ORDER + checkouts.size);
      cartOf(c).lines = [];
      return c.json({ orderId: checkout.orderId });
    })
    .get("/checkouts/cn/:token/thank-you", (c) => {
      const checkout = checkouts.get(c.req.param("token"));
      if (checkout?.orderId == null) return show(c, missingPage(), 404);
      const page = thankYouPage(shop, checkout, customerOf(c));
      checkout.isThanked = true;
      return show(c, page);
    });
  return routes;
}
