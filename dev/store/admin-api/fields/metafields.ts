import { createHash } from "node:crypto";
import type { Metafield } from "../../state";
import { gid, toSeconds } from "../gid";
import { paged, type Page } from "../lists/connection";
import type { Node, ShopScope } from "../scope";
import { ownNamespace } from "./own-namespace";

type Key = { namespace?: string | null; key: string };
type Chosen = Page & { namespace?: string | null; keys?: string[] | null };

/** The fields of everything that can have metafields. */
export const metafieldFields = (scope: ShopScope, ownerId: string) => ({
  metafield: ({ namespace, key }: Key) => {
    const found = findMetafield(scope, { ownerId, namespace: ownNamespace(namespace), key });
    return found ? metafieldNode(scope, found) : null;
  },
  metafields: paged((page: Chosen) => chosen(scope, ownerId, page), {
    id: ({ id }) => id,
    node: (each) => metafieldNode(scope, each),
  }),
});

/** @param keys with their namespace, `custom.care`, or without one when there is a namespace */
function chosen(scope: ShopScope, ownerId: string, { namespace, keys }: Chosen): Metafield[] {
  const inNamespace = namespace ? ownNamespace(namespace) : undefined;
  return metafieldsOf(scope).filter(
    (each) =>
      each.ownerId === ownerId &&
      (inNamespace === undefined || each.namespace === inNamespace) &&
      (!keys || keys.includes(each.key) || keys.includes(`${each.namespace}.${each.key}`)),
  );
}

export const metafieldsOf = ({ platform, shop }: ShopScope): Metafield[] =>
  (platform.memory.state.metafields[shop.domain] ??= []);

export const findMetafield = (
  scope: ShopScope,
  { ownerId, namespace, key }: Pick<Metafield, "ownerId" | "namespace" | "key">,
): Metafield | undefined =>
  metafieldsOf(scope).find(
    (each) => each.ownerId === ownerId && each.namespace === namespace && each.key === key,
  );

export function metafieldNode(scope: ShopScope, metafield: Metafield): Node {
  const { id, namespace, key, type, value, createdAt, updatedAt } = metafield;
  return {
    ...{ __typename: "Metafield", id: gid("Metafield", id), legacyResourceId: String(id) },
    ...{ namespace, key, type, value, jsonValue: jsonValueOf(metafield) },
    ...{ createdAt: toSeconds(createdAt), updatedAt: toSeconds(updatedAt) },
    ...{ compareDigest: digestOf(value), sizeInBytes: Buffer.byteLength(value) },
  };
}

/** What `compareDigest` compares: Shopify does not say how it is made. */
export const digestOf = (value: string): string => createHash("sha256").update(value).digest("hex");

const PARSED = /^(json|boolean|number_integer|number_decimal|list\..+|rating|money|dimension)$/;

function jsonValueOf({ type, value }: Metafield): unknown {
  return PARSED.test(type) ? (JSON.parse(value) as unknown) : value;
}
