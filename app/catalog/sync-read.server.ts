import pg from "pg";
import { z } from "zod";
import { InvalidInput } from "~/platform/errors";
import type { Sql } from "~/platform/sql.server";
import type { Found } from "~/shopify/bulk-operation";
import type { Grouped } from "~/shopify/bulk-result";
import { readResult, type ReadingEnd } from "~/shopify/bulk-result.server";
import { AdminCollection, CollectedProduct, toListedCollection } from "./collection";
import { stageCollections } from "./collections.server";
import { stageProducts } from "./stage.server";
import { AdminProduct, AdminVariant, gidDigits, toListed, type ListedProduct } from "./product";
import type { SyncChange } from "./sync-state.server";
import { note, stageOf, type SyncWork } from "./sync-work.server";

/** Objects that are staged together, and with them how far the reading is. */
const BATCH = 1_000;

/** Where a result is; no address when there is nothing to read. */
export type Result = { url: string | null; found: Found };

/** Puts the products of a result into the stage, from where an earlier reader has come to.
 * @param currency the shop's */
export const readProducts = (work: SyncWork, result: Result, currency: string) =>
  read(work, result, {
    skip: work.claim.productsRead,
    take: async (groups) => {
      const { listed, unread } = listedOf(work, groups, currency);
      const { productsRead, productsUnread } = work.claim;
      const change = {
        productsRead: productsRead + groups.length,
        productsUnread: [...productsUnread, ...unread],
      };
      await stage(work, change, (sql) => stageProducts(sql, stageOf(work), listed));
    },
  });

/** Puts the collections of a result into the stage, from where an earlier reader has come to. */
export const readCollections = (work: SyncWork, result: Result) =>
  read(work, result, {
    skip: work.claim.collectionsRead,
    take: async (groups) => {
      const listed = groups.map(({ root, children }) => {
        const { collection, products } = readable(Collected, {
          collection: root,
          products: children,
        });
        return toListedCollection(collection, products);
      });
      const change = { collectionsRead: work.claim.collectionsRead + groups.length };
      await stage(work, change, (sql) => stageCollections(sql, stageOf(work), listed));
    },
  });

const Listed = z.object({ product: AdminProduct, variants: z.array(AdminVariant) });
const Collected = z.object({ collection: AdminCollection, products: z.array(CollectedProduct) });

const read = async (
  { world: { signal } }: SyncWork,
  { url, found }: Result,
  taking: { skip: number; take: (groups: Grouped[]) => Promise<void> },
): Promise<ReadingEnd> =>
  url === null ? { kind: "whole" } : readResult({ url, found, size: BATCH, signal, ...taking });

/** @throws {InvalidInput} the result has something twice: its pages moved while Shopify made it */
async function stage(
  work: SyncWork,
  change: SyncChange,
  rows: (sql: Sql) => Promise<void>,
): Promise<void> {
  try {
    await note(work, change, rows);
  } catch (error) {
    if (error instanceof pg.DatabaseError && error.code === UNIQUE_VIOLATION)
      throw new InvalidInput("something is there twice");
    throw error;
  }
}
const UNIQUE_VIOLATION = "23505";

/** A product that cannot be read is left as it was; the log tells why. */
function listedOf(
  { world: { log }, claim: { shopId } }: SyncWork,
  groups: readonly Grouped[],
  currency: string,
): { listed: ListedProduct[]; unread: string[] } {
  const unread: string[] = [];
  const listed = groups.flatMap(({ root, children }): ListedProduct[] => {
    try {
      const { product, variants } = readable(Listed, { product: root, variants: children });
      return [toListed(product, { variants, currency })];
    } catch (error) {
      if (!(error instanceof InvalidInput || error instanceof RangeError)) throw error;
      log.warn({ shopId, product: root.id, reason: error.message }, "unread product");
      unread.push(readable(gidDigits, root.id));
      return [];
    }
  });
  return { listed, unread };
}

/** @throws {InvalidInput} saying what makes no sense */
function readable<Output>(schema: z.ZodType<Output>, told: unknown): Output {
  const parsed = schema.safeParse(told);
  if (parsed.success) return parsed.data;
  throw new InvalidInput(z.prettifyError(parsed.error));
}
