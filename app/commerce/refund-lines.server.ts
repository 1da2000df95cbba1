import { z } from "zod";
import { ask, type Admin } from "~/shopify/admin.server";
import { REFUND_LINES } from "~/shopify/documents";
import { refundLine } from "./bulk-order";

/** Refunds asked for in one query, so that its cost stays within what one may cost. */
const AT_ONCE = 10;

const Answer = z.object({
  nodes: z.array(
    z
      .object({
        id: z.string(),
        refundLineItems: z.object({
          nodes: z.array(refundLine),
          pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
        }),
      })
      .nullable(),
  ),
});
export type RefundLines = Map<string, z.output<typeof refundLine>[]>;

/** The lines of refunds, by the refunds' global ids; one that is gone has none.
 * @throws {AdminRefused | Unavailable} as `ask` does */
export async function refundLines(admin: Admin, ids: readonly string[]): Promise<RefundLines> {
  const lines: RefundLines = new Map();
  for (let from = 0; from < ids.length; from += AT_ONCE)
    await addPages(admin, lines, { ids: ids.slice(from, from + AT_ONCE), after: null });
  return lines;
}

/** Adds a page of each refund, and the further pages of those that have any. */
async function addPages(
  admin: Admin,
  lines: RefundLines,
  variables: { ids: readonly string[]; after: string | null },
): Promise<void> {
  const { nodes } = await ask(admin, REFUND_LINES, { answer: Answer, variables });
  for (const refund of nodes) {
    if (!refund) continue;
    const { nodes: page, pageInfo } = refund.refundLineItems;
    lines.set(refund.id, [...(lines.get(refund.id) ?? []), ...page]);
    if (pageInfo.hasNextPage)
      await addPages(admin, lines, { ids: [refund.id], after: pageInfo.endCursor });
  }
}
