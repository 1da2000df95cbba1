import { Kind, visit, type DocumentNode, type TypeDefinitionNode, type TypeNode } from "graphql";

export type Selection = { rootFields: readonly string[]; objectTypes: readonly string[] };
type Types = ReadonlyMap<string, TypeDefinitionNode>;

const ROOTS = ["QueryRoot", "Mutation"];

/** Cuts a schema down to a selection; what stays is as Shopify has it, deprecations included.
 *
 * The rule. Of the two roots: the listed fields. Of objects: the listed ones, their connections and
 * edges, the answers of the listed mutations, and user errors. Of a kept object or interface: every
 * field that does not lead to a cut type; a type that this leaves empty is cut too. Scalars, enums,
 * inputs, interfaces and unions stay when something kept still names them. Descriptions go.
 * @throws {Error} naming what is listed and not in the schema */
export function prune(schema: DocumentNode, selection: Selection): DocumentNode {
  const all = typesOf(schema);
  const gone = cutTypes(all, keptObjects(all, selection));
  const cut = typesOf(withoutDescriptions(without(gone, all, selection.rootFields)));
  const used = reachable(cut, ROOTS);
  const definitions = schema.definitions.filter(({ kind }) => kind === Kind.SCHEMA_DEFINITION);
  return {
    kind: Kind.DOCUMENT,
    definitions: [...definitions, ...[...cut.values()].filter(({ name }) => used.has(name.value))],
  };
}

function keptObjects(all: Types, { rootFields, objectTypes }: Selection): Set<string> {
  const roots = ROOTS.flatMap((name) => fieldsOf(all.get(name)));
  const answers = rootFields.map((name) => {
    const field = roots.find((field) => field.name.value === name);
    if (!field) throw new Error(`the schema has no root field "${name}"`);
    return nameOf(field.type);
  });
  const unknown = objectTypes.filter((name) => !all.has(name));
  if (unknown.length > 0) throw new Error(`the schema has no type ${unknown.join(", ")}`);
  const listed = [...ROOTS, ...objectTypes, ...objectTypes.flatMap(connectionTypes)];
  const errors = [...all.keys()].filter((name) => name.endsWith("UserError"));
  return new Set([...listed, ...answers, ...errors].filter((name) => all.has(name)));
}

const connectionTypes = (name: string) => [`${name}Connection`, `${name}Edge`];

/** Every object that is not kept, and every type that is empty without them. */
function cutTypes(all: Types, kept: ReadonlySet<string>): Set<string> {
  const gone = new Set<string>();
  const isEmpty = (type: TypeDefinitionNode) => {
    if (type.kind === Kind.UNION_TYPE_DEFINITION)
      return type.types?.every(({ name }) => gone.has(name.value)) ?? true;
    return (
      (type.kind === Kind.OBJECT_TYPE_DEFINITION || type.kind === Kind.INTERFACE_TYPE_DEFINITION) &&
      fieldsOf(type).every((field) => gone.has(nameOf(field.type)))
    );
  };
  for (const { kind, name } of all.values())
    if (kind === Kind.OBJECT_TYPE_DEFINITION && !kept.has(name.value)) gone.add(name.value);
  for (let before = -1; before !== gone.size;) {
    before = gone.size;
    for (const type of all.values()) if (isEmpty(type)) gone.add(type.name.value);
  }
  return gone;
}

function without(gone: ReadonlySet<string>, all: Types, rootFields: readonly string[]) {
  const stays = ({ name }: { name: { value: string } }) => !gone.has(name.value);
  const document: DocumentNode = { kind: Kind.DOCUMENT, definitions: [...all.values()] };
  return visit(document, {
    ObjectTypeDefinition: (type) => {
      if (!stays(type)) return null;
      const isRoot = ROOTS.includes(type.name.value);
      const fields = fieldsOf(type).filter(
        ({ name }) => !isRoot || rootFields.includes(name.value),
      );
      return { ...type, fields, interfaces: type.interfaces?.filter(stays) };
    },
    InterfaceTypeDefinition: (type) =>
      stays(type) ? { ...type, interfaces: type.interfaces?.filter(stays) } : null,
    UnionTypeDefinition: (type) =>
      stays(type) ? { ...type, types: type.types?.filter(stays) } : null,
    FieldDefinition: (field) => (gone.has(nameOf(field.type)) ? null : undefined),
  });
}

/** The names that can be met from `start`: through fields, arguments, inputs, implementers. */
function reachable(types: Types, start: readonly string[]): Set<string> {
  const found = new Set<string>();
  const pending = [...start];
  for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
    const type = types.get(name);
    if (!type || found.has(name)) continue;
    found.add(name);
    visit(type, { NamedType: (node) => void pending.push(node.name.value) });
  }
  return found;
}

const withoutDescriptions = (document: DocumentNode): DocumentNode =>
  visit(document, { StringValue: (node, key) => (key === "description" ? null : undefined) });

function typesOf(document: DocumentNode): Types {
  const isType = (node: DocumentNode["definitions"][number]): node is TypeDefinitionNode =>
    "name" in node && node.kind.endsWith("TypeDefinition");
  return new Map(document.definitions.filter(isType).map((type) => [type.name.value, type]));
}

const fieldsOf = (type: TypeDefinitionNode | undefined) =>
  type && "fields" in type && type.kind !== Kind.INPUT_OBJECT_TYPE_DEFINITION
    ? (type.fields ?? [])
    : [];

const nameOf = (type: TypeNode): string =>
  type.kind === Kind.NAMED_TYPE ? type.name.value : nameOf(type.type);
