/** The theme's own script: the cart, the checkout, and what pixels are told of them. */
import { startPixelHost, type PageInfo, type Publish } from "../pixel-host/host";

type PageEvent = { name: string; data: object };
type CartAnswer = {
  item_count?: number;
  cart_lines?: object[];
  difference?: number;
  sections?: Record<string, string>;
  description?: string;
};
type CheckoutAnswer = {
  next?: string;
  html?: string;
  event?: string | null;
  errors?: { field: string; message: string; type: string }[];
  checkout?: object;
};

function pageData(): { info: PageInfo; events: PageEvent[] } {
  const json = document.getElementById("page")?.textContent ?? "";
  return JSON.parse(json) as { info: PageInfo; events: PageEvent[] };
}

async function post(
  path: string,
  body: object,
): Promise<{ ok: boolean; answer: CartAnswer & CheckoutAnswer }> {
  const headers = { "content-type": "application/json" };
  const response = await fetch(path, { method: "POST", headers, body: JSON.stringify(body) });
  return { ok: response.ok, answer: (await response.json()) as CartAnswer & CheckoutAnswer };
}

function notify(text: string, link?: { label: string; href: string }): void {
  const notice = document.getElementById("notice");
  const anchor = Object.assign(document.createElement("a"), { href: link?.href ?? "" });
  anchor.textContent = link?.label ?? "";
  notice?.replaceChildren(`${text} `, ...(link ? [anchor] : []));
  notice?.removeAttribute("hidden");
}

async function showCount(): Promise<void> {
  const cart = (await (await fetch("/cart.js")).json()) as CartAnswer;
  const counter = document.getElementById("cart-count");
  if (counter) counter.textContent = String(cart.item_count);
}

/** Which variant the chosen options are; the price follows it. */
function followVariants(form: HTMLFormElement): void {
  const json = document.getElementById("variants")?.textContent;
  if (!json) return;
  const variants = JSON.parse(json) as {
    id: number;
    options: string[];
    available: boolean;
    price_label: string;
  }[];
  const button = form.querySelector<HTMLButtonElement>("button:not([type])");
  form.addEventListener("change", () => {
    const chosen = [...form.querySelectorAll<HTMLSelectElement>("select[data-option]")].map(
      (each) => each.value,
    );
    const variant = variants.find(({ options }) =>
      options.every((value, i) => value === chosen[i]),
    );
    const id = form.querySelector<HTMLInputElement>("input[name=id]");
    const price = document.querySelector(".price .now");
    if (button) {
      button.disabled = !variant?.available;
      button.textContent = variant
        ? variant.available
          ? "Add to cart"
          : "Sold out"
        : "Unavailable";
    }
    if (!variant) return;
    if (id) id.value = String(variant.id);
    if (price) price.textContent = variant.price_label;
    history.replaceState(null, "", `?variant=${variant.id}`);
  });
}

function sellProduct(form: HTMLFormElement, publish: Publish): void {
  const add = async () => {
    const data = new FormData(form);
    const item = { id: Number(data.get("id")), quantity: Number(data.get("quantity") ?? 1) };
    const { ok, answer } = await post("/cart/add.js", { items: [item] });
    if (!ok) return notify(answer.description ?? "It could not be added.");
    for (const cartLine of answer.cart_lines ?? []) publish("product_added_to_cart", { cartLine });
    await showCount();
    notify("It is in your cart.", { label: "View cart", href: "/cart" });
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void add();
  });
  followVariants(form);
}

/** Quantities and removals; the cart's section comes back with the answer. */
function followCart(publish: Publish): void {
  const change = async (id: string, quantity: number) => {
    const body = { id, quantity, sections: "main-cart" };
    const { ok, answer } = await post("/cart/change.js", body);
    if (!ok) notify(answer.description ?? "It could not be changed.");
    const name =
      (answer.difference ?? 0) > 0 ? "product_added_to_cart" : "product_removed_from_cart";
    for (const cartLine of answer.cart_lines ?? []) publish(name, { cartLine });
    const section = document.getElementById("shopify-section-main-cart");
    if (ok && section && answer.sections?.["main-cart"])
      section.outerHTML = answer.sections["main-cart"];
    await showCount();
  };
  document.addEventListener("click", ({ target }) => {
    const id = target instanceof HTMLElement ? target.dataset.remove : undefined;
    if (id) void change(id, 0);
  });
  document.addEventListener("change", ({ target }) => {
    if (!(target instanceof HTMLInputElement) || !target.dataset.line) return;
    void change(target.dataset.line, Number(target.value));
  });
}

/** Each step is submitted by its button; the page's main part is then the next step. */
function followCheckout(publish: Publish): void {
  const submit = async (form: HTMLFormElement, step: string) => {
    const fields = Object.fromEntries(
      [...new FormData(form)].filter(
        (field): field is [string, string] => typeof field[1] === "string",
      ),
    );
    const path = location.pathname;
    if (step === "payment") publish("payment_info_submitted", { checkout: latest });
    const { answer } = await post(path, { step, fields });
    if (answer.next) return location.assign(answer.next);
    if (answer.checkout) latest = answer.checkout;
    for (const { field, message, type } of answer.errors ?? [])
      publish("alert_displayed", { alert: { type, target: `$.${field}`, value: null, message } });
    if (answer.event && step !== "payment") publish(answer.event, { checkout: latest });
    const section = document.getElementById("shopify-section-main-checkout");
    if (section && answer.html) section.outerHTML = answer.html;
    document
      .querySelector<HTMLElement>(
        "[aria-invalid=true], main input:not([type=hidden]):not([name=discount])",
      )
      ?.focus();
  };
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || !form.dataset.step) return;
    event.preventDefault();
    const { submitter } = event;
    void submit(form, submitter?.dataset.step ?? form.dataset.step);
  });
}

function followWishes(publish: (name: string, data: object) => void): void {
  document.addEventListener("click", ({ target }) => {
    const button = target instanceof Element ? target.closest<HTMLElement>("[data-wish]") : null;
    if (!button) return;
    const isWished = button.getAttribute("aria-pressed") !== "true";
    button.setAttribute("aria-pressed", String(isWished));
    button.textContent = isWished ? "On your wishlist" : "Add to wishlist";
    const name = isWished ? "pixelnova:wishlist_added" : "pixelnova:wishlist_removed";
    publish(name, { productId: Number(button.dataset.wish) });
  });
}

/** The pictures of a product, and the buttons that count its quantity up and down. */
function followProduct(): void {
  const gallery = document.querySelector(".gallery");
  gallery?.addEventListener("click", ({ target }) => {
    const button = target instanceof Element && target.closest<HTMLElement>(".picture");
    const picture = gallery.querySelector("img");
    if (!button || !picture) return;
    if (button.dataset.view) picture.className = button.dataset.view;
    else gallery.querySelector("dialog")?.showModal();
  });
  document.addEventListener("click", ({ target }) => {
    const by = target instanceof HTMLElement ? Number(target.dataset.by ?? 0) : 0;
    const input = document.querySelector<HTMLInputElement>("#add-to-cart input[name=quantity]");
    if (by > 0) input?.stepUp();
    if (by < 0) input?.stepDown();
  });
}

const { info, events } = pageData();
const publish = startPixelHost(info);
let latest =
  events[0]?.data && "checkout" in events[0].data ? (events[0].data.checkout as object) : {};
publish("page_viewed", {});
for (const { name, data } of events) publish(name, data);

const product = document.querySelector<HTMLFormElement>("#add-to-cart");
if (product) sellProduct(product, publish);
if (info.isCheckout) followCheckout(publish);
else followCart(publish);
document.querySelector("#filters")?.addEventListener("change", ({ currentTarget }) => {
  if (currentTarget instanceof HTMLFormElement) currentTarget.requestSubmit();
});
followProduct();
followWishes((name, data) => {
  const { Shopify } = window as Window & { Shopify?: { analytics?: { publish: Publish } } };
  Shopify?.analytics?.publish(name, data);
});
