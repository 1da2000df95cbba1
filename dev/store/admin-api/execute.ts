import {
  defaultFieldResolver,
  execute,
  GraphQLError,
  parse,
  validate,
  type ExecutionResult,
  type GraphQLFieldResolver,
} from "graphql";
import { loadAdminSchema } from "../../admin-schema/load";
import { checkAccess } from "./access";
import type { Node, ShopScope } from "./scope";
import { toRequest, type Request } from "./selections";

const SCHEMA = loadAdminSchema();
const LONGEST_INPUT = 250;

type Asked = {
  query: string;
  variables?: Record<string, unknown> | null;
  operationName?: string | null;
};
type Refused = { errors: readonly GraphQLError[] };

/** Holds a query against the schema.
 * @returns errors for what Shopify's schema does not allow */
export function readRequest({ query, variables, operationName }: Asked): Request | Refused {
  try {
    const document = parse(query);
    const errors = validate(SCHEMA, document);
    if (errors.length > 0) return { errors };
    return toRequest(SCHEMA, document, variables ?? {}, operationName);
  } catch (error) {
    if (error instanceof GraphQLError) return { errors: [error] };
    throw error;
  }
}

/** Answers a request from one shop's fields. */
export const executeRequest = async (
  scope: ShopScope,
  { schema, source, operation }: Request,
  rootValue: Node,
): Promise<ExecutionResult> =>
  execute({
    ...{ schema, document: source.document, variableValues: source.variables },
    ...{ operationName: operation.name?.value, contextValue: scope, rootValue, fieldResolver },
  });

/** Every field is held against the token's scopes; one that the stand-in has nothing for is an error,
 * never a quiet null. */
const fieldResolver: GraphQLFieldResolver<unknown, ShopScope, Record<string, unknown>> = (
  source,
  args,
  scope,
  info,
) => {
  const { parentType, fieldName } = info;
  checkAccess(scope.scopes, info);
  for (const value of Object.values(args)) checkLength(value);
  if (typeof source === "object" && source !== null && !(fieldName in source))
    throw new Error(`the stand-in has no ${parentType.name}.${fieldName} yet`);
  return defaultFieldResolver(source, args, scope, info);
};

/** dev:api/usage/limits */
function checkLength(value: unknown): void {
  if (!Array.isArray(value) || value.length <= LONGEST_INPUT) return;
  const size = `The input array size of ${value.length}`;
  const message = `${size} is greater than the maximum allowed of ${LONGEST_INPUT}.`;
  throw new GraphQLError(message, { extensions: { code: "MAX_INPUT_SIZE_EXCEEDED" } });
}
