import { expect, test } from "vitest";
import { pageTypeOf } from "~/projections/page-type";

test.each([
  ["/", "home"],
  ["/de", "home"],
  ["/en-us/", "home"],
  ["/products/green-tea", "product"],
  ["/fr/collections/teas/products/green-tea", "product"],
  ["/products", "other"],
  ["/collections/teas", "collection"],
  ["/collections", "collection"],
  ["/search", "search"],
  ["/cart", "cart"],
  ["/checkouts/cn/abc/information", "checkout"],
  ["/account/login", "account"],
  ["/blogs/news/first", "article"],
  ["/pages/about", "page"],
  ["/policies/refund-policy", "policy"],
  ["/dexter", "other"],
  ["/apps/wishlist", "other"],
])("%s is of the type %s", (path, type) => {
  expect(pageTypeOf(path)).toBe(type);
});
