import { Hono, type Context } from "hono";
import { z } from "zod";
import { toPrice } from "../catalog/money";
import { isAvailable, type Product, type Variant } from "../catalog/model";
import type { Shop } from "../catalog/shops";
import { updateScopes } from "../installation";
import type { Platform } from "../platform";
import { activations } from "../theme/files";

const SHOWN = 50;
const Kind = z.enum(["product", "variant", "collection"]);
const Wanted = z.object({ type: Kind, ids: z.array(z.string()) });
const Scopes = z.object({
  grant: z.array(z.string()).default([]),
  revoke: z.array(z.string()).default([]),
});

/** What the admin's own dialogs ask for: resources to choose from, the theme extension's state, and
 * scopes. App Bridge hands the answers to the app. dev:api/app-bridge-library */
export function bridgeRoutes(platform: Platform): Hono {
  const shopOf = (c: Context) =>
    platform.shops.find(({ handle }) => handle === c.req.param("handle"));
  const routes = new Hono();
  routes
    .get("/:handle/extensions", (c) => {
      const shop = shopOf(c);
      return shop ? c.json(activations(platform, shop.domain)) : c.notFound();
    })
    .get("/:handle/scopes", (c) => {
      const shop = shopOf(c);
      return shop ? c.json(scopesOf(platform, shop)) : c.notFound();
    })
    .post("/:handle/scopes", async (c) => {
      const shop = shopOf(c);
      if (!shop || !platform.memory.state.installations[shop.domain]) return c.notFound();
      const { grant, revoke } = Scopes.parse(await c.req.json());
      const { granted } = scopesOf(platform, shop);
      const now = [...new Set([...granted, ...grant])].filter((each) => !revoke.includes(each));
      updateScopes(platform, shop, now);
      return c.json(scopesOf(platform, shop));
    })
    .get("/:handle/resources", (c) => {
      const shop = shopOf(c);
      const type = Kind.safeParse(c.req.query("type"));
      if (!shop || !type.success) return c.notFound();
      const words = (c.req.query("query") ?? "").toLowerCase();
      const found = resourcesOf(platform, shop, type.data).filter(({ title }) =>
        title.toLowerCase().includes(words),
      );
      return c.json(found.slice(0, SHOWN).map(({ id, title, detail }) => ({ id, title, detail })));
    })
    .post("/:handle/resources", async (c) => {
      const shop = shopOf(c);
      if (!shop) return c.notFound();
      const { type, ids } = Wanted.parse(await c.req.json());
      const all = new Map(
        resourcesOf(platform, shop, type).map((each) => [each.id, each.resource]),
      );
      return c.json(ids.flatMap((id) => all.get(id) ?? []));
    });
  return routes;
}

const scopesOf = ({ app, memory }: Platform, { domain }: Shop) => ({
  granted: memory.state.installations[domain]?.scopes ?? [],
  required: app.scopes,
  optional: [],
});

type Choosable = { id: string; title: string; detail: string; resource: object };

function resourcesOf(platform: Platform, shop: Shop, type: z.output<typeof Kind>): Choosable[] {
  const { products, collections } = platform.commerceOf(shop.domain).catalog();
  if (type === "collection")
    return collections.map(({ id, title, handle, productIds }) => {
      const gid = `gid://shopify/Collection/${id}`;
      const detail = `${productIds.length} products`;
      return {
        id: gid,
        title,
        detail,
        resource: { id: gid, title, handle, productsCount: productIds.length },
      };
    });
  const told = products.map((product) => ({ product, json: productResource(product) }));
  if (type === "product")
    return told.map(({ product, json }) => {
      const price = toPrice(product.variants[0].priceMinor, shop);
      return { id: json.id, title: product.title, detail: price, resource: json };
    });
  return told.flatMap(({ product, json }) =>
    product.variants.map((variant, i) => ({
      id: variantGid(variant),
      title: `${product.title} – ${variant.title}`,
      detail: toPrice(variant.priceMinor, shop),
      resource: { ...json.variants[i], product: { id: json.id } },
    })),
  );
}

const variantGid = ({ id }: Variant) => `gid://shopify/ProductVariant/${id}`;

const productResource = (product: Product) => ({
  ...{ id: `gid://shopify/Product/${product.id}`, title: product.title, handle: product.handle },
  ...{ vendor: product.vendor, productType: product.type, tags: product.tags },
  ...{ status: product.status, createdAt: product.createdAt, updatedAt: product.updatedAt },
  totalVariants: product.variants.length,
  images: [{ id: String(product.id), originalSrc: `/images/${product.handle}.svg` }],
  options: product.options,
  variants: product.variants.map((variant) => ({
    ...{ id: variantGid(variant), title: variant.title, sku: variant.sku },
    ...{ price: (variant.priceMinor / 100).toFixed(2), position: variant.position },
    ...{ availableForSale: isAvailable(variant), inventoryQuantity: variant.inventoryQuantity },
  })),
});
