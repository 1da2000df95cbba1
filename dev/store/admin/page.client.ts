/** The admin page around the app's frame. */
import { answerTo } from "./questions.client";
import {
  receive,
  send,
  type FromApp,
  type Message,
  type Question,
  type TitleAction,
  type ToApp,
} from "./messages";

type Settings = {
  appOrigin: string;
  appPath: string;
  idTokenPath: string;
  /** Of the store in the admin. */
  home: string;
  shopifyParameters: string[];
};

const settings = JSON.parse(find("script#settings", HTMLScriptElement).text) as Settings;
const frame = find("#app", HTMLIFrameElement);
const tell = (message: ToApp) => {
  if (frame.contentWindow) send(frame.contentWindow, settings.appOrigin, message);
};

/** An element that the page always has. */
function find<Type extends new () => HTMLElement>(
  selector: string,
  type: Type,
): InstanceType<Type> {
  const found = document.querySelector(selector);
  if (found instanceof type) return found as InstanceType<Type>;
  throw new Error(`the page has no ${selector}`);
}

function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  about: Partial<HTMLElementTagNameMap[Tag]>,
): HTMLElementTagNameMap[Tag] {
  return Object.assign(document.createElement(tag), about);
}

async function answerIdToken(request: number): Promise<void> {
  const response = await fetch(settings.idTokenPath, { method: "POST" });
  if (!response.ok) return location.reload(); // the app was uninstalled meanwhile
  const { token } = (await response.json()) as { token: string };
  tell({ kind: "id token", request, token });
}

/** The address shows where the app is, without what Shopify adds to the frame's address. */
function follow(path: string): void {
  const url = new URL(path, settings.appOrigin);
  for (const name of settings.shopifyParameters) url.searchParams.delete(name);
  history.replaceState(null, "", settings.appPath + url.pathname + url.search);
  markCurrent(url.pathname);
}

function markCurrent(path: string): void {
  for (const link of document.querySelectorAll<HTMLAnchorElement>("#app-navigation a"))
    link.toggleAttribute("aria-current", link.dataset.path === path);
}

function drawNavigation(items: { label: string; href: string }[]): void {
  const links = items.map(({ label, href }) => {
    const { pathname, search } = new URL(href, settings.appOrigin);
    const link = element("a", { href: settings.appPath + pathname + search, textContent: label });
    link.dataset.path = pathname;
    link.addEventListener("click", (event) => {
      event.preventDefault();
      find("#menu-open", HTMLInputElement).checked = false;
      tell({ kind: "navigate", href });
    });
    return link;
  });
  find("#app-navigation", HTMLElement).replaceChildren(...links);
  markCurrent(location.pathname.slice(settings.appPath.length) || "/");
}

function drawTitle(title: string, actions: TitleAction[]): void {
  find("#app-title", HTMLElement).textContent = title;
  if (title) document.title = title;
  const buttons = actions.map(({ label, isPrimary }, index) => {
    const button = element("button", { textContent: label, className: isPrimary ? "primary" : "" });
    button.addEventListener("click", () => tell({ kind: "title action", index }));
    return button;
  });
  find("#app-actions", HTMLElement).replaceChildren(...buttons);
}

function drawToast({ id, text, isError, duration }: Extract<FromApp, { kind: "toast" }>["toast"]) {
  const className = isError ? "toast error" : "toast";
  find("#toasts", HTMLElement).append(element("div", { id, textContent: text, className }));
  setTimeout(() => document.getElementById(id)?.remove(), duration);
}

function handle(message: Message): void {
  switch (message.kind) {
    case "id token wanted":
      return void answerIdToken(message.request);
    case "location":
      return follow(message.path);
    case "navigation":
      return drawNavigation(message.items);
    case "title":
      return drawTitle(message.title, message.actions);
    case "toast":
      return drawToast(message.toast);
    case "toast hidden":
      return document.getElementById(message.id)?.remove();
    case "loading":
      return void (find("#loading", HTMLElement).hidden = !message.isLoading);
    case "save bar":
      return void (find("#save-bar", HTMLElement).hidden = !message.isShown);
    case "ask":
      return void answerQuestion(message.request, message.question);
    case "leave":
      return leaveTo(message.url);
  }
}

function leaveTo(url: string): void {
  if (/^https?:/.test(url)) location.assign(url);
}

async function answerQuestion(request: number, question: Question): Promise<void> {
  const answer = await answerTo(question, settings.home);
  tell({ kind: "answer", request, answer });
}

for (const [index, button] of document.querySelectorAll("#save-bar button").entries())
  button.addEventListener("click", () => tell({ kind: "save bar action", index }));
receive(() => frame.contentWindow, settings.appOrigin, handle);
frame.src = frame.dataset.src ?? ""; // only now, so that no message of the app is missed
