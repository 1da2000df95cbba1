import { z } from "zod";
import { DOORS } from "../faults";

/** What the control surface takes, checked before anything is done. */
const share = z.number().min(0).max(1);
const delay = z.number().int().min(0).max(600_000);

const doorFaults = z
  .strictObject({
    latencyMs: delay,
    errorRate: share,
    lostRequests: share,
    lostAnswers: share,
    duplicates: share,
    outage: z.boolean(),
  })
  .partial();

export const FaultsChange = z
  .strictObject({
    doors: z.partialRecord(z.enum(DOORS), doorFaults),
    webhooks: z.strictObject({ lost: share, duplicated: share, maxDelayMs: delay }).partial(),
    throttled: z.boolean(),
    retrySpeed: z.number().positive().max(1_000_000),
    bulkOperations: z.enum(["FAILED", "STUCK"]).nullable(),
  })
  .partial();
export type FaultsChange = z.infer<typeof FaultsChange>;

export const Advance = z.strictObject({
  advanceMs: z
    .number()
    .int()
    .min(0)
    .max(400 * 86_400_000),
});

const property = z.strictObject({ name: z.string(), value: z.string() });
const id = z.number().int().positive();
const quantity = z.number().int().min(1).max(1_000);

export const PurchaseBody = z.strictObject({
  checkoutToken: z.string().min(1),
  cartToken: z.string().min(1),
  customerId: id.nullable(),
  lines: z
    .array(
      z.strictObject({
        productId: id,
        variantId: id,
        quantity,
        properties: z.array(property).optional(),
      }),
    )
    .min(1),
  discountCode: z.string().nullable(),
  shippingMinor: z.number().int().min(0),
  noteAttributes: z.array(property).optional(),
  landingSite: z.string().nullish(),
  referringSite: z.string().nullish(),
  userAgent: z.string().nullish(),
});

export const RefundBody = z.strictObject({
  lines: z.array(z.strictObject({ orderLineId: id, quantity })).optional(),
  note: z.string().optional(),
  restock: z.boolean().optional(),
});
export const CancellationBody = z.strictObject({
  reason: z.enum(["CUSTOMER", "DECLINED", "FRAUD", "INVENTORY", "STAFF", "OTHER"]),
});
export const PriceBody = z
  .strictObject({ priceMinor: z.number().int().min(0), compareAtMinor: id.nullable() })
  .refine(
    ({ priceMinor, compareAtMinor }) => compareAtMinor === null || compareAtMinor > priceMinor,
    "compareAtMinor must be above priceMinor, or null",
  );
export const InventoryBody = z.strictObject({ quantity: z.number().int().min(0).max(1_000_000) });
export const StatusBody = z.strictObject({
  status: z.enum(["ACTIVE", "ARCHIVED", "DRAFT", "UNLISTED"]),
});
export const ScopesBody = z.strictObject({ scopes: z.array(z.string().min(1)).min(1) });
export const ThemeBody = z.strictObject({ name: z.string().min(1).max(50) });
export const WebhookBody = z.strictObject({
  topic: z.string().regex(/^[a-z_]+\/[a-z_]+$/),
  payload: z.unknown(),
});
