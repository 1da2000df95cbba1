/** A global id. dev:api/usage/gids */
export const gid = (type: string, id: number): string => `gid://shopify/${type}/${id}`;

const PATTERN = /^gid:\/\/shopify\/(\w+)\/(\d+)(?:\?.*)?$/;

/** The type and the number that a global id names; undefined for any other text. */
export function parseGid(text: string): { type: string; id: number } | undefined {
  const [, type, id] = PATTERN.exec(text) ?? [];
  return type === undefined ? undefined : { type, id: Number(id) };
}

/** The number in a global id of this type; undefined for any other text. */
export function idOf(type: string, text: string): number | undefined {
  const found = parseGid(text);
  return found?.type === type ? found.id : undefined;
}

/** Shopify keeps times to the second, and so do its answers. dev:api/admin-graphql/latest/scalars/DateTime */
export const toSeconds = (iso: string): string => `${iso.slice(0, 19)}Z`;
export const toSecondsOrNull = (iso: string | null): string | null =>
  iso === null ? null : toSeconds(iso);
