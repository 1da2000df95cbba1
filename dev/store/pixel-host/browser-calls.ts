import type { FromWorker } from "./messages";

type Call = Omit<FromWorker, "call">;

/** Carries out a call of the pixel's `browser` API on the page's own storage.
 * dev:api/web-pixels-api/standard-api/browser */
export function carryOut({ target, method, args }: Call): unknown {
  if (target === "cookie") return onCookie(method, args);
  const storage = window[target];
  const [first = "", second = ""] = args;
  switch (method) {
    case "getItem":
      return storage.getItem(first);
    case "setItem":
      return storage.setItem(first, second);
    case "removeItem":
      return storage.removeItem(first);
    case "clear":
      return storage.clear();
    case "key":
      return storage.key(Number(first));
    case "length":
      return storage.length;
    default:
      throw new Error(`a pixel's ${target} has no ${method}`);
  }
}

function onCookie(method: string, [name = "", value]: string[]): string {
  if (method === "set") document.cookie = value === undefined ? name : `${name}=${value}`;
  if (method === "set" || name === "") return document.cookie;
  return readCookie(name) ?? "";
}

export function readCookie(name: string): string | undefined {
  const found = document.cookie.split("; ").find((cookie) => cookie.startsWith(`${name}=`));
  return found?.slice(name.length + 1);
}
