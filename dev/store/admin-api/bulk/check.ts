import { getNamedType, isListType, isNonNullType, isObjectType, OperationTypeNode } from "graphql";
import { userError, type UserError } from "../errors";
import { possibleTypes, selectedOn, type Request, type Selected } from "../selections";
import { nodeFields } from "./jsonl";

const MOST_CONNECTIONS = 5;
/** Below the connection at the root. */
const DEEPEST = 2;

type Found = { connection: Selected; depth: number; isInList: boolean };

/** Why a query cannot run in bulk. dev:api/usage/bulk-operations/queries
 * @returns nothing when it can */
export function refusalsOf(request: Request): UserError[] {
  const { operation, schema } = request;
  const root = schema.getQueryType();
  if (operation.operation !== OperationTypeNode.QUERY || !root)
    return [invalid("Bulk queries cannot contain mutations or subscriptions.")];
  const fields = selectedOn(root, [operation.selectionSet], request);
  const connections = connectionsIn(fields, { depth: 0, isInList: false }, request);
  const withoutId = connections.filter(({ connection }) => isParentWithoutId(connection, request));
  const problems = [
    fields.some(({ field }) => field.name === "node" || field.name === "nodes") &&
      "Bulk queries cannot contain a top-level `node` or `nodes` field.",
    connections.length === 0 && "Bulk queries must contain at least one connection.",
    connections.length > MOST_CONNECTIONS &&
      `Bulk queries cannot contain more than ${MOST_CONNECTIONS} connections.`,
    connections.some(({ depth }) => depth > DEEPEST) &&
      `Bulk queries cannot contain connections with a nesting depth greater than ${DEEPEST}.`,
    connections.some(({ isInList }) => isInList) &&
      "Queries that contain a connection field within a list field are not currently supported.",
    ...connections
      .filter(({ connection }) => !showsNodes(connection))
      .map(({ connection }) => `The items of '${connection.key}' have no ids of their own.`),
    withoutId.length > 0 &&
      `The parent of a nested connection must select 'id': ${namesOf(withoutId)}.`,
  ];
  return problems.filter((problem) => problem !== false).map(invalid);
}

const namesOf = (found: Found[]) => found.map(({ connection }) => connection.key).join(", ");
const invalid = (message: string) => userError(["query"], message, "INVALID");

type Place = Omit<Found, "connection">;

function connectionsIn(fields: readonly Selected[], place: Place, request: Request): Found[] {
  return fields.flatMap((selected) => {
    if (!selected.type) return [];
    if (selected.isConnection) {
      const below = { depth: place.depth + 1, isInList: place.isInList };
      const inner = connectionsIn(nodeFields(selected, request), below, request);
      return [{ ...place, connection: selected }, ...inner];
    }
    const [type] = possibleTypes(selected.type, request.schema);
    const inner = type ? selectedOn(type, selected.selectionSets, request) : [];
    const isInList = place.isInList || isList(selected);
    return connectionsIn(inner, { depth: place.depth, isInList }, request);
  });
}

const isList = ({ field: { type } }: Selected) =>
  isListType(isNonNullType(type) ? type.ofType : type);

function isParentWithoutId(connection: Selected, request: Request): boolean {
  const fields = nodeFields(connection, request);
  const isParent = connectionsIn(fields, { depth: 0, isInList: false }, request).length > 0;
  return isParent && !fields.some(({ key, field }) => key === "id" && field.name === "id");
}

function showsNodes({ type }: Selected): boolean {
  const nodes = isObjectType(type) ? type.getFields().nodes : undefined;
  const item = nodes && getNamedType(nodes.type);
  return isObjectType(item) && item.getInterfaces().some(({ name }) => name === "Node");
}
