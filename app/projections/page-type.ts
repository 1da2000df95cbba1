/** The kinds of pages that a storefront has. */
export type PageType = (typeof TYPES)[number]["type"] | "other";

/** The first that fits a path without its language, such as `/de` or `/en-us`. */
const TYPES = [
  { type: "home", fits: /^\/$/ },
  { type: "product", fits: /^\/(?:collections\/[^/]+\/)?products\/./ },
  { type: "collection", fits: /^\/collections(?:\/|$)/ },
  { type: "search", fits: /^\/search(?:\/|$)/ },
  { type: "cart", fits: /^\/cart(?:\/|$)/ },
  { type: "checkout", fits: /^\/(?:checkouts?|\d+\/checkouts)(?:\/|$)/ },
  { type: "account", fits: /^\/account(?:\/|$)/ },
  { type: "article", fits: /^\/blogs(?:\/|$)/ },
  { type: "page", fits: /^\/pages\/./ },
  { type: "policy", fits: /^\/policies\/./ },
] as const;

/** All of them. */
export const PAGE_TYPES: readonly PageType[] = [...TYPES.map(({ type }) => type), "other"];

/** A path without the language that it begins with. */
export const withoutLanguage = (path: string): string => path.replace(LANGUAGE, "") || "/";

const LANGUAGE = /^\/[a-z]{2}(?:-[a-z]{2})?(?=\/|$)/i;

/** @param path a page's path, from its first slash */
export function pageTypeOf(path: string): PageType {
  const rest = withoutLanguage(path);
  return TYPES.find(({ fits }) => fits.test(rest))?.type ?? "other";
}
