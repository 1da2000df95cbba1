import type { Metafield } from "../../state";
import { userError, type UserError } from "../errors";
import { parseGid } from "../gid";
import { nextId } from "../next-id";
import type { ShopScope } from "../scope";
import { installationGid } from "./app-installation";
import { digestOf, findMetafield, metafieldNode, metafieldsOf } from "./metafields";
import { nodeOf } from "./node";
import { ownNamespace } from "./own-namespace";

type Input = {
  ownerId: string;
  namespace?: string | null;
  key: string;
  type?: string | null;
  value: string;
  compareDigest?: string | null;
};
type Identifier = { ownerId: string; namespace: string; key: string };
type ElementError = UserError & { elementIndex: number | null };

const MOST_AT_ONCE = 25;
/** For JSON, of apps made since 2026-04; other types take half of it. */
const LONGEST_VALUE = 128 * 1024;

/** dev:api/admin-graphql/2026-07/mutations/metafieldsSet */
export const metafieldMutations = (scope: ShopScope) => ({
  metafieldsSet: ({ metafields: inputs }: { metafields: Input[] }) => {
    if (inputs.length > MOST_AT_ONCE) return { metafields: null, userErrors: [tooMany] };
    const userErrors = inputs.flatMap((input, i) => refusalsOf(scope, input, i));
    if (userErrors.length > 0) return { metafields: null, userErrors };
    const kept = inputs.map((input) => keep(scope, input));
    scope.platform.memory.save();
    return { metafields: kept.map((each) => metafieldNode(scope, each)), userErrors: [] };
  },

  metafieldsDelete: ({ metafields: identifiers }: { metafields: Identifier[] }) => {
    const deletedMetafields = identifiers.map((identifier) => remove(scope, identifier));
    scope.platform.memory.save();
    return { deletedMetafields, userErrors: [] };
  },
});

const fullKey = ({ ownerId, namespace, key }: Input | Identifier) => ({
  ...{ ownerId, key },
  namespace: ownNamespace(namespace),
});

function keep(scope: ShopScope, input: Input): Metafield {
  const all = metafieldsOf(scope);
  const found = findMetafield(scope, fullKey(input));
  const now = scope.platform.now().toISOString();
  const type = input.type ?? found?.type ?? "";
  if (found) return Object.assign(found, { type, value: input.value, updatedAt: now });
  const made: Metafield = {
    ...fullKey(input),
    ...{ id: nextId(scope.shop, all), type, value: input.value, createdAt: now, updatedAt: now },
  };
  all.push(made);
  return made;
}

function remove(scope: ShopScope, identifier: Identifier): Identifier | null {
  const found = findMetafield(scope, fullKey(identifier));
  if (!found) return null;
  const all = metafieldsOf(scope);
  all.splice(all.indexOf(found), 1);
  return identifier;
}

const tooMany: ElementError = {
  ...userError(
    ["metafields"],
    `Exceeded the maximum metafields input limit of ${MOST_AT_ONCE}.`,
    "LESS_THAN_OR_EQUAL_TO",
  ),
  elementIndex: null,
};

/** Nothing is kept when one of them is refused. */
function refusalsOf(scope: ShopScope, input: Input, elementIndex: number): ElementError[] {
  const found = findMetafield(scope, fullKey(input));
  const type = input.type ?? found?.type;
  const refusal =
    ownerRefusal(scope, input) ?? typeRefusal(type) ?? valueRefusal(type, input.value);
  const stale = staleness(input, found);
  return [refusal, stale]
    .filter((each) => each !== undefined)
    .map(({ field, message, code }) => {
      const path = ["metafields", String(elementIndex), field];
      return { ...userError(path, message, code), elementIndex };
    });
}

type Refusal = { field: keyof Input; message: string; code: string } | undefined;

function ownerRefusal(scope: ShopScope, { ownerId }: Input): Refusal {
  const isForeign =
    parseGid(ownerId)?.type === "AppInstallation" && ownerId !== installationGid(scope.shop.id);
  if (isForeign)
    return { field: "ownerId", message: "Access to this owner denied", code: "APP_NOT_AUTHORIZED" };
  if (nodeOf(scope, ownerId)) return undefined;
  return { field: "ownerId", message: "Owner does not exist.", code: "INVALID" };
}

const typeRefusal = (type: string | undefined): Refusal =>
  type ? undefined : { field: "type", message: "Type can't be blank", code: "BLANK" };

function valueRefusal(type: string | undefined, value: string): Refusal {
  const longest = type === "json" ? LONGEST_VALUE : LONGEST_VALUE / 2;
  if (value === "") return { field: "value", message: "Value can't be blank", code: "BLANK" };
  if (Buffer.byteLength(value) > longest)
    return { field: "value", message: `Value exceeds ${longest} bytes`, code: "TOO_LONG" };
  if (isValid(type, value)) return undefined;
  return { field: "value", message: `Value is no ${type ?? ""}.`, code: "INVALID_VALUE" };
}

function isValid(type: string | undefined, value: string): boolean {
  if (type === "boolean") return value === "true" || value === "false";
  if (type === "number_integer") return /^-?\d+$/.test(value);
  if (type === "number_decimal") return /^-?\d+(\.\d+)?$/.test(value);
  if (type !== "json" && !type?.startsWith("list.")) return true;
  try {
    const read: unknown = JSON.parse(value);
    return type === "json" || Array.isArray(read);
  } catch {
    return false;
  }
}

/** Compare-and-set: null means "only if there is none yet", leaving it out means "in any case". */
function staleness({ compareDigest }: Input, found: Metafield | undefined): Refusal {
  if (compareDigest === undefined) return undefined;
  if (compareDigest === (found ? digestOf(found.value) : null)) return undefined;
  const message =
    "The resource has been updated since it was loaded. Try again with an updated `compareDigest` value.";
  return { field: "compareDigest", message, code: "STALE_OBJECT" };
}
