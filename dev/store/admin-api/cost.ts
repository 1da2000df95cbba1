import { OperationTypeNode, type SelectionSetNode } from "graphql";
import { possibleTypes, selectedOn, type Request, type Selected } from "./selections";

/** What one query may cost at most. dev:api/usage/limits */
export const LARGEST_COST = 1000;

const MUTATION = 10;
const CONNECTION = 2;

type Value = unknown;
/** Stands for "whatever may come": the requested cost, where the actual cost looks at the answer. */
const ANYTHING: Value = Symbol("anything");

/** Points that a request may cost: scalars and enums 0, objects 1, interfaces and unions their dearest
 * type, connections by their page size, mutations 10. dev:api/usage/limits */
export const requestedCost = (request: Request): number => costOfRequest(request, ANYTHING);

/** Points that its answer cost: pages count by what they brought. */
export const actualCost = (request: Request, data: unknown): number =>
  costOfRequest(request, data ?? null);

function costOfRequest(request: Request, data: Value): number {
  const { schema, operation } = request;
  const root = schema.getRootType(operation.operation);
  if (!root) return 0;
  const fields = selectedOn(root, [operation.selectionSet], request);
  if (operation.operation === OperationTypeNode.MUTATION) return fields.length * MUTATION;
  return sum(fields.map((field) => costOfField(field, valueOf(data, field.key), request)));
}

function costOfField(selected: Selected, value: Value, request: Request): number {
  if (!selected.type) return 0;
  if (selected.isConnection) return costOfConnection(selected, value, request);
  if (value === null || value === undefined) return 1;
  const { ids } = selected.arguments;
  const times = Array.isArray(ids) ? ids.length : 1;
  return times * costOfObjects(selected.selectionSets, value, selected, request);
}

/** An object, or the dearest of a list of them. */
function costOfObjects(
  selectionSets: SelectionSetNode[],
  value: Value,
  { type }: Selected,
  request: Request,
): number {
  if (!type) return 0;
  const values = Array.isArray(value) ? (value as Value[]) : [value];
  const costs = possibleTypes(type, request.schema).map((possible) => {
    const fields = selectedOn(possible, selectionSets, request);
    return max(
      values.map((each) =>
        sum(fields.map((field) => costOfField(field, valueOf(each, field.key), request))),
      ),
    );
  });
  return 1 + max(costs);
}

function costOfConnection(selected: Selected, value: Value, request: Request): number {
  if (value === null) return CONNECTION;
  const [type] = selected.type ? possibleTypes(selected.type, request.schema) : [];
  if (!type) return 0;
  const size = Number(selected.arguments.first ?? selected.arguments.last ?? 0);
  const costs = selectedOn(type, selected.selectionSets, request).map((field) => {
    const inner = valueOf(value, field.key);
    if (field.key === "pageInfo") return 1;
    const length = Array.isArray(inner) ? inner.length : size;
    return pageWeight(length) * costOfItem(field, inner, request);
  });
  return CONNECTION + sum(costs);
}

/** `nodes` are the items; an edge leads to one and costs nothing itself. */
function costOfItem(field: Selected, value: Value, request: Request): number {
  if (field.field.name !== "edges") return costOfField(field, value, request);
  const [edge] = field.type ? possibleTypes(field.type, request.schema) : [];
  if (!edge) return 0;
  const edges = Array.isArray(value) ? (value as Value[]) : [value];
  const costs = selectedOn(edge, field.selectionSets, request).map((inner) => {
    const values = edges.map((each) => valueOf(each, inner.key));
    return costOfField(inner, value === ANYTHING ? ANYTHING : values, request);
  });
  return sum(costs);
}

/** How many items a page counts as. Shopify says only that connections are sized by their page; that
 * 250 count as 11 was seen in answers of the API, and the curve goes through it.
 * community.shopify.dev/t/unexpectedly-low-graphql-query-cost/23101 */
const pageWeight = (size: number): number =>
  size <= 1 ? size : Math.max(1, Math.floor(2 * Math.log(size)));

const valueOf = (value: Value, key: string): Value => {
  if (value === ANYTHING) return ANYTHING;
  return typeof value === "object" && value !== null && key in value
    ? (value as Record<string, Value>)[key]
    : null;
};

const sum = (numbers: number[]) => numbers.reduce((total, each) => total + each, 0);
const max = (numbers: number[]) => Math.max(0, ...numbers);
