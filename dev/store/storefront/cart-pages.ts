import { html } from "hono/html";
import { toPrice } from "../catalog/money";
import { ONLY } from "../catalog/products";
import type { Shop } from "../catalog/shops";
import { totalMinor, type Cart, type Line } from "./cart";
import { DELIVERY, type Checkout } from "./checkout";
import { checkoutData } from "./checkout-data";
import type { Customer } from "./customers";
import type { Page } from "./page";
import { picture } from "./pages";
import { cartData } from "./pixel-data";

export const cartPage = (shop: Shop, cart: Cart): Page => ({
  title: "Cart",
  body: html`<h1>Cart</h1>
    ${
      cart.lines.length === 0
        ? html`<p>It is empty. <a href="/collections/all">See everything</a></p>`
        : html`<ul class="lines">
              ${cart.lines.map((line) => cartLine(shop, line))}
            </ul>
            <div class="total">
              <p>Subtotal <strong>${toPrice(totalMinor(cart.lines), shop)}</strong></p>
              <a class="button" href="/checkout">Check out</a>
            </div>`
    }`,
  events: [{ name: "cart_viewed", data: { cart: cartData(shop, cart) } }],
});

const cartLine = (shop: Shop, line: Line) =>
  html`<li>
    ${picture(line.product)}
    <div>
      <a href="/products/${line.product.handle}">${line.product.title}</a>
      <small>${variantTitle(line)}</small>
      <button class="link" data-remove="${line.variant.id}">Remove</button>
    </div>
    <span>${line.quantity} × ${toPrice(line.variant.priceMinor, shop)}</span>
  </li>`;

const variantTitle = ({ variant }: Line) => (variant.title === ONLY ? "" : variant.title);

export const checkoutPage = (
  shop: Shop,
  checkout: Checkout,
  customer: Customer | undefined,
): Page => ({
  title: "Checkout",
  body: html`<div class="checkout">
    <form id="checkout" data-token="${checkout.token}">
      <h1>Checkout</h1>
      <fieldset data-event="checkout_contact_info_submitted">
        <legend>Contact</legend>
        <label
          >Email
          <input
            type="email"
            name="email"
            required
            autocomplete="email"
            value="${customer?.email ?? ""}"
        /></label>
      </fieldset>
      <fieldset data-event="checkout_address_info_submitted">
        <legend>Delivery</legend>
        <label>Name <input name="name" required value="${customer?.name ?? ""}" /></label>
        <label>Street and number <input name="street" required autocomplete="off" /></label>
        <label>City <input name="city" required value="${shop.city}" /></label>
        <label>Country <input name="country" readonly value="${shop.country}" /></label>
      </fieldset>
      <fieldset data-event="checkout_shipping_info_submitted">
        <legend>Shipping</legend>
        ${DELIVERY.map(
          ({ handle, title, priceMinor }) =>
            html`<label class="choice">
              <input
                type="radio"
                name="delivery"
                value="${handle}"
                ${handle === checkout.delivery.handle ? "checked" : ""}
              />
              <span>${title}</span><span>${toPrice(priceMinor, shop)}</span>
            </label>`,
        )}
      </fieldset>
      <p class="hint">No payment is taken here: the order is a pretence.</p>
      <button>Pay now</button>
    </form>
    ${summary(shop, checkout)}
  </div>`,
  events: [
    { name: "checkout_started", data: { checkout: checkoutData(shop, checkout, customer) } },
  ],
});

export const thankYouPage = (
  shop: Shop,
  checkout: Checkout,
  customer: Customer | undefined,
): Page => ({
  title: "Thank you",
  body: html`<div class="checkout">
    <section>
      <h1>Thank you</h1>
      <p>Your order is number ${checkout.orderId}. It would be on its way now.</p>
      <a class="button" href="/collections/all">Back to the shop</a>
    </section>
    ${summary(shop, checkout)}
  </div>`,
  events: checkout.isThanked
    ? []
    : [{ name: "checkout_completed", data: { checkout: checkoutData(shop, checkout, customer) } }],
});

const summary = (shop: Shop, { lines, delivery, orderId }: Checkout) => {
  const subtotal = totalMinor(lines);
  const row = (label: string, minor: number) =>
    html`<p>${label} <strong>${toPrice(minor, shop)}</strong></p>`;
  return html`<aside>
    <ul class="lines">
      ${lines.map(
        (line) =>
          html`<li>
            ${picture(line.product)}
            <div>${line.product.title} <small>${variantTitle(line)}</small></div>
            <span>${line.quantity} × ${toPrice(line.variant.priceMinor, shop)}</span>
          </li>`,
      )}
    </ul>
    ${row("Subtotal", subtotal)}
    ${
      orderId === null
        ? row("Shipping from", delivery.priceMinor)
        : html`${row("Shipping", delivery.priceMinor)}
          ${row("Total", subtotal + delivery.priceMinor)}`
    }
  </aside>`;
};
