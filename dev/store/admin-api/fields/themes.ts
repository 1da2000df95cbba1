import { createHash } from "node:crypto";
import { themeFiles, themeOf } from "../../theme/files";
import { badRequest } from "../errors";
import { gid } from "../gid";
import { paged, type Page } from "../lists/connection";
import type { Node, ShopScope } from "../scope";

type Wanted = Page & { roles?: string[] | null; names?: string[] | null };
type WantedFiles = { filenames?: string[] | null; first?: number | null; after?: string | null };
type File = { filename: string; body: string };

const MOST_FILENAMES = 50;
const CREATED_AT = "2024-02-01T09:00:00Z";

/** Each shop has one theme, the published one. dev:api/admin-graphql/2026-07/queries/themes */
export const themeFields = (scope: ShopScope) => {
  const theme = () => themeOf(scope.platform, scope.shop.domain);
  return {
    themes: paged(
      ({ roles, names }: Wanted) =>
        [theme()].filter(
          ({ name }) =>
            (!roles || roles.includes("MAIN")) && (!names || names.some(matching(name))),
        ),
      { id: ({ id }) => id, node: ({ id }) => themeNode(scope, id) ?? {} },
    ),
  };
};

export function themeNode(scope: ShopScope, id: number): Node | null {
  const theme = themeOf(scope.platform, scope.shop.domain);
  if (theme.id !== id) return null;
  const files = () => themeFiles(scope.platform, scope.shop.domain);
  return {
    ...{ __typename: "OnlineStoreTheme", id: gid("OnlineStoreTheme", id), name: theme.name },
    ...{ role: "MAIN", prefix: `/t/${id}`, themeStoreId: null },
    ...{ processing: false, processingFailed: false, createdAt: CREATED_AT, updatedAt: CREATED_AT },
    files: (wanted: WantedFiles) => filePage(files(), wanted),
  };
}

/** @throws {GraphQLError} BAD_REQUEST for more than 50 names */
function filePage(files: File[], { filenames, first, after }: WantedFiles) {
  if (filenames && filenames.length > MOST_FILENAMES)
    throw badRequest(`at most ${MOST_FILENAMES} filenames can be specified`);
  const found = files
    .filter(({ filename }) => !filenames || filenames.some(matching(filename)))
    .toSorted((a, b) => (a.filename < b.filename ? -1 : 1));
  const start = after ? found.findIndex(({ filename }) => filename > atob(after)) : 0;
  const from = start < 0 ? found.length : start;
  const shown = found.slice(from, from + (first ?? found.length));
  const edges = shown.map((file) => ({ cursor: btoa(file.filename), node: fileNode(file) }));
  return {
    ...{ edges, nodes: edges.map(({ node }) => node) },
    pageInfo: {
      ...{ hasNextPage: from + shown.length < found.length, hasPreviousPage: from > 0 },
      ...{ startCursor: edges.at(0)?.cursor ?? null, endCursor: edges.at(-1)?.cursor ?? null },
    },
  };
}

/** `*` stands for anything. */
const matching = (name: string) => (pattern: string) =>
  new RegExp(`^${pattern.split("*").map(escaped).join(".*")}$`).test(name);

const escaped = (text: string) => text.replaceAll(/[.+?^${}()|[\]\\]/g, "\\$&");

function fileNode({ filename, body }: File): Node {
  return {
    ...{ filename, size: String(Buffer.byteLength(body)), contentType: contentTypeOf(filename) },
    checksumMd5: createHash("md5").update(body).digest("hex"),
    ...{ createdAt: CREATED_AT, updatedAt: CREATED_AT },
    body: { __typename: "OnlineStoreThemeFileBodyText", content: body },
  };
}

const contentTypeOf = (filename: string) =>
  filename.endsWith(".json") ? "application/json" : "application/x-liquid";
