import type { Prisma } from "@prisma/client";
import type { Database } from "~/platform/db.server";

const AT = new Date("2026-01-01T00:00:00Z");

/** A product of the catalogue, of no vendor and no type unless it says otherwise. */
export const productOf = (
  shopId: number,
  productId: bigint,
  about: Partial<Pick<Prisma.ProductCreateManyInput, "vendor" | "productType" | "deletedAt">> = {},
): Prisma.ProductCreateManyInput => ({
  ...{ shopId, productId, vendor: "", productType: "", handle: "x", title: `Title ${productId}` },
  ...{ status: "ACTIVE", tags: [], description: "", isGiftCard: false, createdAt: AT },
  ...{ updatedAt: AT, variantCount: 1, minPriceMinor: 1, maxPriceMinor: 1, asOf: AT },
  ...{ isAvailable: true, contentHash: "", firstSeenAt: AT, ...about },
});

/** A collection of it. */
export const collectionOf = (shopId: number, collectionId: bigint) => ({
  ...{ shopId, collectionId, handle: "c", title: `Shelf ${collectionId}` },
  ...{ updatedAt: AT, asOf: AT },
});

/** Lets what is kept of a shop be from so long ago that a change of its catalogue has it kept anew at once. */
export const rest = (db: Database, shopId: number) =>
  db.$executeRaw`
    update rollup_spans set kept_at = kept_at - interval '6 minutes' where shop_id = ${shopId}::int`;
