import type { Parent } from "./parent";

const EVENT = "shopify:navigate";

/** Follows clicks on the admin's navigation: the app hears `shopify:navigate` from the link that was
 * meant and routes on its own; as long as it does not listen yet, the browser loads the page.
 * dev:api/app-bridge-library/web-components/ui-nav-menu */
export function followNavigation({ onMessage }: Parent): void {
  let isHeard = false;
  const listen = window.addEventListener.bind(window);
  window.addEventListener = (type: string, ...rest: [EventListenerOrEventListenerObject]) => {
    if (type === EVENT) isHeard = true;
    listen(type, ...rest);
  };

  onMessage((message) => {
    if (message.kind !== "navigate") return;
    if (isHeard) linkTo(message.href).dispatchEvent(new CustomEvent(EVENT, { bubbles: true }));
    else location.assign(message.href);
  });
}

function linkTo(href: string): Element {
  const links = document.querySelectorAll("ui-nav-menu a, s-app-nav :is(a, s-link)");
  const existing = [...links].find((link) => link.getAttribute("href") === href);
  return (
    existing ?? Object.assign(document.body.appendChild(document.createElement("a")), { href })
  );
}
