import type { Catalog, Collection, Product, Variant } from "../catalog/model";
import type { Shop } from "../catalog/shops";
import type { Commerce } from "../commerce/commerce";
import type { Customer, Order } from "../commerce/model";
import type { Platform } from "../platform";
import type { BulkOperations } from "./bulk/operations";
import type { SearchNote } from "./lists/search";
import type { OrderIndex } from "./order-index";

/** A node as graphql-js resolves it: values, or functions of a field's arguments. */
export type Node = Record<string, unknown>;

/** What leads from one node to another. */
export type Nodes = {
  product: (product: Product) => Node;
  variant: (variant: Variant) => Node;
  collection: (collection: Collection) => Node;
  inventoryItem: (variant: Variant) => Node;
  order: (order: Order) => Node;
  customer: (customer: Customer) => Node;
};

/** What the Admin API's fields may see: the platform, and the one shop that the token opens. */
export type ShopScope = {
  platform: Platform;
  shop: Shop;
  commerce: Commerce;
  /** As it was when the request came. */
  catalog: Catalog;
  /** Access scopes of the token. */
  scopes: readonly string[];
  bulk: BulkOperations;
  orders: OrderIndex;
  nodes: Nodes;
  /** What the search parameters of this request said that Shopify did not understand. */
  searchNotes: SearchNote[];
  /** Within a bulk operation lists come whole: `first` and `last` are ignored there. */
  wholeLists: boolean;
};
