import { z } from "zod";
import type { Columns } from "~/platform/columns";
import { gidDigits } from "./product";

/** A collection as it waits to be merged: a row of `staged_collections`. Ids are digits. */
export type CollectionRow = {
  collectionId: string;
  handle: string;
  title: string;
  updatedAt: Date;
};

/** A product's place in a collection, counted from 0. */
export type PlaceRow = { collectionId: string; productId: string; position: number };

export type ListedCollection = { collection: CollectionRow; productIds: readonly string[] };

export const COLLECTION_COLUMNS: Columns<CollectionRow> = {
  ...{ collectionId: "bigint", handle: "text", title: "text", updatedAt: "timestamptz" },
};

export const PLACE_COLUMNS: Columns<PlaceRow> = {
  ...{ collectionId: "bigint", productId: "bigint", position: "int" },
};

/** A collection as the Admin API answers, without its products. */
export const AdminCollection = z.object({
  id: gidDigits,
  handle: z.string(),
  title: z.string().transform((text) => text.replaceAll("\0", "")),
  updatedAt: z.iso.datetime({ offset: true }).transform((text) => new Date(text)),
});
export type AdminCollection = z.output<typeof AdminCollection>;

/** A product as a collection names it. */
export const CollectedProduct = z.object({ id: gidDigits });

export const toListedCollection = (
  { id, ...rest }: AdminCollection,
  products: readonly z.output<typeof CollectedProduct>[],
): ListedCollection => ({
  collection: { collectionId: id, ...rest },
  productIds: [...new Set(products.map((product) => product.id))],
});

/** Where each product is; one that was named twice, as it moved while pages were read, is at the first. */
export const placesOf = ({ collection, productIds }: ListedCollection): PlaceRow[] =>
  productIds.map((productId, position) => ({
    ...{ collectionId: collection.collectionId, productId, position },
  }));
