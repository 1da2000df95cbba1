import type { Variant } from "../../catalog/model";
import { indexOf } from "../catalog-index";
import { gid, idOf, toSeconds } from "../gid";
import { inventoryItemListing, variantListing } from "../listings/catalog";
import { exactCount, paged } from "../lists/connection";
import { keyword, number } from "../lists/search";
import type { Node, ShopScope } from "../scope";
import { metafieldFields } from "./metafields";

type Level = { variant: Variant };
type Names = { names: string[] };

/** Where a shop keeps its goods: one place each. dev:api/admin-graphql/2026-07/objects/Location */
export const inventoryFields = (scope: ShopScope) => {
  const index = () => indexOf(scope.catalog);
  const variants = () => [...index().stock.values()];
  return {
    inventoryItem: ({ id }: { id: string }) => {
      const variant = index().stock.get(idOf("InventoryItem", id) ?? Number.NaN);
      return variant ? scope.nodes.inventoryItem(variant) : null;
    },
    inventoryItems: paged(variants, inventoryItemListing(scope.nodes, index())),
    location: ({ id }: { id?: string | null }) =>
      !id || idOf("Location", id) === locationId(scope) ? locationNode(scope) : null,
    locations: paged(() => [scope.shop], {
      id: () => locationId(scope),
      node: () => locationNode(scope),
      filters: { id: number(() => locationId(scope)), name: keyword(({ city }) => city) },
      sortKeys: { ID: () => locationId(scope), NAME: ({ city }) => city },
    }),
  };
};

export const locationId = ({ shop }: ShopScope): number => shop.id + 10;

export function locationNode(scope: ShopScope): Node {
  const id = gid("Location", locationId(scope));
  const variants = () => [...indexOf(scope.catalog).stock.values()];
  return {
    ...{ __typename: "Location", id, legacyResourceId: String(locationId(scope)) },
    ...{ name: `${scope.shop.city} warehouse`, isActive: true, isFulfillmentService: false },
    ...{ fulfillsOnlineOrders: true, shipsInventory: true, hasActiveInventory: true },
    ...{ createdAt: "2024-02-01T09:00:00Z", updatedAt: "2024-02-01T09:00:00Z" },
    inventoryLevels: levels(scope, () => variants().map((variant) => ({ variant }))),
    ...metafieldFields(scope, id),
  };
}

/** dev:api/admin-graphql/2026-07/objects/InventoryItem */
export function inventoryItemNode(scope: ShopScope, variant: Variant): Node {
  const index = indexOf(scope.catalog);
  const product = index.productOf.get(variant);
  return {
    ...{ __typename: "InventoryItem", id: gid("InventoryItem", variant.inventoryItemId) },
    legacyResourceId: String(variant.inventoryItemId),
    ...{ sku: variant.sku, tracked: variant.tracked, requiresShipping: true, unitCost: null },
    ...{ duplicateSkuCount: 0, locationsCount: exactCount(1) },
    createdAt: product && toSeconds(product.createdAt),
    updatedAt: product && toSeconds(product.updatedAt),
    variants: paged(() => [variant], variantListing(scope.nodes, index)),
    inventoryLevels: levels(scope, () => [{ variant }]),
    inventoryLevel: ({ locationId: wanted }: { locationId: string }) =>
      idOf("Location", wanted) === locationId(scope) ? levelNode(scope, { variant }) : null,
  };
}

const levels = (scope: ShopScope, of: () => Level[]) =>
  paged(of, {
    id: ({ variant }) => variant.inventoryItemId,
    node: (level) => levelNode(scope, level),
  });

function levelNode(scope: ShopScope, { variant }: Level): Node {
  const { inventoryItemId } = variant;
  const product = indexOf(scope.catalog).productOf.get(variant);
  const place = gid("InventoryLevel", inventoryItemId);
  return {
    __typename: "InventoryLevel",
    id: `${place}?inventory_item_id=${inventoryItemId}`,
    ...{ isActive: true, canDeactivate: false, deactivationAlert: null },
    createdAt: product && toSeconds(product.createdAt),
    updatedAt: product && toSeconds(product.updatedAt),
    item: () => scope.nodes.inventoryItem(variant),
    location: () => locationNode(scope),
    quantities: ({ names }: Names) =>
      names.map((name) => ({
        id: `${gid("InventoryQuantity", inventoryItemId)}?name=${name}`,
        ...{ name, quantity: quantityOf(variant, name), updatedAt: null },
      })),
  };
}

/** What is paid for leaves at once, so nothing is ever committed, reserved or on its way. */
const quantityOf = ({ inventoryQuantity }: Variant, name: string) =>
  name === "available" || name === "on_hand" ? inventoryQuantity : 0;
