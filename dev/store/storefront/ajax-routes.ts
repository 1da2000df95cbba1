import { Hono, type Context } from "hono";
import { z } from "zod";
import { addLine, CartError, changeLine, type Cart } from "./cart";
import { cartJson, lineDrop, productJson } from "./drops";
import { recommend, searchProducts } from "./listing";
import type { PageModel } from "./page-model";
import { cartData, lineData } from "./pixel-data";
import type { Shopfront } from "./shopfront";

/** Themes send numbers as text as well. */
const number = z.coerce.number().int();
const properties = z.record(z.string(), z.coerce.string()).default({});
const Added = z.object({ id: number, quantity: number.min(1).default(1), properties });
const AddBody = z.union([z.object({ items: z.array(Added).min(1) }), Added]);
const ChangeBody = z.object({
  id: z.coerce.string().optional(),
  line: number.optional(),
  quantity: number.min(0),
});
const UpdateBody = z.object({
  updates: z.union([z.record(z.string(), number), z.array(number)]).optional(),
  note: z.string().nullish(),
  attributes: z.record(z.string(), z.coerce.string()).optional(),
});

/** The Ajax API, which themes and app blocks use. dev:api/ajax
 * Besides Shopify's fields, an answer tells the page's own script what pixels have to hear:
 * `cart_lines`, each with the number of pieces that came or went. */
export function ajaxRoutes(shopfront: Shopfront): Hono {
  const { commerce } = shopfront;
  const productBy = (handle: string | undefined) =>
    commerce.catalog().products.find((each) => each.handle === handle && each.publishedAt !== null);
  const routes = new Hono();
  routes
    .get("/products/:file{.+\\.js}", (c) => {
      const product = productBy(c.req.param("file").replace(/\.js$/, ""));
      return product ? c.json(productJson(product)) : c.json({ message: "Not Found" }, 404);
    })
    .get("/products/:file{.+\\.json}", (c) => {
      const product = productBy(c.req.param("file").replace(/\.json$/, ""));
      return product
        ? c.json({ product: productJson(product) })
        : c.json({ message: "Not Found" }, 404);
    })
    .get("/recommendations/products.json", (c) => recommendations(shopfront, c))
    .get("/search/suggest.json", (c) => suggestions(shopfront, c))
    .route("/", cartRoutes(shopfront));
  return routes;
}

function cartRoutes(shopfront: Shopfront): Hono {
  const { cartOf, show } = shopfront;
  const routes = new Hono();
  for (const ending of ["", ".js"])
    routes
      .post(`/cart/add${ending}`, (c) => guarded(c, () => add(shopfront, c)))
      .post(`/cart/change${ending}`, (c) => guarded(c, () => change(shopfront, c)))
      .post(`/cart/update${ending}`, (c) => guarded(c, () => update(shopfront, c)))
      .post(`/cart/clear${ending}`, (c) => {
        const cart = cartOf(c);
        cart.lines = [];
        return answer(shopfront, c, cart);
      });
  routes
    .get("/cart.js", (c) => answer(shopfront, c, cartOf(c)))
    .get("/cart.json", (c) => answer(shopfront, c, cartOf(c)))
    .get("/cart", (c) => show(c, cartPage(shopfront, c)));
  return routes;
}

export function cartPage({ shop, cartOf, linesOf }: Shopfront, c: Context): PageModel {
  const cart = cartOf(c);
  return {
    ...{ title: "Cart", template: "cart", sections: ["main-cart"], drops: {} },
    events: [{ name: "cart_viewed", data: { cart: cartData(shop, cart, linesOf(cart)) } }],
  };
}

async function add(shopfront: Shopfront, c: Context): Promise<Response> {
  const { cartOf, commerce, shop } = shopfront;
  const body = parse(AddBody, await bodyOf(c));
  const wanted = "items" in body ? body.items : [body];
  const cart = cartOf(c);
  const before = cart.lines.map((line) => ({ ...line }));
  try {
    const lines = wanted.map(({ id, quantity, properties }) => {
      const named = Object.entries(properties).map(([name, value]) => ({ name, value }));
      return addLine(commerce.catalog(), cart, { variantId: id, quantity, properties: named });
    });
    const items = lines.map(lineDrop);
    const told = lines.map((line, i) => lineData(shop, line, wanted[i]?.quantity ?? 1));
    const sections = await sectionsOf(shopfront, c);
    return c.json({ ...("items" in body ? { items } : items[0]), ...sections, cart_lines: told });
  } catch (error) {
    cart.lines = before; // all of them or none
    throw error;
  }
}

async function change(shopfront: Shopfront, c: Context): Promise<Response> {
  const { cartOf, commerce, linesOf, shop } = shopfront;
  const { id, line, quantity } = parse(ChangeBody, await bodyOf(c));
  const cart = cartOf(c);
  const key = line === undefined ? id : linesOf(cart)[line - 1]?.key;
  const changed = changeLine(commerce.catalog(), cart, key ?? "", quantity);
  if (!changed) throw new CartError("no valid id or line parameter");
  const { difference } = changed;
  const told = difference === 0 ? [] : [lineData(shop, changed.line, Math.abs(difference))];
  return answer(shopfront, c, cart, { cart_lines: told, difference });
}

async function update(shopfront: Shopfront, c: Context): Promise<Response> {
  const { cartOf, commerce, linesOf } = shopfront;
  const { updates, note, attributes } = parse(UpdateBody, await bodyOf(c));
  const cart = cartOf(c);
  const wanted = Array.isArray(updates)
    ? updates.map((quantity, i): [string, number] => [linesOf(cart)[i]?.key ?? "", quantity])
    : Object.entries(updates ?? {});
  for (const [id, quantity] of wanted) {
    const found = changeLine(commerce.catalog(), cart, id, quantity);
    const line = { variantId: Number(id), quantity, properties: [] };
    if (!found && quantity > 0) addLine(commerce.catalog(), cart, line);
  }
  if (note !== undefined) cart.note = note;
  Object.assign(cart.attributes, attributes);
  return answer(shopfront, c, cart);
}

async function answer(
  shopfront: Shopfront,
  c: Context,
  cart: Cart,
  more: { cart_lines?: object[]; difference?: number } = {},
): Promise<Response> {
  const json = cartJson(shopfront.shop, cart, shopfront.linesOf(cart));
  return c.json({ ...json, ...(await sectionsOf(shopfront, c)), ...more });
}

/** Sections that a theme asks for along with a change of the cart. dev:api/ajax/section-rendering */
async function sectionsOf(shopfront: Shopfront, c: Context): Promise<{ sections?: object }> {
  const { sections } = await bodyOf(c);
  if (typeof sections !== "string" && !Array.isArray(sections)) return {};
  const names = Array.isArray(sections) ? sections.map(String) : sections.split(",");
  return { sections: await shopfront.sections(c, names, cartPage(shopfront, c)) };
}

/** JSON, or a form's fields. */
async function bodyOf(c: Context): Promise<Record<string, unknown>> {
  if (c.req.method === "GET") return {};
  if (!c.req.header("content-type")?.includes("json")) return c.req.parseBody();
  const body = await c.req.json<unknown>().catch(() => ({}));
  return typeof body === "object" && body !== null ? (body as Record<string, unknown>) : {};
}

function parse<Schema extends z.ZodType>(schema: Schema, body: unknown): z.output<Schema> {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new CartError(`${issue?.path.join(".") || "Parameter"}: ${issue?.message ?? "invalid"}`);
}

async function guarded(c: Context, work: () => Promise<Response>): Promise<Response> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof CartError)) throw error;
    const { status, message } = error;
    return c.json({ status, message: "Cart Error", description: message }, status);
  }
}

function recommendations({ commerce }: Shopfront, c: Context): Response {
  const { products } = commerce.catalog();
  const product = products.find(({ id }) => id === Number(c.req.query("product_id")));
  if (!c.req.query("product_id"))
    return c.json({ status: 422, message: "Missing", description: "product_id" }, 422);
  if (!product) return c.json({ status: 404, message: "No such product" }, 404);
  const limit = Number(c.req.query("limit") ?? 10);
  const intent = c.req.query("intent") ?? "related";
  const isIntent = intent === "related" || intent === "complementary";
  if (!isIntent || !(limit >= 1 && limit <= 10))
    return c.json(
      {
        status: 422,
        message: "Invalid parameter",
        description: "limit is 1 to 10, intent related or complementary",
      },
      422,
    );
  const found = recommend(products, product, { intent, limit });
  return c.json({ intent, products: found.map(productJson) });
}

const SUGGESTED = 6;

/** Predictive search. dev:api/ajax/reference/predictive-search */
function suggestions({ commerce }: Shopfront, c: Context): Response {
  const found = searchProducts(commerce.catalog().products, c.req.query("q") ?? "");
  const products = found.slice(0, SUGGESTED).map(productJson);
  const queries = [...new Set(found.map(({ type }) => type))].slice(0, 3).map((text) => ({ text }));
  return c.json({
    resources: { results: { products, queries, collections: [], pages: [], articles: [] } },
  });
}
