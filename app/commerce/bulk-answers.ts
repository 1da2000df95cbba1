import { z } from "zod";

/** What Shopify answers to BULK_RUN. */
export const OperationStarted = z.object({
  bulkOperationRunQuery: z.object({
    bulkOperation: z.object({ id: z.string() }).nullable(),
    userErrors: z.array(z.object({ code: z.string().nullable(), message: z.string() })),
  }),
});

/** What Shopify answers to BULK_OPERATION; counts come as digits. */
export const OperationAsked = z.object({
  bulkOperation: z
    .object({
      status: z.string(),
      errorCode: z.string().nullable(),
      objectCount: z.coerce.number(),
      rootObjectCount: z.coerce.number(),
      url: z.string().nullable(),
    })
    .nullable(),
});
