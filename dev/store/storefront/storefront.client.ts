/** The storefront's own script: the cart, the checkout, and what pixels are told of them. */
import { startPixelHost, type PageInfo, type Publish } from "../pixel-host/host";

type PageEvent = { name: string; data: object };
type CartAnswer = { count: number; cartLine: object };

function pageData(): { info: PageInfo; events: PageEvent[] } {
  const json = document.getElementById("page")?.textContent ?? "";
  return JSON.parse(json) as { info: PageInfo; events: PageEvent[] };
}

async function post<Answer>(path: string, body: object): Promise<Answer> {
  const headers = { "content-type": "application/json" };
  const response = await fetch(path, { method: "POST", headers, body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`${path} answered ${response.status}`);
  return (await response.json()) as Answer;
}

function showCount(count: number): void {
  const counter = document.getElementById("cart-count");
  if (counter) counter.textContent = String(count);
}

function notify(text: string, link: { label: string; href: string }): void {
  const notice = document.getElementById("notice");
  const anchor = Object.assign(document.createElement("a"), { href: link.href });
  anchor.textContent = link.label;
  notice?.replaceChildren(`${text} `, anchor);
  notice?.removeAttribute("hidden");
}

function sellProduct(form: HTMLFormElement, publish: Publish): void {
  const add = async () => {
    const id = Number(new FormData(form).get("id"));
    const { count, cartLine } = await post<CartAnswer>("/cart/add.js", { id, quantity: 1 });
    publish("product_added_to_cart", { cartLine });
    showCount(count);
    notify("It is in your cart.", { label: "View cart", href: "/cart" });
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void add();
  });
}

function letRemove(publish: Publish): void {
  const remove = async (id: string) => {
    const { count, cartLine } = await post<CartAnswer>("/cart/change.js", { id, quantity: 0 });
    publish("product_removed_from_cart", { cartLine });
    showCount(count);
    const page = new DOMParser().parseFromString(await (await fetch("/cart")).text(), "text/html");
    const lines = page.querySelector("main")?.children ?? [];
    document.querySelector("main")?.replaceChildren(...lines);
  };
  document.querySelector("main")?.addEventListener("click", ({ target }) => {
    const id = target instanceof HTMLElement ? target.dataset.remove : undefined;
    if (id) void remove(id);
  });
}

/** Each part of the form is submitted once it is complete, the payment with the button. */
function followCheckout(form: HTMLFormElement, publish: Publish, data: object): void {
  const parts = new Map<HTMLFieldSetElement, string>();
  for (const part of form.querySelectorAll("fieldset"))
    parts.set(part, part.dataset.event ?? "checkout_started");
  const submitParts = (isDone: (part: HTMLFieldSetElement) => boolean) => {
    for (const [part, name] of [...parts].filter(([part]) => isDone(part))) {
      parts.delete(part);
      publish(name, data);
    }
  };
  form.addEventListener("change", ({ target }) =>
    submitParts((part) => target instanceof Node && part.contains(target) && isComplete(part)),
  );
  const pay = async () => {
    publish("payment_info_submitted", data);
    const delivery = new FormData(form).get("delivery");
    const path = `/checkouts/cn/${form.dataset.token ?? ""}`;
    await post(path, { delivery });
    location.assign(`${path}/thank-you`);
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    submitParts(() => true);
    void pay();
  });
}

const isComplete = (part: HTMLFieldSetElement) =>
  [...part.querySelectorAll("input")].every((input) => input.validity.valid);

const { info, events } = pageData();
const publish = startPixelHost(info);
publish("page_viewed", {});
for (const { name, data } of events) publish(name, data);

const product = document.querySelector<HTMLFormElement>("#add-to-cart");
if (product) sellProduct(product, publish);
letRemove(publish);
const checkout = document.querySelector<HTMLFormElement>("#checkout");
if (checkout) followCheckout(checkout, publish, events[0]?.data ?? {});
