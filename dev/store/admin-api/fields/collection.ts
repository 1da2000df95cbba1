import type { Collection } from "../../catalog/model";
import { indexOf } from "../catalog-index";
import { gid, idOf, toSeconds } from "../gid";
import { collectedProductListing } from "../listings/catalog";
import { exactCount, paged } from "../lists/connection";
import type { Node, ShopScope } from "../scope";
import { metafieldFields } from "./metafields";
import { imageNode } from "./picture";
import { textFields } from "./product";

/** dev:api/admin-graphql/2026-07/objects/Collection */
export function collectionNode(scope: ShopScope, collection: Collection): Node {
  const id = gid("Collection", collection.id);
  const { handle, title, description, updatedAt, productIds } = collection;
  const products = () => {
    const index = indexOf(scope.catalog);
    return productIds.map((id) => index.products.get(id)).filter((each) => each !== undefined);
  };
  return {
    ...{ __typename: "Collection", id, legacyResourceId: String(collection.id) },
    ...{ handle, title, updatedAt: toSeconds(updatedAt), sortOrder: "MANUAL" },
    ...textFields(description),
    productsCount: () => exactCount(products().length),
    hasProduct: (wanted: { id: string }) =>
      productIds.includes(idOf("Product", wanted.id) ?? Number.NaN),
    image: () => {
      const [first] = products();
      return first ? imageNode(scope, first) : null;
    },
    products: paged(products, collectedProductListing(scope.nodes)),
    ...metafieldFields(scope, id),
  };
}
