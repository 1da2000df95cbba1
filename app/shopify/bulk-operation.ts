import { z } from "zod";
import { MINUTE, SECOND } from "~/platform/time";

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
      createdAt: z.iso.datetime({ offset: true }).transform((text) => new Date(text)),
      objectCount: z.coerce.number(),
      rootObjectCount: z.coerce.number(),
      url: z.string().nullable(),
    })
    .nullable(),
});

/** A bulk operation as Shopify tells of it. */
export type Operation = NonNullable<z.output<typeof OperationAsked>["bulkOperation"]>;

/** How much an operation found: things at the root, and with all that hangs on them. */
export type Found = Pick<Operation, "objectCount" | "rootObjectCount">;

/** What an operation's state asks for: to wait, to read its result where it has one, to start another
 * one, or to give up. */
export type Move =
  | { kind: "wait" }
  | { kind: "read"; url: string; found: Found }
  | { kind: "done" }
  | { kind: "restart"; why: string }
  | { kind: "refused"; why: string };

/** @param operation null when Shopify knows none by the id, as after some days */
export function moveFor(operation: Operation | null): Move {
  if (!operation) return { kind: "restart", why: "Shopify has forgotten the bulk operation" };
  const { status, errorCode, objectCount, rootObjectCount, url } = operation;
  if (["CREATED", "RUNNING", "CANCELING"].includes(status)) return { kind: "wait" };
  if (errorCode === "ACCESS_DENIED")
    return { kind: "refused", why: "Shopify refused the bulk operation: ACCESS_DENIED" };
  if (status !== "COMPLETED")
    return { kind: "restart", why: `the bulk operation ended as ${errorCode ?? status}` };
  if (url !== null) return { kind: "read", url, found: { objectCount, rootObjectCount } };
  return objectCount === 0
    ? { kind: "done" }
    : { kind: "restart", why: "the bulk operation's result has expired" };
}

/** How long to leave an operation alone: short ones are over soon, long ones take hours. */
export const pauseAfter = (startedAt: Date, now: Date): number =>
  Math.min(MINUTE, Math.max(2 * SECOND, (now.getTime() - startedAt.getTime()) / 20));
