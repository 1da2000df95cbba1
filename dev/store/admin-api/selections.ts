import {
  getArgumentValues,
  getDirectiveValues,
  getNamedType,
  getOperationAST,
  getVariableValues,
  GraphQLError,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  isAbstractType,
  isCompositeType,
  Kind,
  typeFromAST,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from "graphql";

/** A valid request, with what is needed to walk through it. */
export type Request = {
  schema: GraphQLSchema;
  operation: OperationDefinitionNode;
  fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  variables: Record<string, unknown>;
  /** What was sent, before defaults. */
  source: { document: DocumentNode; variables: Record<string, unknown> };
};

/** A field that an operation selects on a type; `selectionSets` are all that it selects below. */
export type Selected = {
  key: string;
  field: GraphQLField<unknown, unknown>;
  arguments: Record<string, unknown>;
  /** Null for scalars and enums. */
  type: GraphQLCompositeType | null;
  isConnection: boolean;
  selectionSets: SelectionSetNode[];
};

/** Picks the operation and reads its variables.
 * @returns errors when there is no such operation, or a variable does not fit */
export function toRequest(
  schema: GraphQLSchema,
  document: DocumentNode,
  given: Record<string, unknown>,
  operationName?: string | null,
): Request | { errors: readonly GraphQLError[] } {
  const operation = getOperationAST(document, operationName);
  if (!operation) return { errors: [new GraphQLError("The document has no such operation.")] };
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions)
    if (definition.kind === Kind.FRAGMENT_DEFINITION)
      fragments.set(definition.name.value, definition);
  const variables = getVariableValues(schema, operation.variableDefinitions ?? [], given);
  if (variables.errors) return { errors: variables.errors };
  const source = { document, variables: given };
  return { schema, operation, fragments, variables: variables.coerced, source };
}

/** A selection is opened once, however many objects it is held against. */
const opened = new WeakMap<readonly SelectionSetNode[], Map<GraphQLObjectType, Selected[]>>();

/** The fields that selections ask for on one object type, fragments opened and doubles merged.
 * @param selectionSets of one request, and not changed afterwards */
export function selectedOn(
  type: GraphQLObjectType,
  selectionSets: readonly SelectionSetNode[],
  request: Request,
): Selected[] {
  const byType = opened.get(selectionSets) ?? new Map<GraphQLObjectType, Selected[]>();
  opened.set(selectionSets, byType);
  const known = byType.get(type);
  if (known) return known;
  const found = new Map<string, Selected>();
  for (const selectionSet of selectionSets) collect(type, selectionSet, request, found);
  const fields = [...found.values()];
  byType.set(type, fields);
  return fields;
}

function collect(
  type: GraphQLObjectType,
  { selections }: SelectionSetNode,
  request: Request,
  found: Map<string, Selected>,
): void {
  for (const selection of selections) {
    if (isLeftOut(selection, request)) continue;
    if (selection.kind === Kind.FIELD) {
      addField(type, selection, request, found);
      continue;
    }
    const fragment =
      selection.kind === Kind.FRAGMENT_SPREAD
        ? request.fragments.get(selection.name.value)
        : selection;
    if (fragment && appliesTo(type, fragment.typeCondition, request.schema))
      collect(type, fragment.selectionSet, request, found);
  }
}

function addField(
  type: GraphQLObjectType,
  node: FieldNode,
  request: Request,
  found: Map<string, Selected>,
): void {
  const field = type.getFields()[node.name.value];
  if (!field) return; // __typename
  const key = node.alias?.value ?? node.name.value;
  const known = found.get(key);
  if (!known) found.set(key, toSelected(key, field, node, request));
  else if (node.selectionSet) known.selectionSets.push(node.selectionSet);
}

function toSelected(
  key: string,
  field: GraphQLField<unknown, unknown>,
  node: FieldNode,
  { variables }: Request,
): Selected {
  const named = getNamedType(field.type);
  return {
    ...{ key, field },
    arguments: getArgumentValues(field, node, variables),
    type: isCompositeType(named) ? named : null,
    isConnection: named.name.endsWith("Connection"),
    selectionSets: node.selectionSet ? [node.selectionSet] : [],
  };
}

const isLeftOut = (node: Parameters<typeof getDirectiveValues>[1], { variables }: Request) =>
  getDirectiveValues(GraphQLSkipDirective, node, variables)?.if === true ||
  getDirectiveValues(GraphQLIncludeDirective, node, variables)?.if === false;

function appliesTo(
  type: GraphQLObjectType,
  condition: FragmentDefinitionNode["typeCondition"] | undefined,
  schema: GraphQLSchema,
): boolean {
  const wanted = condition ? typeFromAST(schema, condition) : type;
  return wanted === type || (isAbstractType(wanted) && schema.isSubType(wanted, type));
}

/** The object types that a field's value may be of. */
export const possibleTypes = (
  type: GraphQLCompositeType,
  schema: GraphQLSchema,
): readonly GraphQLObjectType[] => (isAbstractType(type) ? schema.getPossibleTypes(type) : [type]);
