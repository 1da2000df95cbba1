import { z } from "zod";
import { ask, type Admin } from "~/shopify/admin.server";
import { COLLECTION_BY_ID } from "~/shopify/catalog-documents";
import {
  AdminCollection,
  CollectedProduct,
  toListedCollection,
  type ListedCollection,
} from "./collection";

/** Shopify pages through no more than 25,000 products. */
const MOST_PAGES = 100;

const Answer = z.object({
  collection: AdminCollection.extend({
    products: z.object({
      nodes: z.array(CollectedProduct),
      pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
    }),
  }).nullable(),
});

/** What is known of a collection after asking: null when it is gone, "too large" when only a sync can tell. */
export type CollectionAnswer = ListedCollection | null | "too large";

/** Asks for a collection and the products in it, a page at a time.
 * @param collectionId digits
 * @throws {AdminRefused | Unavailable | Unauthorized} as `ask` does */
export async function askCollection(admin: Admin, collectionId: string): Promise<CollectionAnswer> {
  const products: z.output<typeof CollectedProduct>[] = [];
  let after: string | null = null;
  for (let page = 0; page < MOST_PAGES; page++) {
    const id = `gid://shopify/Collection/${collectionId}`;
    const collection = await askPage(admin, { id, after });
    if (!collection) return null;
    const { products: of, ...about } = collection;
    products.push(...of.nodes);
    if (!of.pageInfo.hasNextPage) return toListedCollection(about, products);
    after = of.pageInfo.endCursor;
  }
  return "too large";
}

const askPage = async (admin: Admin, variables: { id: string; after: string | null }) =>
  (await ask(admin, COLLECTION_BY_ID, { answer: Answer, variables })).collection;
