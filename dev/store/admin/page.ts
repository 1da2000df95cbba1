import { html, raw } from "hono/html";
import type { Shop } from "../catalog/shops";
import { SHOPIFY_PARAMETERS } from "./frame-address";

type Html = ReturnType<typeof html>;

const APP_NAME = "Pixelnova";

/** Where things are for one shop's admin. */
export type ShopLinks = { home: string; app: string; storefront: string };

const layout = (title: string, body: Html) =>
  html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        <link rel="stylesheet" href="/admin.css" />
      </head>
      <body>
        ${body}
      </body>
    </html>`;

/** The first page: which shop's admin to open. */
export const pickerPage = (shops: readonly { shop: Shop; isInstalled: boolean }[]) =>
  layout(
    "Choose a store",
    html`<main class="picker">
      <h1>Choose a store</h1>
      <p class="muted">A stand-in for the Shopify admin, with two stores to try the app in.</p>
      <ul>
        ${shops.map(
          ({ shop, isInstalled }) =>
            html`<li>
              <a class="card store" href="/store/${shop.handle}">
                ${avatar(shop)}
                <span><strong>${shop.name}</strong><small>${shop.domain}</small></span>
                <span class="badge ${isInstalled ? "on" : ""}"
                  >${isInstalled ? "Installed" : "Not installed"}</span
                >
              </a>
            </li>`,
        )}
      </ul>
    </main>`,
  );

/** A store without the app: what installing it grants. */
export const installPage = (shop: Shop, links: ShopLinks, scopes: readonly string[]) =>
  chrome(
    shop,
    links,
    html`<section class="install card">
      <div class="app-icon" aria-hidden="true">P</div>
      <h1>Install ${APP_NAME}?</h1>
      <p>${shop.name} will let the app:</p>
      <ul>
        ${scopes.map((scope) => html`<li>${describe(scope)} <code>${scope}</code></li>`)}
      </ul>
      <form method="post" action="${links.home}/install">
        <button class="primary">Install</button>
      </form>
    </section>`,
  );

/** A store with the app open in its frame, which starts once the page's script listens. */
export const appPage = (shop: Shop, links: ShopLinks, frame: string) =>
  chrome(
    shop,
    links,
    html`<header class="app-bar">
        <span class="app-icon" aria-hidden="true">P</span>
        <h1>${APP_NAME}<span id="app-title"></span></h1>
        <div id="app-actions"></div>
      </header>
      <div id="loading" hidden></div>
      <div id="save-bar" hidden>
        <span>Unsaved changes</span>
        <button class="primary">Save</button>
        <button>Discard</button>
      </div>
      <iframe id="app" title="${APP_NAME}" data-src="${frame}" allow="clipboard-write"></iframe>
      <div id="toasts" role="status"></div>
      <script id="settings" type="application/json">
        ${raw(pageSettings(links, frame))}
      </script>
      <script src="/admin.js"></script>`,
    html`<form method="post" action="${links.home}/uninstall">
      <button>Uninstall app</button>
    </form>`,
  );

/** A part of the admin that this stand-in leaves out. */
export const elsewherePage = (shop: Shop, links: ShopLinks, path: string) =>
  chrome(
    shop,
    links,
    html`<section class="install card">
      <h1>Not part of this stand-in</h1>
      <p>In Shopify's admin, <code>${path}</code> would open here.</p>
      <a class="button primary" href="${links.app}">Back to ${APP_NAME}</a>
    </section>`,
  );

const pageSettings = (links: ShopLinks, frame: string) =>
  JSON.stringify({
    appOrigin: new URL(frame).origin,
    appPath: links.app,
    idTokenPath: `${links.home}/id-token`,
    home: links.home,
    shopifyParameters: SHOPIFY_PARAMETERS,
  }).replaceAll("<", "\\u003c");

const chrome = (shop: Shop, links: ShopLinks, content: Html, footer: Html | string = "") =>
  layout(
    `${shop.name} · ${APP_NAME}`,
    html`<div class="admin">
      <input type="checkbox" id="menu-open" aria-label="Menu" />
      <header class="top-bar">
        <label for="menu-open" aria-hidden="true"><span></span></label>
        <a class="brand" href="/">Stand-in admin</a>
        <span class="store-name">${avatar(shop)}<span>${shop.name}</span></span>
      </header>
      <nav class="side" aria-label="Admin">
        <a href="/">All stores</a>
        <a href="${links.storefront}" target="_blank" rel="noopener">Online store ↗</a>
        <a href="${links.home}/themes/current/editor">Customize theme</a>
        <a href="/control">Faults and clock</a>
        <h2>Apps</h2>
        <a class="app-link" href="${links.app}"><span class="app-icon">P</span>${APP_NAME}</a>
        <div id="app-navigation"></div>
        <div class="side-footer">${footer}</div>
      </nav>
      <main class="content">${content}</main>
    </div>`,
  );

const avatar = ({ name, accent }: Shop) =>
  html`<span class="avatar" style="background: ${accent}" aria-hidden="true"
    >${name
      .split(" ")
      .map((word) => word.charAt(0))
      .join("")}</span
  >`;

/** `read_customer_events` as a merchant would read it. */
function describe(scope: string): string {
  const [verb, ...subject] = scope.split("_");
  return `${verb === "write" ? "Edit" : "View"} ${subject.join(" ")}`;
}
