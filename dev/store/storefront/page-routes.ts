import { Hono, type Context } from "hono";
import { isListed, type Product } from "../catalog/model";
import { collectionDrop, productDrop } from "./drops";
import {
  filtersOf,
  listProducts,
  readListingQuery,
  recommend,
  searchProducts,
  SORTS,
} from "./listing";
import type { PageModel } from "./page-model";
import { collectionData, searchData, variantData } from "./pixel-data";
import type { Shopfront } from "./shopfront";

const PAGE_SIZE = 24;
const FEATURED = 8;

export const missingPage = (): PageModel => ({
  ...{ title: "Not found", template: "404", sections: ["main-404"], drops: {} },
});

/** Looking around: home, collections, products, search. */
export function pageRoutes(shopfront: Shopfront): Hono {
  const { commerce, show } = shopfront;
  const routes = new Hono();
  routes
    .get("/", (c) => show(c, homePage(shopfront)))
    .get("/collections", (c) => show(c, collectionsPage(shopfront)))
    .get("/collections/:handle", (c) => {
      const page = collectionPage(shopfront, c);
      return page ? show(c, page) : show(c, missingPage(), 404);
    })
    .get("/products/:handle", (c) => {
      const found = visible(shopfront).find(({ handle }) => handle === c.req.param("handle"));
      if (!found) return show(c, missingPage(), 404);
      return show(c, productPage(shopfront, found, Number(c.req.query("variant"))));
    })
    .get("/search", (c) => show(c, searchPage(shopfront, c)))
    .get("/recommendations/products", (c) => {
      const product = commerce
        .catalog()
        .products.find(({ id }) => id === Number(c.req.query("product_id")));
      if (!product || !c.req.query("section_id")) return c.text("Not Found", 404);
      return show(c, productPage(shopfront, product, undefined));
    });
  return routes;
}

/** Unlisted products can be reached by those who know where they are. */
const visible = ({ commerce }: Shopfront): readonly Product[] =>
  commerce.catalog().products.filter(({ publishedAt }) => publishedAt !== null);

function soldBy({ commerce }: Shopfront): (productId: number) => number {
  const sold = new Map<number, number>();
  for (const { lines } of commerce.orders())
    for (const { productId, quantity } of lines)
      sold.set(productId, (sold.get(productId) ?? 0) + quantity);
  return (productId) => sold.get(productId) ?? 0;
}

function homePage(shopfront: Shopfront): PageModel {
  const { shop, commerce } = shopfront;
  const { products, collections } = commerce.catalog();
  const listed = products.filter(isListed);
  const byId = new Map(listed.map((product) => [product.id, product]));
  const newest = listed.toSorted(
    (one, other) => Date.parse(other.createdAt) - Date.parse(one.createdAt),
  );
  const tiles = collections.map((collection) => {
    const first = collection.productIds.map((id) => byId.get(id)).find(Boolean);
    return { ...collectionDrop(collection, first ? [first] : [], collection.productIds.length) };
  });
  return {
    ...{ title: shop.tagline, template: "index" },
    sections: ["hero", "featured-products", "new-arrivals", "collection-list"],
    drops: {
      hero_product: listed[0] ? productDrop(listed[0]) : null,
      featured_products: listed.slice(0, FEATURED).map((product) => productDrop(product)),
      new_products: newest.slice(0, FEATURED / 2).map((product) => productDrop(product)),
      collection_tiles: tiles.filter(({ products: [first] }) => first),
    },
  };
}

function collectionsPage(shopfront: Shopfront): PageModel {
  const { drops } = homePage(shopfront);
  return {
    title: "Collections",
    template: "list-collections",
    sections: ["collection-list"],
    drops,
  };
}

/** `all` is every product, as at Shopify, where a shop has no collection of that name. */
function collectionPage(shopfront: Shopfront, c: Context): PageModel | undefined {
  const { shop, commerce } = shopfront;
  const { products, collections } = commerce.catalog();
  const handle = c.req.param("handle");
  const all = {
    ...{ id: shop.id, handle: "all", title: "Everything", description: "", updatedAt: "" },
    productIds: products.map(({ id }) => id),
  };
  const collection = [...collections, all].find((each) => each.handle === handle);
  if (!collection) return undefined;
  const members = new Set(collection.productIds);
  const own = products.filter(({ id }) => members.has(id));
  const search = new URL(c.req.url).searchParams;
  const query = readListingQuery(search);
  const found = listProducts(own, query, soldBy(shopfront));
  const pages = Math.max(1, Math.ceil(found.length / PAGE_SIZE));
  const page = Math.min(Math.max(1, Math.floor(Number(search.get("page") ?? 1)) || 1), pages);
  const shown = found.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE);
  return {
    ...{ title: collection.title, template: "collection", sections: ["main-collection"] },
    drops: {
      collection: { ...collectionDrop(collection, shown, found.length), sort_by: query.sortBy },
      filters: filtersOf(own, query),
      price: { from: search.get("filter.v.price.gte"), to: search.get("filter.v.price.lte") },
      sort_options: Object.entries(SORTS).map(([value, name]) => ({ value, name })),
      paginate: paginateDrop(search, page, pages),
    },
    events: [
      { name: "collection_viewed", data: { collection: collectionData(shop, collection, shown) } },
    ],
  };
}

function paginateDrop(search: URLSearchParams, page: number, pages: number) {
  const link = (to: number) => {
    const query = new URLSearchParams(search);
    query.set("page", String(to));
    return `?${query.toString()}`;
  };
  return {
    ...{ current_page: page, pages },
    previous: page > 1 ? { url: link(page - 1) } : null,
    next: page < pages ? { url: link(page + 1) } : null,
  };
}

export function productPage(
  { shop, commerce }: Shopfront,
  product: Product,
  variantId: number | undefined,
): PageModel {
  const drop = productDrop(product, variantId);
  const variant =
    product.variants.find(({ id }) => id === drop.selected_or_first_available_variant?.id) ??
    product.variants[0];
  const related = recommend(commerce.catalog().products, product, { intent: "related", limit: 4 });
  return {
    ...{ title: product.title, template: "product" },
    sections: ["main-product", "product-recommendations"],
    drops: {
      product: drop,
      recommendations: { products: related.map((each) => productDrop(each)), intent: "related" },
    },
    events: [
      { name: "product_viewed", data: { productVariant: variantData(shop, product, variant) } },
    ],
  };
}

function searchPage(shopfront: Shopfront, c: Context): PageModel {
  const { shop, commerce } = shopfront;
  const terms = c.req.query("q")?.trim() ?? "";
  const found = searchProducts(commerce.catalog().products, terms);
  const shown = found.slice(0, PAGE_SIZE);
  return {
    ...{
      title: terms ? `Search: ${terms}` : "Search",
      template: "search",
      sections: ["main-search"],
    },
    drops: {
      search: { terms, performed: terms !== "", results_count: found.length },
      results: shown.map((product) => productDrop(product)),
    },
    events: terms
      ? [{ name: "search_submitted", data: { searchResult: searchData(shop, terms, shown) } }]
      : [],
  };
}
