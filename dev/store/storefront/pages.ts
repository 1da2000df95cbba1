import { html } from "hono/html";
import { toPrice } from "../catalog/money";
import type { Collection, Product } from "../catalog/products";
import type { Shop } from "../catalog/shops";
import { CUSTOMERS, type Customer } from "./customers";
import type { Html, Page } from "./page";
import { collectionData, searchData, variantData } from "./pixel-data";

const FEATURED = 6;

export function homePage(shop: Shop): Page {
  const hero = shop.products[0];
  return {
    title: shop.tagline,
    body: html`<section class="hero" style="background: ${hero?.colors[0] ?? "none"}">
        <div>
          <h1>${shop.tagline}</h1>
          <p>Chosen by people who use it, and kept for good.</p>
          <a class="button" href="/collections/all">See everything</a>
        </div>
        ${hero && picture(hero)}
      </section>
      <section>
        <h2>This season</h2>
        ${grid(shop, shop.products.slice(0, FEATURED))}
      </section>
      <section>
        <h2>Collections</h2>
        <ul class="collections">
          ${shop.collections.map(collectionTile)}
        </ul>
      </section>`,
  };
}

const collectionTile = ({ handle, title, products }: Collection) =>
  html`<li>
    <a href="/collections/${handle}">
      ${products[0] && picture(products[0])}
      <strong>${title}</strong><span>${products.length} products</span>
    </a>
  </li>`;

export const collectionPage = (shop: Shop, collection: Collection): Page => ({
  title: collection.title,
  body: html`<h1>${collection.title}</h1>
    ${grid(shop, collection.products)}`,
  events: [{ name: "collection_viewed", data: { collection: collectionData(shop, collection) } }],
});

export function productPage(shop: Shop, product: Product): Page {
  const [first, ...others] = product.variants;
  const related = shop.products.filter(
    ({ type, id }) => type === product.type && id !== product.id,
  );
  return {
    title: product.title,
    body: html`<article class="product">
        ${picture(product)}
        <div>
          <p class="type">${product.type}</p>
          <h1>${product.title}</h1>
          <p class="price">${toPrice(first.priceMinor, shop)}</p>
          <p>${product.description}</p>
          <form id="add-to-cart">
            ${
              others.length === 0
                ? html`<input type="hidden" name="id" value="${first.id}" />`
                : variantPicker(shop, product)
            }
            <button>Add to cart</button>
          </form>
        </div>
      </article>
      ${
        related.length > 0
          ? html`<h2>Goes with it</h2>
              ${grid(shop, related)}`
          : ""
      }`,
    events: [
      { name: "product_viewed", data: { productVariant: variantData(shop, product, first) } },
    ],
  };
}

const variantPicker = (shop: Shop, product: Product) =>
  html`<label
    >Choose
    <select name="id">
      ${product.variants.map(
        ({ id, title, priceMinor }) =>
          html`<option value="${id}">${title} · ${toPrice(priceMinor, shop)}</option>`,
      )}
    </select>
  </label>`;

export function searchPage(shop: Shop, query: string): Page {
  const found = search(shop, query);
  return {
    title: `Search: ${query}`,
    body: html`<h1>${found.length} ${found.length === 1 ? "result" : "results"} for “${query}”</h1>
      ${
        found.length > 0
          ? grid(shop, found)
          : html`<p>Nothing by that name. <a href="/collections/all">See everything</a></p>`
      }`,
    events: [{ name: "search_submitted", data: { searchResult: searchData(shop, query, found) } }],
  };
}

function search(shop: Shop, query: string): Product[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  return shop.products.filter(({ title, type, description }) => {
    const text = `${title} ${type} ${description}`.toLowerCase();
    return words.length > 0 && words.every((word) => text.includes(word));
  });
}

export const accountPage = (customer: Customer | undefined): Page => ({
  title: "Account",
  body: html`<section class="narrow">
    <h1>${customer ? `Hello, ${customer.name}` : "Log in"}</h1>
    <p>
      ${
        customer
          ? `You are logged in as ${customer.email}, customer ${customer.id}.`
          : "This shop has no passwords. Be one of its customers:"
      }
    </p>
    ${
      customer
        ? html`<form method="post" action="/account/logout"><button>Log out</button></form>`
        : CUSTOMERS.map(
            ({ id, name, email }) =>
              html`<form method="post" action="/account/login">
                <input type="hidden" name="id" value="${id}" />
                <button class="quiet">${name} <small>${email}</small></button>
              </form>`,
          )
    }
  </section>`,
});

export const missingPage = (): Page => ({
  title: "Not found",
  body: html`<h1>There is nothing here</h1>
    <p><a href="/">Back to the shop</a></p>`,
});

export const picture = ({ handle, title }: Product): Html =>
  html`<img src="/images/${handle}.svg" alt="${title}" width="400" height="400" />`;

const grid = (shop: Shop, products: readonly Product[]) =>
  html`<ul class="grid">
    ${products.map(
      (product) =>
        html`<li>
          <a href="/products/${product.handle}">
            ${picture(product)}
            <strong>${product.title}</strong>
            <span>${toPrice(product.variants[0].priceMinor, shop)}</span>
          </a>
        </li>`,
    )}
  </ul>`;
