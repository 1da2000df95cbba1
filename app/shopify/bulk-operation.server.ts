import { z } from "zod";
import { Unavailable } from "~/platform/errors";
import { AdminRefused, ask, type Admin } from "./admin.server";
import { OperationAsked, OperationStarted, type Operation } from "./bulk-operation";
import { BULK_OPERATION, BULK_RUN } from "./documents";
import { parsePayload, type Delivery } from "./webhook-delivery.server";

const BUSY = new Set<string | null>(["LIMIT_REACHED", "OPERATION_IN_PROGRESS"]);

/** Has Shopify run a query in bulk.
 * @returns the operation's id
 * @throws {Unavailable} as many operations run in the shop as may
 * @throws {AdminRefused} with Shopify's words */
export async function startOperation(admin: Admin, query: string): Promise<string> {
  const answer = await ask(admin, BULK_RUN, { answer: OperationStarted, variables: { query } });
  const { bulkOperation, userErrors } = answer.bulkOperationRunQuery;
  if (userErrors.some(({ code }) => BUSY.has(code)))
    throw new Unavailable("Shopify works on other bulk operations of this shop");
  if (!bulkOperation) throw new AdminRefused(userErrors.map(({ message }) => message).join("; "));
  return bulkOperation.id;
}

/** How far an operation is; null when Shopify knows none by the id. */
export const askOperation = async (admin: Admin, id: string): Promise<Operation | null> =>
  (await ask(admin, BULK_OPERATION, { answer: OperationAsked, variables: { id } })).bulkOperation;

const FinishPayload = z.object({ admin_graphql_api_id: z.string() });

/** The operation that `bulk_operations/finish` tells of. */
export const finishedOperation = (delivery: Delivery): string =>
  parsePayload(FinishPayload, delivery).admin_graphql_api_id;
