import { withoutLanguage } from "./page-type";

const STARS: [RegExp, string][] = [
  [/\/(products|collections|blogs)\/[^/]+/g, "/$1/*"],
  [/\/(collections|blogs)\/\*\/(?!products\/)[^/]+/, "/$1/*/*"],
  [/\/\d{4,}(?=\/|$)/g, "/*"],
];

/** What the pages of one layout have in common: a path without its language, and with a star for a
 * product, a collection, a blog, an article, a tag or a number. Other pages have their own layouts.
 * @returns at most 255 characters: an index has no room for a whole path of any script */
export const pathTemplateOf = (path: string): string => {
  const template = STARS.reduce(
    (rest, [part, star]) => rest.replace(part, star),
    withoutLanguage(path),
  );
  return /^.{0,255}/su.exec(template)?.[0] ?? "";
};
