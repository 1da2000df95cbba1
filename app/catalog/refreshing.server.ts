import type { AppContext } from "~/context";
import { startLoop } from "~/platform/loop.server";
import { MINUTE, SECOND } from "~/platform/time";
import { PRODUCTS_BY_ID } from "~/shopify/catalog-documents";
import { refreshSome, type Outcome } from "./refresh.server";
import { shopsWithHints, type RefreshShop } from "./refresh-shops.server";
import { budgetPause, openWorld, type RefreshWorld } from "./refresh-world.server";
import { sweep } from "./sweep.server";
import { claimSweep, confirmSwept } from "./sweep-state.server";
import { hintSeen } from "./unknown.server";

const LOOK_FOR_HINTS_EVERY = SECOND;
const LOOK_FOR_SWEEPS_EVERY = 15 * SECOND;
const LOOK_AT_EVENTS_EVERY = MINUTE / 2;
/** Shops whose products are asked for at the same time. */
const SHOPS_AT_ONCE = 8;
/** Queries in a row for one shop, when others wait. */
const QUERIES_OF_A_TURN = 4;
const SWEEPS_AT_ONCE = 4;
/** How long a shop whose products could not be asked for is left alone by this process. */
const REST = 10 * SECOND;

/** Keeps the mirrors current: asks for the products that hints are of, sweeps for what no webhook told,
 * and looks what products events name. Any number of processes may: a hint is in one's hand.
 * @returns a function that stops after the queries under way */
export function startRefreshing(context: AppContext): () => Promise<void> {
  const stopping = new AbortController();
  const world = openWorld(context, stopping.signal);
  const shops = openShops(world);
  const { log } = world;
  const stops = [
    startLoop({ name: "asking for products", pauseMs: LOOK_FOR_HINTS_EVERY, log }, () =>
      shops.refreshDue(),
    ),
    startLoop({ name: "sweeping catalogues", pauseMs: LOOK_FOR_SWEEPS_EVERY, log }, () =>
      sweepDue(world),
    ),
    startLoop({ name: "looking at products in events", pauseMs: LOOK_AT_EVENTS_EVERY, log }, () =>
      hintSeen(world.db, world.now()),
    ),
  ];
  return async () => {
    stopping.abort();
    await Promise.all(stops.map((stop) => stop()));
    await shops.settled();
  };
}

/** Asks for products of several shops at once, in turns, so that one's trouble or backlog is not
 * another's. */
export function openShops(world: RefreshWorld) {
  const busy = new Map<number, Promise<void>>();
  const restingUntil = new Map<number, number>();
  const servedAt = new Map<number, number>();
  const now = () => world.now().getTime();
  const isFree = (shop: RefreshShop) =>
    !busy.has(shop.id) &&
    (restingUntil.get(shop.id) ?? 0) <= now() &&
    budgetPause(world, shop, PRODUCTS_BY_ID) === 0;
  let due: RefreshShop[] = [];
  const serve = async (shop: RefreshShop) => {
    servedAt.set(shop.id, now());
    const outcome = await takeTurn(world, shop);
    if (outcome === "failed") restingUntil.set(shop.id, now() + REST);
  };
  const next = () => {
    while (busy.size < SHOPS_AT_ONCE && !world.signal?.aborted) {
      const shop = due.shift();
      if (!shop) return;
      if (isFree(shop)) start(shop);
    }
  };
  const start = (shop: RefreshShop) => {
    const done = serve(shop)
      .catch((error: unknown) =>
        world.log.error({ shop: shop.domain, err: error }, "asking for products failed"),
      )
      .finally(() => {
        busy.delete(shop.id);
        next();
      });
    busy.set(shop.id, done);
  };
  return {
    /** Begins with the shops that have hints; whoever was served longest ago comes first. */
    async refreshDue(): Promise<void> {
      const turn = ({ id }: RefreshShop) => servedAt.get(id) ?? 0;
      const shops = await shopsWithHints(world.db, world.now());
      due = shops.toSorted((one, other) => turn(one) - turn(other));
      next();
    },
    /** Waits for what is under way. */
    async settled(): Promise<void> {
      while (busy.size > 0) await Promise.all(busy.values());
    },
  };
}

async function takeTurn(world: RefreshWorld, shop: RefreshShop): Promise<Outcome> {
  let outcome: Outcome = "answered";
  for (let queries = 0; queries < QUERIES_OF_A_TURN && outcome === "answered"; queries++) {
    if (budgetPause(world, shop, PRODUCTS_BY_ID) > 0) return outcome;
    outcome = await refreshSome(world, shop);
  }
  return outcome;
}

/** Confirms the mirrors whose sweeps are answered, and makes the sweeps that are due. */
export async function sweepDue(world: RefreshWorld): Promise<void> {
  await confirmSwept(world.db);
  await Promise.all(Array.from({ length: SWEEPS_AT_ONCE }, () => sweepInTurn(world)));
}

async function sweepInTurn(world: RefreshWorld): Promise<void> {
  while (!world.signal?.aborted) {
    const claim = await claimSweep(world.db, world.now());
    if (!claim) return;
    await sweep(world, claim);
  }
}
