import { parseArgs } from "node:util";
import { playLive, type LiveOptions } from "./shoppers/traffic/live";
import { SHOPS } from "./store/catalog/shops";

const USAGE = `Usage: npm run shoppers -- [--shop HANDLE] [--per-day N | --per-second N] [--for MINUTES] [--seed N]

Sends simulated shoppers through a running demo, as their browsers would: the same events, the same
door, and orders in the stand-in.

  --shop HANDLE     northwind-outdoor (the default) or harbour-tea
  --per-day N       so many visits a day (20000)
  --per-second N    so many events a second instead
  --for MINUTES     stops after so long (until Ctrl-C)
  --seed N          which shoppers (1)
  --store ADDRESS   the stand-in's admin (http://127.0.0.1:4000)`;

type ShopState = { handle: string; domain: string; pixel: LiveOptions["pixel"] | null };

function readOptions() {
  const { values } = parseArgs({
    options: {
      shop: { type: "string", default: "northwind-outdoor" },
      "per-day": { type: "string" },
      "per-second": { type: "string" },
      for: { type: "string" },
      seed: { type: "string", default: "1" },
      store: { type: "string", default: "http://127.0.0.1:4000" },
    },
  });
  const number = (name: string, text: string) => {
    const value = Number(text);
    if (!(value > 0)) throw new TypeError(`--${name} wants a number above 0, got "${text}"`);
    return value;
  };
  const perSecond = values["per-second"];
  const shop = SHOPS.find(({ handle }) => handle === values.shop);
  if (!shop) throw new TypeError(`--shop wants ${SHOPS.map(({ handle }) => handle).join(" or ")}`);
  return {
    ...{ shop, store: values.store, seed: number("seed", values.seed) },
    pace: perSecond
      ? { eventsPerSecond: number("per-second", perSecond) }
      : { visitorsPerDay: number("per-day", values["per-day"] ?? "20000") },
    minutes: values.for ? number("for", values.for) : Infinity,
  };
}

/** @throws {TypeError} nothing answers there, or the app is not installed */
async function pixelOf(store: string, domain: string): Promise<LiveOptions["pixel"]> {
  const response = await fetch(`${store}/control/shops`).catch(() => undefined);
  if (!response?.ok) throw new TypeError(`no stand-in answers at ${store}: start \`npm run demo\``);
  const shops = (await response.json()) as ShopState[];
  const pixel = shops.find((shop) => shop.domain === domain)?.pixel;
  if (!pixel) throw new TypeError(`${domain} has no pixel yet: open the app in its admin first`);
  return pixel;
}

async function main(): Promise<void> {
  const { shop, store, seed, pace, minutes } = readOptions();
  const pixel = await pixelOf(store, shop.domain);
  const end = Date.now() + minutes * 60_000;
  let isStopped = false;
  process.on("SIGINT", () => (isStopped = true)).on("SIGTERM", () => (isStopped = true));
  let shown = 0;
  await playLive({
    ...{ shop: shop.domain, store, pixel, seed, pace },
    isOver: () => isStopped || Date.now() > end,
    onReport: ({ visits, accepted, orders, rejected }) => {
      if (Date.now() - shown < 2_000) return;
      shown = Date.now();
      console.log(
        `${visits} visits, ${accepted} events taken, ${rejected} refused, ${orders} orders`,
      );
    },
  });
}

await main().catch((error: unknown) => {
  if (!(error instanceof TypeError)) throw error;
  console.error(`${error.message}\n\n${USAGE}`);
  process.exitCode = 2;
});
