/** What a token may allow, and how the page says so. */
export const SCOPES = {
  read_products: "Read what shoppers can see: products, prices and their history",
  read_hidden_products: "Read draft, archived, unlisted and unpublished products, and stock levels",
  read_sync_status: "Read how current the catalogue is",
  read_analytics: "Read the numbers of the analytics pages, and sessions with their timelines",
  read_alerts: "Read alerts: fallen prices, what is back, new or low in stock",
} as const;
export type Scope = keyof typeof SCOPES;

export const isScope = (name: string): name is Scope => Object.hasOwn(SCOPES, name);
export const SCOPE_NAMES = Object.keys(SCOPES).filter(isScope);
