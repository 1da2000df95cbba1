import { randomUUID } from "node:crypto";
import { isAppError } from "~/platform/errors";
import { inTransaction, type Sql } from "~/platform/sql.server";
import { AdminRefused } from "~/shopify/admin.server";
import { MORE_VARIANTS, PRODUCTS_BY_ID } from "~/shopify/catalog-documents";
import { answerHints, putBack, takeHints, type Hint } from "./hints.server";
import { mergeProducts } from "./merge.server";
import { stageProducts } from "./stage.server";
import type { ListedProduct } from "./product";
import { listedOr, ProductsAnswer, readNode, VariantsAnswer, type Told } from "./refresh-answer";
import type { RefreshShop } from "./refresh-shops.server";
import { askInTurn, atOnce, learn, waitForBudget, type RefreshWorld } from "./refresh-world.server";

/** How asking went: `none` was to be asked for, `answered`, or `failed`: the shop is better left alone. */
export type Outcome = "none" | "answered" | "failed";

/** What was found out about hints: products, those of them that are there no more included. */
type Findings = {
  listed: ListedProduct[];
  answered: Hint[];
  unread: { hint: Hint; why: string }[];
};

/** Asks for some of a shop's products that hints are of, and merges what Shopify tells. Hints are
 * forgotten in the same transaction; those that were not answered are put back with the reason.
 * @param only of these products */
export async function refreshSome(
  world: RefreshWorld,
  shop: RefreshShop,
  only?: readonly string[],
): Promise<Outcome> {
  await waitForBudget(world, shop, PRODUCTS_BY_ID);
  if (world.signal?.aborted) return "none";
  const taking = { now: world.now(), limit: atOnce(world, shop), only };
  const hints = await takeHints(world.db, shop.id, taking);
  if (hints.length === 0) return "none";
  try {
    const asOf = world.now();
    await keep(world, { shop, asOf }, await find(world, shop, hints));
    learn(world, shop, false);
    return "answered";
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    world.log.warn({ shop: shop.domain, reason }, "products could not be asked for");
    await putBack(world.db, shop.id, hints, { error: reason, now: world.now() });
    if (!isAppError(error)) throw error;
    if (error instanceof AdminRefused) learn(world, shop, true);
    return "failed";
  }
}

/** @throws {AppError} as `ask` does */
async function find(
  world: RefreshWorld,
  shop: RefreshShop,
  hints: readonly Hint[],
): Promise<Findings> {
  const ids = hints.map(({ productId }) => `gid://shopify/Product/${productId}`);
  const { nodes } = await askInTurn(world, shop, {
    ...{ document: PRODUCTS_BY_ID, answer: ProductsAnswer, variables: { ids } },
  });
  if (nodes.length !== hints.length)
    throw new AdminRefused(`asked for ${hints.length} products, got ${nodes.length} answers`);
  const findings: Findings = { listed: [], answered: [], unread: [] };
  for (const [i, hint] of hints.entries())
    sort(findings, hint, await whole(world, shop, readNode(nodes[i])), shop.currency);
  return findings;
}

function sort(findings: Findings, hint: Hint, told: Told, currency: string): void {
  if (told.kind === "unread") return void findings.unread.push({ hint, why: told.why });
  const listed = told.kind === "gone" ? undefined : listedOr(told, currency);
  if (typeof listed === "string") return void findings.unread.push({ hint, why: listed });
  if (listed) findings.listed.push(listed);
  findings.answered.push(hint);
}

/** Asks for the variants of a product that did not come with it. */
async function whole(world: RefreshWorld, shop: RefreshShop, told: Told): Promise<Told> {
  if (told.kind !== "product") return told;
  let { after } = told;
  const variants = [...told.variants];
  while (after !== null) {
    const variables = { id: `gid://shopify/Product/${told.product.id}`, after };
    const { product } = await askInTurn(world, shop, {
      ...{ document: MORE_VARIANTS, answer: VariantsAnswer, variables },
    });
    if (!product) return { kind: "gone" };
    const { nodes, pageInfo } = product.variants;
    variants.push(...nodes);
    after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
  }
  return { ...told, variants, after: null };
}

async function keep(
  world: RefreshWorld,
  { shop, asOf }: { shop: RefreshShop; asOf: Date },
  { listed, answered, unread }: Findings,
): Promise<void> {
  const [first] = answered;
  if (first)
    await inTransaction(world.db.pool, async (sql) => {
      if (!(await isInstalled(sql, shop.id))) return;
      const key = { shopId: shop.id, batch: randomUUID() };
      const asked = answered.map(({ productId }) => productId);
      await stageProducts(sql, key, listed);
      await mergeProducts(sql, key, { asOf, source: first.reason, asked });
      await answerHints(sql, shop.id, answered);
    });
  for (const { hint, why } of unread) {
    world.log.warn({ shop: shop.domain, product: hint.productId, reason: why }, "cannot be read");
    await putBack(world.db, shop.id, [hint], { error: why, now: world.now() });
  }
}

/** Whoever leaves while being asked about is let go; a shop that is being erased waits for us. */
const isInstalled = async (sql: Sql, shopId: number): Promise<boolean> =>
  (
    await sql.rows(
      `select id from shops where id = $1::int and uninstalled_at is null for key share`,
      [shopId],
    )
  ).length > 0;
