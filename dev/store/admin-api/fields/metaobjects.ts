import type { Metaobject } from "../../state";
import { userError } from "../errors";
import { gid, toSeconds } from "../gid";
import { paged, type Page } from "../lists/connection";
import { keyword, number, time } from "../lists/search";
import { nextId } from "../next-id";
import type { Node, ShopScope } from "../scope";
import { appNode } from "./app-installation";
import { declaredMetaobjects, type MetaobjectDefinition } from "./metaobject-definitions";
import { ownNamespace } from "./own-namespace";

type Handle = { handle: { type: string; handle: string } };
type Fields = { handle?: string | null; fields?: { key: string; value: string }[] | null };
type Upsert = Handle & { values?: unknown; metaobject?: Fields | null };

/** Entries of the types that the app declares in shopify.app.toml.
 * dev:apps/build/custom-data/metaobjects */
export const metaobjectFields = (scope: ShopScope) => ({
  metaobjects: paged(({ type }: Page & { type: string }) => ofType(scope, type), {
    id: ({ id }) => id,
    node: (each) => metaobjectNode(scope, each),
    filters: {
      id: number(({ id }) => id),
      handle: keyword(({ handle }) => handle),
      updated_at: time(({ updatedAt }) => updatedAt),
    },
    sortKeys: {
      id: ({ id }) => id,
      type: ({ type }) => type,
      updated_at: ({ updatedAt }) => updatedAt,
      display_name: ({ handle }) => handle,
    },
  }),
  metaobject: ({ id }: { id: string }) => {
    const found = metaobjectsOf(scope).find((each) => gid("Metaobject", each.id) === id);
    return found ? metaobjectNode(scope, found) : null;
  },
  metaobjectByHandle: ({ handle }: Handle) => {
    const found = find(scope, handle);
    return found ? metaobjectNode(scope, found) : null;
  },
  metaobjectUpsert: (input: Upsert) => upsert(scope, input),
});

export const metaobjectsOf = ({ platform, shop }: ShopScope): Metaobject[] =>
  (platform.memory.state.metaobjects[shop.domain] ??= []);

const ofType = (scope: ShopScope, type: string) =>
  metaobjectsOf(scope).filter((each) => each.type === ownNamespace(type));

const find = (scope: ShopScope, { type, handle }: Handle["handle"]) =>
  ofType(scope, type).find((each) => each.handle === handle);

const definitionOf = ({ platform }: ShopScope, type: string): MetaobjectDefinition | undefined =>
  declaredMetaobjects(platform.app.configuration).find(
    (each) => ownNamespace(`$app:${each.type}`) === ownNamespace(type),
  );

function upsert(scope: ShopScope, { handle, values, metaobject }: Upsert) {
  const definition = definitionOf(scope, handle.type);
  if (!definition) {
    const message = `No metaobject definition exists for type "${handle.type}"`;
    return refusal(["handle", "type"], message, "UNDEFINED_OBJECT_TYPE");
  }
  const found = find(scope, handle);
  const given = metaobject ? partly(found, metaobject) : whole(values);
  if (!given) return refusal(["values"], "values must be a JSON object", "INVALID_VALUE");
  const unknown = Object.keys(given).find((key) => !definition.keys.includes(key));
  if (unknown !== undefined)
    return refusal(
      ["values", unknown],
      `Field definition "${unknown}" does not exist`,
      "UNDEFINED_OBJECT_FIELD",
    );
  return { metaobject: metaobjectNode(scope, keep(scope, handle, given)), userErrors: [] };
}

/** All values at once: keys that are left out are cleared. */
function whole(values: unknown): Record<string, unknown> | undefined {
  const isObject = typeof values === "object" && values !== null && !Array.isArray(values);
  return isObject ? (values as Record<string, unknown>) : undefined;
}

/** Some fields only: the others stay. */
const partly = (found: Metaobject | undefined, { fields }: Fields): Record<string, unknown> => ({
  ...found?.values,
  ...Object.fromEntries((fields ?? []).map(({ key, value }) => [key, value])),
});

const refusal = (field: string[], message: string, code: string) => ({
  metaobject: null,
  userErrors: [{ ...userError(field, message, code), elementKey: null, elementIndex: null }],
});

function keep(
  scope: ShopScope,
  { type, handle }: Handle["handle"],
  values: Record<string, unknown>,
): Metaobject {
  const { memory, now } = scope.platform;
  const updatedAt = now().toISOString();
  const all = metaobjectsOf(scope);
  const found = find(scope, { type, handle });
  const made = { ...{ id: nextId(scope.shop, all), type: ownNamespace(type) }, handle, values };
  const kept = found
    ? Object.assign(found, { values, updatedAt })
    : { ...made, createdAt: updatedAt, updatedAt };
  if (!found) all.push(kept);
  memory.save();
  return kept;
}

export function metaobjectNode(scope: ShopScope, metaobject: Metaobject): Node {
  const { id, type, handle, values, createdAt, updatedAt } = metaobject;
  const definition = definitionOf(scope, type);
  const title = definition?.displayNameField && values[definition.displayNameField];
  const fields = () =>
    Object.entries(values).map(([key, value]) => ({
      ...{ key, jsonValue: value, type: definition?.types[key] ?? "json" },
      value: typeof value === "string" ? value : JSON.stringify(value),
    }));
  return {
    ...{ __typename: "Metaobject", id: gid("Metaobject", id), type, handle, values, fields },
    field: ({ key }: { key: string }) => fields().find((field) => field.key === key) ?? null,
    displayName: typeof title === "string" ? title : handle,
    ...{ createdAt: toSeconds(createdAt), updatedAt: toSeconds(updatedAt) },
    ...{ createdBy: () => appNode(scope), createdByApp: () => appNode(scope) },
  };
}
