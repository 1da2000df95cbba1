import { expect, test } from "vitest";
import { pathTemplateOf } from "~/projections/path-template";

test.for([
  ["/", "/"],
  ["/de", "/"],
  ["/en-us/products/mug", "/products/*"],
  ["/collections", "/collections"],
  ["/collections/tea", "/collections/*"],
  ["/collections/tea/green", "/collections/*/*"],
  ["/collections/tea/products/sencha", "/collections/*/products/*"],
  ["/blogs/news/how-to-brew", "/blogs/*/*"],
  ["/pages/about-us", "/pages/about-us"],
  ["/account/orders/12345", "/account/orders/*"],
  ["/cart", "/cart"],
  [`/pages/${"茶🍵".repeat(200)}`, `/pages/${"茶🍵".repeat(124)}`],
])("%s is a page of the layout %s", ([path = "", template]) => {
  expect(pathTemplateOf(path)).toBe(template);
});
