import { html, raw } from "hono/html";
import type { PageInfo } from "../pixel-host/host";
import type { Shop } from "../catalog/shops";

export type Html = ReturnType<typeof html>;

/** An event that a page tells pixels once it is open. */
export type PageEvent = { name: string; data: object };
export type Page = {
  title: string;
  body: Html;
  /** What happened by opening this page, besides `page_viewed`. */
  events?: PageEvent[];
};

/** The page around a page: head, navigation, and what the page's script needs to know. */
export const storePage = (
  shop: Shop,
  info: PageInfo,
  items: number,
  { title, body, events }: Page,
) =>
  html`<!doctype html>
    <html lang="en" style="--accent: ${shop.accent}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} – ${shop.name}</title>
        <link rel="stylesheet" href="/storefront.css" />
        <link rel="icon" href="data:," />
        <script id="page" type="application/json">
          ${raw(asJson({ info, events: events ?? [] }))}
        </script>
        <script src="/storefront.js" defer></script>
      </head>
      <body>
        ${navigation(shop, items)}
        <main>${body}</main>
        <footer>
          <p><strong>${shop.name}</strong> ${shop.city}, ${shop.country}</p>
          <p>A shop for trying things out: nothing is sold, nothing is charged.</p>
        </footer>
        <div id="notice" role="status" hidden></div>
      </body>
    </html>`;

const navigation = (shop: Shop, items: number) =>
  html`<header class="site">
    <a class="name" href="/">${shop.name}</a>
    <nav aria-label="Collections">
      <a href="/collections/all">All</a>
      ${shop.collections.map(
        ({ handle, title }) => html`<a href="/collections/${handle}">${title}</a>`,
      )}
    </nav>
    <form action="/search" role="search">
      <input type="search" name="q" placeholder="Search" aria-label="Search the shop" />
    </form>
    <div class="own">
      <a href="/account">Account</a>
      <a href="/cart">Cart <span id="cart-count">${items}</span></a>
    </div>
  </header>`;

const asJson = (value: unknown) => JSON.stringify(value).replaceAll("<", "\\u003c");
