import type { ExecutionResult } from "graphql";
import { userError } from "../errors";
import { executeRequest, readRequest } from "../execute";
import { gid, idOf, toSeconds, toSecondsOrNull } from "../gid";
import { paged } from "../lists/connection";
import { keyword, number, time } from "../lists/search";
import { withNodes } from "../nodes";
import type { Node, ShopScope } from "../scope";
import type { Request } from "../selections";
import { refusalsOf } from "./check";
import { toLines } from "./jsonl";
import type { BulkOperation, Outcome } from "./operations";
import { isExpired, resultPath } from "./results";

type Run = { query: string; groupObjects: boolean };
type FieldsOf = (scope: ShopScope) => Node;

/** Exports of whatever length, made in the background. dev:api/usage/bulk-operations/queries */
export const bulkFields = (scope: ShopScope, fieldsOf: FieldsOf) => ({
  bulkOperation: ({ id }: { id: string }) => {
    const found = scope.bulk.find(idOf("BulkOperation", id) ?? Number.NaN);
    return found ? bulkOperationNode(scope, found) : null;
  },
  bulkOperations: paged(() => scope.bulk.all(), {
    id: ({ id }) => id,
    node: (each) => bulkOperationNode(scope, each),
    filters: {
      id: number(({ id }) => id),
      status: keyword(({ status }) => status),
      operation_type: keyword(() => "query"),
      created_at: time(({ createdAt }) => createdAt),
    },
    sortKeys: {
      CREATED_AT: ({ createdAt }) => createdAt,
      COMPLETED_AT: ({ completedAt }) => completedAt,
    },
  }),
  currentBulkOperation: ({ type }: { type?: string | null }) => {
    const last = type === "MUTATION" ? undefined : scope.bulk.all().at(-1);
    return last ? bulkOperationNode(scope, last) : null;
  },
  bulkOperationRunQuery: (asked: Run) => run(scope, asked, fieldsOf),
  bulkOperationCancel: ({ id }: { id: string }) => {
    const found = scope.bulk.find(idOf("BulkOperation", id) ?? Number.NaN);
    if (!found)
      return {
        bulkOperation: null,
        userErrors: [userError(["id"], "Bulk operation does not exist")],
      };
    const message = `A bulk operation cannot be canceled when it is ${found.status.toLowerCase()}`;
    const userErrors = scope.bulk.cancel(found) ? [] : [userError(null, message)];
    return { bulkOperation: bulkOperationNode(scope, found), userErrors };
  },
});

/** @param fieldsOf the root fields of a scope, which these belong to themselves */
function run(scope: ShopScope, { query, groupObjects }: Run, fieldsOf: FieldsOf) {
  const request = readRequest({ query });
  const userErrors =
    "errors" in request
      ? request.errors.map(({ message }) => userError(["query"], message, "INVALID"))
      : refusalsOf(request);
  if ("errors" in request || userErrors.length > 0) return { bulkOperation: null, userErrors };

  const { platform, shop } = scope;
  const whole = withNodes({ ...scope, wholeLists: true, searchNotes: [] });
  const operation = scope.bulk.run(query, async () => {
    const result = await executeRequest(whole, request, fieldsOf(whole));
    return outcomeOf(result, request, groupObjects);
  });
  if (!operation) {
    const message = "Bulk operations limit reached. Please try again later.";
    return { bulkOperation: null, userErrors: [userError(null, message, "LIMIT_REACHED")] };
  }
  platform.calls.push({ kind: "bulk operation", shop: shop.domain, about: query });
  return { bulkOperation: bulkOperationNode(scope, operation), userErrors: [] };
}

function outcomeOf(result: ExecutionResult, request: Request, groupObjects: boolean): Outcome {
  const codes = (result.errors ?? []).map(({ extensions }) => extensions.code);
  if (codes.includes("ACCESS_DENIED")) return { errorCode: "ACCESS_DENIED" };
  if (codes.length > 0 || !result.data) return { errorCode: "INTERNAL_SERVER_ERROR" };
  return toLines(request, result.data, groupObjects);
}

/** dev:api/admin-graphql/2026-07/objects/BulkOperation */
export function bulkOperationNode({ platform }: ShopScope, operation: BulkOperation): Node {
  const { id, query, errorCode, objectCount, rootObjectCount, result, status } = operation;
  const isOver = isExpired(operation, platform.now());
  const url = result === null || isOver ? null : platform.addresses.admin + resultPath(operation);
  return {
    ...{ __typename: "BulkOperation", id: gid("BulkOperation", id), query, type: "QUERY" },
    ...{ status: isOver ? "EXPIRED" : status, errorCode },
    ...{ objectCount: String(objectCount), rootObjectCount: String(rootObjectCount) },
    fileSize: result === null ? null : String(Buffer.byteLength(result)),
    url: status === "COMPLETED" ? url : null,
    partialDataUrl: status === "FAILED" ? url : null,
    createdAt: toSeconds(operation.createdAt),
    completedAt: toSecondsOrNull(operation.completedAt),
  };
}
