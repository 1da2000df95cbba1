import { z } from "zod";
import { AdminProduct, AdminVariant, gidDigits, toListed, type ListedProduct } from "./product";

const VariantPage = z.object({
  nodes: z.array(AdminVariant),
  pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
});

/** What Shopify answers to PRODUCTS_BY_ID; each node is read by itself, so that one that is not as
 * expected does not hold up the rest. */
export const ProductsAnswer = z.object({ nodes: z.array(z.unknown()) });
/** What it answers to MORE_VARIANTS. */
export const VariantsAnswer = z.object({ product: z.object({ variants: VariantPage }).nullable() });

const ProductNode = AdminProduct.extend({ variants: VariantPage });

/** One product of an answer. `after` tells that it has more variants, and where they begin. */
export type Told =
  | { kind: "gone" }
  | { kind: "unread"; why: string }
  | {
      kind: "product";
      product: AdminProduct;
      variants: AdminVariant[];
      after: string | null;
    };

/** Reads a node: null is a product that there is not. */
export function readNode(node: unknown): Told {
  if (node === null) return { kind: "gone" };
  const parsed = ProductNode.safeParse(node);
  if (!parsed.success) return { kind: "unread", why: z.prettifyError(parsed.error) };
  const { variants, ...product } = parsed.data;
  const { hasNextPage, endCursor } = variants.pageInfo;
  return {
    ...{ kind: "product", product, variants: variants.nodes },
    after: hasNextPage ? endCursor : null,
  };
}

/** The product with its variants as they wait to be merged, or why it cannot be.
 * @param currency the shop's */
export function listedOr(
  { product, variants }: Extract<Told, { kind: "product" }>,
  currency: string,
): ListedProduct | string {
  try {
    return toListed(product, { variants, currency });
  } catch (error) {
    if (error instanceof RangeError) return error.message;
    throw error;
  }
}

/** What Shopify answers to PRODUCTS_COUNT. */
export const CountAnswer = z.object({ productsCount: z.object({ count: z.number().int() }) });

/** What it answers to CHANGED_PRODUCTS. */
export const ChangedAnswer = z.object({
  products: z.object({
    nodes: z.array(
      z.object({
        id: gidDigits,
        updatedAt: z.iso.datetime({ offset: true }).transform((text) => new Date(text)),
      }),
    ),
    pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
  }),
});
export type Changed = z.output<typeof ChangedAnswer>["products"]["nodes"];
