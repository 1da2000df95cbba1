import { possibleTypes, selectedOn, type Request, type Selected } from "../selections";

type Fields = Record<string, unknown>;
type Row = { object: Fields; depth: number };

/** The lines of a bulk operation's result: one object each, a child behind its parent with the parent's
 * id as `__parentId`. Unless they are grouped, children come after all the parents of a level, so
 * whoever reads them cannot count on their being neighbours.
 * dev:api/usage/bulk-operations/queries */
export function toLines(
  request: Request,
  data: Fields,
  groupObjects: boolean,
): { lines: string[]; rootObjectCount: number } {
  const root = request.schema.getQueryType();
  if (!root) return { lines: [], rootObjectCount: 0 };
  const rows: Row[] = [];
  const fields = selectedOn(root, [request.operation.selectionSet], request);
  split(fields, data, { request, rows, depth: 0 });
  const ordered = groupObjects ? rows : rows.toSorted((a, b) => a.depth - b.depth);
  return {
    lines: ordered.map(({ object }) => JSON.stringify(object)),
    rootObjectCount: rows.filter(({ depth }) => depth === 0).length,
  };
}

type Place = { request: Request; rows: Row[]; depth: number; parentId?: unknown };

/** Takes the connections out of an object, as rows, and gives back what is left of it. */
function split(fields: readonly Selected[], object: Fields, place: Place): Fields {
  const rest: Fields = { ...object };
  for (const field of fields) {
    const value = object[field.key];
    if (typeof value !== "object" || value === null || Array.isArray(value) || !field.type)
      continue;
    if (field.isConnection) {
      Reflect.deleteProperty(rest, field.key);
      for (const node of nodesIn(value as Fields)) addRow(field, node, place);
    } else {
      const [type] = possibleTypes(field.type, place.request.schema);
      const inner = type ? selectedOn(type, field.selectionSets, place.request) : [];
      rest[field.key] = split(inner, value as Fields, place);
    }
  }
  return rest;
}

function nodesIn({ nodes, edges }: Fields): Fields[] {
  if (Array.isArray(nodes)) return nodes as Fields[];
  return Array.isArray(edges) ? (edges as { node: Fields }[]).map(({ node }) => node) : [];
}

/** The row of a parent is there before its children's, but what it holds is known only after. */
function addRow(connection: Selected, node: Fields, place: Place): void {
  const { request, rows, depth, parentId } = place;
  const row: Row = { object: {}, depth };
  rows.push(row);
  const below = { request, rows, depth: depth + 1, parentId: node.id };
  const rest = split(nodeFields(connection, request), node, below);
  row.object = parentId === undefined ? rest : { ...rest, __parentId: parentId };
}

/** The fields selected on a connection's nodes, under `nodes` or `edges { node }`. */
export function nodeFields(connection: Selected, request: Request): Selected[] {
  const on = ({ type, selectionSets }: Selected) => {
    const [first] = type ? possibleTypes(type, request.schema) : [];
    return first ? selectedOn(first, selectionSets, request) : [];
  };
  return on(connection).flatMap((field) => {
    if (field.field.name === "nodes") return on(field);
    if (field.field.name !== "edges") return [];
    return on(field).flatMap((inner) => (inner.field.name === "node" ? on(inner) : []));
  });
}
