import type { FromApp } from "../messages";
import type { Parent } from "./parent";

/** An element that the app fills and the admin draws: reports its content whenever that changes. */
abstract class ReportingElement extends HTMLElement {
  static tell: Parent["tell"] = () => {};
  static readonly observedAttributes = ["title"];
  readonly #observer = new MutationObserver(() => this.report());

  protected abstract content(): FromApp;
  protected abstract nothing(): FromApp;

  report(): void {
    if (this.closest("ui-modal")) return; // a modal's title bar is the modal's
    ReportingElement.tell(this.content());
  }
  connectedCallback(): void {
    const changes = { childList: true, subtree: true, characterData: true, attributes: true };
    this.#observer.observe(this, changes);
    this.report();
  }
  disconnectedCallback(): void {
    this.#observer.disconnect();
    ReportingElement.tell(this.nothing());
  }
  attributeChangedCallback(): void {
    if (this.isConnected) this.report();
  }
}

const labelOf = (element: Element) => element.textContent.trim();

class Navigation extends ReportingElement {
  protected content(): FromApp {
    const links = [...this.querySelectorAll("a, s-link")].filter(
      (link) => link.getAttribute("rel") !== "home",
    );
    const items = links.map((link) => ({
      label: labelOf(link),
      href: link.getAttribute("href") ?? "/",
    }));
    return { kind: "navigation", items };
  }
  protected nothing(): FromApp {
    return { kind: "navigation", items: [] };
  }
}

class TitleBar extends ReportingElement {
  protected content(): FromApp {
    const actions = [...this.querySelectorAll("button, a")].map((action) => ({
      label: labelOf(action),
      isPrimary: action.getAttribute("variant") === "primary",
    }));
    return { kind: "title", title: this.getAttribute("title") ?? "", actions };
  }
  protected nothing(): FromApp {
    return { kind: "title", title: "", actions: [] };
  }
}

class SaveBar extends HTMLElement {
  showing = false;
  show = () => this.#change(true);
  hide = () => this.#change(false);
  toggle = () => this.#change(!this.showing);

  #change(isShown: boolean): Promise<void> {
    if (this.showing === isShown) return Promise.resolve();
    this.showing = isShown;
    ReportingElement.tell({ kind: "save bar", isShown });
    this.dispatchEvent(new Event(isShown ? "show" : "hide"));
    return Promise.resolve();
  }
}

/** A dialog of the app's own content, with the title and the buttons of the title bar within it. */
class Modal extends HTMLElement {
  readonly #dialog = document.createElement("dialog");

  show = (): Promise<void> => {
    const bar = this.querySelector("ui-title-bar");
    const title = Object.assign(document.createElement("h2"), {
      textContent: bar?.getAttribute("title") ?? "",
    });
    const content = document.createElement("div");
    const source = this.getAttribute("src");
    if (source) content.append(Object.assign(document.createElement("iframe"), { src: source }));
    else content.append(...this.#own(bar));
    const actions = document.createElement("p");
    actions.append(...[...(bar?.querySelectorAll("button") ?? [])].map(standIn));
    this.#dialog.replaceChildren(title, content, actions);
    this.#dialog.className = `app-bridge-modal ${this.getAttribute("variant") ?? "base"}`;
    this.#dialog.addEventListener("close", () => this.#closed(content), { once: true });
    document.body.append(this.#dialog);
    this.#dialog.showModal();
    this.dispatchEvent(new Event("show"));
    return Promise.resolve();
  };
  hide = (): Promise<void> => {
    this.#dialog.close();
    return Promise.resolve();
  };
  toggle = (): Promise<void> => (this.#dialog.open ? this.hide() : this.show());

  /** React goes on owning these nodes, so they are lent and given back. */
  #own = (bar: Element | null): Node[] => [...this.childNodes].filter((node) => node !== bar);
  #closed(content: HTMLElement): void {
    if (!this.getAttribute("src")) this.append(...content.childNodes);
    this.#dialog.remove();
    this.dispatchEvent(new Event("hide"));
  }
}

/** A button that presses the app's own one. */
function standIn(original: HTMLButtonElement): HTMLButtonElement {
  const button = document.createElement("button");
  button.textContent = labelOf(original);
  button.className = original.getAttribute("variant") ?? "";
  button.addEventListener("click", () => original.click());
  return button;
}

/** Defines App Bridge's elements. They are hidden by a sheet that is not in the document, so that
 * React finds the page as it rendered it. dev:api/app-bridge-library/web-components */
export function defineElements({ tell, onMessage }: Parent): void {
  ReportingElement.tell = tell;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(
    "ui-nav-menu, s-app-nav, ui-title-bar, ui-save-bar, ui-modal { display: none }" +
      ".app-bridge-modal { border: 0; border-radius: 12px; padding: 16px 20px; min-width: min(480px, 80vw) }" +
      ".app-bridge-modal.large, .app-bridge-modal.max { min-width: 90vw }",
  );
  document.adoptedStyleSheets.push(sheet);
  customElements.define("ui-nav-menu", Navigation);
  customElements.define("s-app-nav", class extends Navigation {});
  customElements.define("ui-title-bar", TitleBar);
  customElements.define("ui-save-bar", SaveBar);
  customElements.define("ui-modal", Modal);

  onMessage((message) => {
    if (message.kind === "title action")
      press(":not(ui-modal) > ui-title-bar :is(button, a)", message.index);
    if (message.kind === "save bar action") press("ui-save-bar button", message.index);
  });
}

function press(selector: string, index: number): void {
  const element = document.querySelectorAll(selector)[index];
  if (element instanceof HTMLElement) element.click();
}
