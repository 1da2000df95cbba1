import type { Parent } from "./parent";

/** Keeps the admin's address in step with the app's. */
export function reportLocation({ tell }: Parent): void {
  const report = () => tell({ kind: "location", path: location.pathname + location.search });
  for (const method of ["pushState", "replaceState"] as const) {
    const change = history[method].bind(history);
    history[method] = (...to) => {
      change(...to);
      report();
    };
  }
  addEventListener("popstate", report);
  report();
}

/** What Shopify put into the address of the frame's first page; later pages may be without it. */
export function frameParameters(): { shop: string; host: string; locale: string } {
  const given = new URLSearchParams(location.search);
  const read = (name: string) => {
    const value = given.get(name) ?? sessionStorage.getItem(`app-bridge:${name}`) ?? "";
    sessionStorage.setItem(`app-bridge:${name}`, value);
    return value;
  };
  return { shop: read("shop"), host: read("host"), locale: read("locale") };
}

/** On the bounce page, the address of the page that it stands in for; undefined on any other page. */
export function bouncedFrom(): URL | undefined {
  const target = new URLSearchParams(location.search).get("shopify-reload");
  const url = target === null ? undefined : new URL(target, location.href);
  return url?.origin === location.origin ? url : undefined; // only ever within the app
}

/** Goes back to a page that had no id token, this time with one. */
export async function bounceBack(url: URL, { idToken }: Parent): Promise<void> {
  url.searchParams.set("id_token", await idToken());
  location.replace(url);
}

/** Windows opened over the whole page go through the admin: a frame may not replace its parent. */
export function openThroughParent({ tell }: Parent): void {
  const open = window.open.bind(window);
  window.open = (url, target, features) => {
    if (target !== "_top" && target !== "_parent") return open(url, target, features);
    tell({ kind: "leave", url: new URL(url ?? "", location.href).href });
    return window;
  };
}
