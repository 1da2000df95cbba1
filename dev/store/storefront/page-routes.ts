import { Hono } from "hono";
import {
  accountPage,
  collectionPage,
  homePage,
  missingPage,
  productPage,
  searchPage,
} from "./pages";
import type { Shopfront } from "./shopfront";

/** Looking around: home, collections, products, search, the account. */
export function pageRoutes({ shop, show, customerOf, logIn, logOut }: Shopfront): Hono {
  const everything = { id: shop.id, handle: "all", title: "Everything", products: shop.products };
  const collections = [everything, ...shop.collections];
  const routes = new Hono();
  routes
    .get("/", (c) => show(c, homePage(shop)))
    .get("/collections/:handle", (c) => {
      const found = collections.find(({ handle }) => handle === c.req.param("handle"));
      return found ? show(c, collectionPage(shop, found)) : show(c, missingPage(), 404);
    })
    .get("/products/:handle", (c) => {
      const found = shop.products.find(({ handle }) => handle === c.req.param("handle"));
      return found ? show(c, productPage(shop, found)) : show(c, missingPage(), 404);
    })
    .get("/search", (c) => show(c, searchPage(shop, c.req.query("q")?.trim() ?? "")))
    .get("/account", (c) => show(c, accountPage(customerOf(c))))
    .post("/account/login", async (c) => {
      const { id } = await c.req.parseBody();
      if (typeof id === "string") logIn(c, id);
      return c.redirect("/account", 303);
    })
    .post("/account/logout", (c) => {
      logOut(c);
      return c.redirect("/account", 303);
    });
  return routes;
}
