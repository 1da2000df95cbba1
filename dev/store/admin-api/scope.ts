import type { Shop } from "../catalog/shops";
import type { Platform } from "../platform";

/** What the Admin API's fields may see: the platform, and the one shop that the token opens. */
export type ShopScope = Platform & { shop: Shop; scopes: string[] };
