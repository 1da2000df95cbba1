import { isAvailable, ONLY, type Collection, type Product, type Variant } from "../catalog/model";
import type { Shop } from "../catalog/shops";
import { itemCount, totalMinor, type Cart, type Line } from "./cart";

/** What Liquid and the Ajax API know of things, by Shopify's names; prices are whole minor units.
 * dev:api/liquid/objects, dev:api/ajax/reference/product */

const imageOf = ({ handle }: Product) => `/images/${handle}.svg`;

export function variantDrop(product: Product, variant: Variant) {
  const values = variant.options.map(({ value }) => value);
  return {
    ...{ id: variant.id, title: variant.title, sku: variant.sku, barcode: variant.barcode },
    ...{ option1: values[0] ?? ONLY, option2: values[1] ?? null, option3: values[2] ?? null },
    options: values.length > 0 ? values : [ONLY],
    ...{ name: variant.title === ONLY ? product.title : `${product.title} - ${variant.title}` },
    ...{ public_title: variant.title === ONLY ? null : variant.title, taxable: true },
    ...{ price: variant.priceMinor, compare_at_price: variant.compareAtMinor },
    ...{ available: isAvailable(variant), requires_shipping: true, weight: 0 },
    inventory_management: variant.tracked ? "shopify" : null,
    ...{ inventory_quantity: variant.inventoryQuantity, featured_image: null },
    inventory_policy: variant.inventoryPolicy.toLowerCase(),
    url: `/products/${product.handle}?variant=${variant.id}`,
  };
}
export type VariantDrop = ReturnType<typeof variantDrop>;

/** The body of `GET /products/{handle}.js`. */
export function productJson(product: Product) {
  const prices = product.variants.map(({ priceMinor }) => priceMinor);
  const before = product.variants.map(({ compareAtMinor }) => compareAtMinor ?? 0);
  return {
    ...{ id: product.id, title: product.title, handle: product.handle },
    ...{ description: `<p>${product.description}</p>`, vendor: product.vendor },
    ...{ type: product.type, tags: product.tags, published_at: product.publishedAt },
    ...{ created_at: product.createdAt, price: Math.min(...prices) },
    ...{ price_min: Math.min(...prices), price_max: Math.max(...prices) },
    price_varies: Math.min(...prices) !== Math.max(...prices),
    compare_at_price: Math.max(...before) || null,
    ...{ compare_at_price_min: Math.min(...before), compare_at_price_max: Math.max(...before) },
    available: product.variants.some(isAvailable),
    variants: product.variants.map((variant) => variantDrop(product, variant)),
    images: [imageOf(product)],
    featured_image: imageOf(product),
    options: product.options.map(({ name, values }, i) => ({ name, position: i + 1, values })),
    url: `/products/${product.handle}`,
  };
}

/** What a template sees: more than the Ajax API gives. */
export function productDrop(product: Product, variantId?: number) {
  const json = productJson(product);
  const shown =
    json.variants.find(({ id }) => id === variantId) ??
    json.variants.find(({ available }) => available) ??
    json.variants[0];
  return {
    ...json,
    content: json.description,
    text: product.description,
    featured_image: { src: imageOf(product), alt: product.title, width: 400, height: 400 },
    background: product.colors[0],
    has_only_default_variant: product.options.length === 0,
    selected_variant: json.variants.find(({ id }) => id === variantId) ?? null,
    selected_or_first_available_variant: shown,
    options_with_values: json.options.map((option, i) => ({
      ...option,
      selected_value: shown?.options[i],
    })),
  };
}
export type ProductDrop = ReturnType<typeof productDrop>;

export const collectionDrop = (
  collection: Collection,
  products: readonly Product[],
  count: number,
) => ({
  ...{ id: collection.id, handle: collection.handle, title: collection.title },
  ...{ description: collection.description, url: `/collections/${collection.handle}` },
  ...{ products_count: count, all_products_count: collection.productIds.length },
  products: products.map((product) => productDrop(product)),
});

/** A line as the Ajax API and Liquid have it. */
export const lineDrop = ({ key, product, variant, quantity, properties }: Line) => ({
  ...{ id: variant.id, variant_id: variant.id, product_id: product.id, key, quantity },
  properties: Object.fromEntries(properties.map(({ name, value }) => [name, value])),
  ...{ title: product.title, product_title: product.title, vendor: product.vendor },
  ...{ handle: product.handle, sku: variant.sku, product_type: product.type },
  variant_title: variant.title === ONLY ? null : variant.title,
  product_has_only_default_variant: product.options.length === 0,
  ...{ price: variant.priceMinor, original_price: variant.priceMinor },
  ...{ final_price: variant.priceMinor, final_line_price: variant.priceMinor * quantity },
  ...{ line_price: variant.priceMinor * quantity, discounts: [], gift_card: false },
  ...{ image: imageOf(product), url: `/products/${product.handle}?variant=${variant.id}` },
  options_with_values: variant.options,
  requires_shipping: true,
});

/** The body of `GET /cart.js`. */
export const cartJson = ({ currency }: Shop, cart: Cart, lines: readonly Line[]) => ({
  ...{ token: cart.token, note: cart.note, attributes: cart.attributes, currency },
  ...{ original_total_price: totalMinor(lines), total_price: totalMinor(lines) },
  ...{ total_discount: 0, total_weight: 0, item_count: itemCount(lines) },
  items: lines.map(lineDrop),
  requires_shipping: true,
  items_subtotal_price: totalMinor(lines),
  cart_level_discount_applications: [],
});
