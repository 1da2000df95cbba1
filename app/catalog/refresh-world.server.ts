import { setTimeout as sleep } from "node:timers/promises";
import type { AppContext } from "~/context";
import type { Database } from "~/platform/db.server";
import { Unauthorized } from "~/platform/errors";
import type { Log } from "~/platform/log.server";
import { ask, type Admin } from "~/shopify/admin.server";
import { pauseFor, type Cost } from "~/shopify/budget";
import { renewRefused } from "~/shopify/token-renewal.server";
import type { RefreshShop } from "./refresh-shops.server";

/** What this process knows of a shop's Admin API. Another one finds it out by itself. */
type Desk = {
  /** As the last answer said, less what is being asked. */
  bucket?: { status: Cost["throttleStatus"]; toldAt: Date };
  /** By document, what it may cost. */
  costs: Map<string, number>;
  /** How many products are asked for in one query. */
  atOnce: number;
};

/** Products that are asked for in one query, when Shopify answers it: by our count it costs up to 900 of
 * the 1000 points that one may. */
export const AT_ONCE = 25;

/** What the asking for products works with. */
export type RefreshWorld = {
  db: Database;
  log: Log;
  adminOf: (domain: string) => Promise<Admin>;
  /** Replaces a token that Shopify refused, or drops it. */
  renewToken: (shopId: number) => Promise<void>;
  now: () => Date;
  /** Lets so many milliseconds pass; ends at once when the process stops. */
  pause: (ms: number) => Promise<void>;
  signal?: AbortSignal;
  /** By the shop's id. */
  desks: Map<number, Desk>;
  /** Asked for on demand and not answered yet, by shop and product. */
  underWay: Map<string, Promise<void>>;
};

type Context = Pick<AppContext, "db" | "log" | "shopify">;
const worlds = new WeakMap<Context, RefreshWorld>();

/** The world of this process, for what a request wants: the same one for each. */
export function refreshWorld(context: Context): RefreshWorld {
  const known = worlds.get(context) ?? openWorld(context);
  worlds.set(context, known);
  return known;
}

export const openWorld = ({ db, log, shopify }: Context, signal?: AbortSignal): RefreshWorld => ({
  ...{ db, log, adminOf: shopify.adminOf, signal, desks: new Map(), underWay: new Map() },
  renewToken: (shopId) => renewRefused(shopify.tokens, shopId),
  now: () => new Date(),
  pause: (ms) => sleep(ms, undefined, { signal }).catch(() => {}),
});

/** Until a shop's first answer tells more: as much as one query may cost. dev:api/usage/limits */
const DEAREST = 1000;

const deskOf = ({ desks }: RefreshWorld, { id }: RefreshShop): Desk => {
  const desk = desks.get(id) ?? { costs: new Map(), atOnce: AT_ONCE };
  desks.set(id, desk);
  return desk;
};

export const atOnce = (world: RefreshWorld, shop: RefreshShop): number =>
  deskOf(world, shop).atOnce;

/** One product more comes into a query after an answer, half as many after a refusal: the query was too
 * dear, or of a product that Shopify cannot tell of. */
export function learn(world: RefreshWorld, shop: RefreshShop, isRefused: boolean): void {
  const desk = deskOf(world, shop);
  const next = isRefused ? Math.floor(desk.atOnce / 2) : desk.atOnce + 1;
  desk.atOnce = Math.min(AT_ONCE, Math.max(1, next));
}

/** Milliseconds until a query leaves half of the shop's call budget to others. */
export function budgetPause(world: RefreshWorld, shop: RefreshShop, document: string): number {
  const { bucket, costs } = deskOf(world, shop);
  if (!bucket) return 0;
  const elapsed = world.now().getTime() - bucket.toldAt.getTime();
  return pauseFor(bucket.status, elapsed, costs.get(document) ?? DEAREST);
}

/** Waits for that long. */
export async function waitForBudget(
  world: RefreshWorld,
  shop: RefreshShop,
  document: string,
): Promise<void> {
  const pause = budgetPause(world, shop, document);
  if (pause > 0) await world.pause(pause);
}

/** Asks the Admin API when the budget allows it, once: whoever is throttled comes back later.
 * @throws {AppError} as `ask` does */
export async function askInTurn<Answer>(
  world: RefreshWorld,
  shop: RefreshShop,
  question: Pick<Parameters<typeof ask<Answer>>[2], "answer" | "variables"> & { document: string },
): Promise<Answer> {
  const { document, ...rest } = question;
  await waitForBudget(world, shop, document);
  const desk = deskOf(world, shop);
  if (desk.bucket) desk.bucket.status.currentlyAvailable -= desk.costs.get(document) ?? DEAREST;
  const onCost = ({ requestedQueryCost, throttleStatus }: Cost) => {
    desk.bucket = { status: throttleStatus, toldAt: world.now() };
    desk.costs.set(document, requestedQueryCost);
  };
  try {
    return await ask(await world.adminOf(shop.domain), document, { ...rest, tries: 1, onCost });
  } catch (error) {
    if (error instanceof Unauthorized) await world.renewToken(shop.id);
    throw error;
  }
}
