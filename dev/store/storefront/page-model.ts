/** An event that a page tells pixels once it is open. */
export type PageEvent = { name: string; data: object };

/** A page before it is rendered: which of the theme's sections, and what they are about. */
export type PageModel = {
  title: string;
  /** Shopify's name of the template, which `request.page_type` is as well. */
  template:
    | "index"
    | "collection"
    | "list-collections"
    | "product"
    | "search"
    | "cart"
    | "404"
    | "customers/login"
    | "customers/account"
    | "checkout"
    | "page";
  sections: string[];
  /** What the sections see besides what every page has. */
  drops: Record<string, unknown>;
  /** What happened by opening this page, besides `page_viewed`. */
  events?: PageEvent[];
};
