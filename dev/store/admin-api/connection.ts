/** The arguments of a paged list that the stand-in understands. */
export type Page = { first?: number; after?: string };

const PAGE_SIZE = 50;

/** One page of a list; an item's cursor is its place. dev:api/usage/pagination-graphql */
export function connection<Item, Node>(
  items: readonly Item[],
  { first = PAGE_SIZE, after }: Page,
  toNode: (item: Item) => Node,
) {
  const from = after === undefined ? 0 : Number(atob(after)) + 1;
  const edges = items
    .slice(from, from + first)
    .map((item, i) => ({ cursor: btoa(String(from + i)), node: toNode(item) }));
  return {
    edges,
    nodes: edges.map(({ node }) => node),
    pageInfo: {
      hasNextPage: from + edges.length < items.length,
      hasPreviousPage: from > 0,
      startCursor: edges.at(0)?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}
