import { isAppError } from "~/platform/errors";
import { inTransaction } from "~/platform/sql.server";
import { MINUTE } from "~/platform/time";
import { CHANGED_PRODUCTS, PRODUCTS_COUNT } from "~/shopify/catalog-documents";
import { findPlannedArrivals } from "./alerts/find.server";
import { hint, notMirrored } from "./hints.server";
import { takeTurns } from "./merge.server";
import { ChangedAnswer, CountAnswer, type Changed } from "./refresh-answer";
import type { RefreshShop } from "./refresh-shops.server";
import { askInTurn, type RefreshWorld } from "./refresh-world.server";
import { endSweep, expectedCount, notListed, type SweepClaim } from "./sweep-state.server";
import { requestSync } from "./sync-state.server";

/** How much of what was swept is swept again: for clocks that are apart, and lists that lag behind. */
const OVERLAP = 5 * MINUTE;
/** Beyond so many products a bulk operation is cheaper. Shopify pages through at most 25,000. */
export const MOST_LISTED = 20_000;

/** Looks for what lost webhooks should have told: has the products asked for that Shopify has changed
 * since the last sweep and the mirror has otherwise, and those that are there no more. Where that is too
 * much, asks for a sync. A failure leaves the sweep to be made again. What has become visible as planned,
 * of which Shopify tells nothing, is announced first. */
export async function sweep(world: RefreshWorld, claim: SweepClaim): Promise<void> {
  const { db, log } = world;
  const beganAt = world.now();
  await inTransaction(db.pool, async (sql) => {
    await takeTurns(sql, claim.id);
    await findPlannedArrivals(sql, claim.id);
  });
  try {
    const isListed = await look(world, claim);
    if (!isListed) await requestSync(db, claim.id, { reason: "sweep", now: world.now() });
    await endSweep(db, claim.id, { beganAt: isListed ? beganAt : null, now: world.now() });
    log.info({ shop: claim.domain, isListed }, "swept a shop's catalogue");
  } catch (error) {
    if (!isAppError(error)) throw error;
    log.warn({ shop: claim.domain, reason: error.message }, "a sweep is held up");
  }
}

/** @returns false when there is too much to list */
async function look(world: RefreshWorld, claim: SweepClaim): Promise<boolean> {
  const since = new Date(claim.since.getTime() - OVERLAP).toISOString();
  const changed = await list(world, claim, `updated_at:>='${since}'`);
  if (!changed) return false;
  const { productsCount } = await askInTurn(world, claim, {
    ...{ document: PRODUCTS_COUNT, answer: CountAnswer },
  });
  if (productsCount.count === (await expectedCount(world.db, claim.id, changed))) return true;
  if (productsCount.count > MOST_LISTED) return false;
  const all = await list(world, claim, "");
  if (!all) return false;
  await ask(world, claim, await notListed(world.db, claim.id, all));
  return true;
}

/** Lists products, and has those asked for that the mirror has otherwise.
 * @returns their ids; null when there are too many */
async function list(world: RefreshWorld, shop: RefreshShop, q: string): Promise<string[] | null> {
  const ids: string[] = [];
  let after: string | null = null;
  do {
    const { nodes, next } = await page(world, shop, { q, after });
    ids.push(...nodes.map(({ id }) => id));
    await ask(world, shop, await notMirrored(world.db, shop.id, nodes));
    after = next;
    if (after !== null && ids.length >= MOST_LISTED) return null;
  } while (after !== null);
  return ids;
}

async function page(
  world: RefreshWorld,
  shop: RefreshShop,
  variables: { q: string; after: string | null },
): Promise<{ nodes: Changed; next: string | null }> {
  const { products } = await askInTurn(world, shop, {
    ...{ document: CHANGED_PRODUCTS, answer: ChangedAnswer, variables },
  });
  const { hasNextPage, endCursor } = products.pageInfo;
  return { nodes: products.nodes, next: hasNextPage ? endCursor : null };
}

const ask = ({ db, now }: RefreshWorld, { id }: RefreshShop, productIds: readonly string[]) =>
  hint(db, id, productIds, { reason: "sweep", now: now() });
