import { useFetcher, useSearchParams } from "@remix-run/react";
import { useEffect, type ComponentProps } from "react";
import { CART_METRICS } from "~/analytics/carts/definitions";
import type { KeyNumbers as Numbers } from "~/analytics/key-numbers.server";
import { QUALITY_METRICS } from "~/analytics/quality/definitions";
import { REVENUE_METRICS } from "~/analytics/revenue/definitions";
import { SESSION_METRICS } from "~/analytics/sessions/definitions";
import type { loader } from "~/routes/key-numbers";
import { Tiles, TilesSkeleton, type Row, type Tile } from "./tiles";
import { withView } from "./view-address";

const count = (value: number) => value.toLocaleString("en");
const ofOrders = ({ orders }: Numbers) => `of ${count(orders)} orders`;

const TILES: Tile<Numbers>[] = [
  {
    ...{ name: "netMinor", metric: REVENUE_METRICS.netMinor, page: "/app/analytics/revenue" },
    of: ofOrders,
  },
  { name: "orders", metric: REVENUE_METRICS.orders, page: "/app/analytics/revenue" },
  {
    ...{ name: "averageOrderMinor", metric: REVENUE_METRICS.averageOrderMinor },
    ...{ page: "/app/analytics/revenue", of: ofOrders },
  },
  {
    ...{ name: "conversionRate", metric: SESSION_METRICS.conversionRate },
    page: "/app/analytics/sessions",
    of: ({ convertedSessions, sessions }) =>
      `${count(convertedSessions)} of ${count(sessions)} sessions`,
  },
  {
    ...{ name: "abandonmentRate", metric: CART_METRICS.abandonmentRate },
    ...{ page: "/app/analytics/carts", of: ({ carts }) => `of ${count(carts)} carts` },
  },
  {
    ...{ name: "captureRate", metric: QUALITY_METRICS.captureRate },
    page: "/app/analytics/quality",
    of: ({ ordersWithinReach }) => `of ${count(ordersWithinReach)} orders`,
  },
];

/** What the home page shows as soon as it is there; undefined until then. */
export function useKeyNumbers() {
  const [search] = useSearchParams();
  const { load, data } = useFetcher<typeof loader>();
  const address = withView("/app/analytics/key-numbers", search);
  useEffect(() => load(address), [address, load]);
  return data;
}

/** The few numbers that matter, against the period before. */
export function KeyNumbers({ data }: { data: ReturnType<typeof useKeyNumbers> }) {
  if (!data)
    return (
      <div className="home-tiles">
        <TilesSkeleton tiles={TILES} abreast={ABREAST} />
      </div>
    );
  const { all, before, steps, view, currency, timeZone } = data;
  const writing = { currency, timeZone };
  return <HomeTiles {...{ tiles: TILES, all, before, steps, view, writing }} />;
}

const ABREAST = 3;

/** Tiles of the home page: each leads to its page, with the same period. All are as tall as those that are still being
 * read, so that nothing below them moves. */
export function HomeTiles<Shown extends Row>({
  tiles,
  ...shown
}: ComponentProps<typeof Tiles<Shown>>) {
  const [search] = useSearchParams();
  const linked = tiles.map((tile) => ({ ...tile, page: withView(tile.page ?? "", search) }));
  return (
    <div className="home-tiles">
      <Tiles {...shown} tiles={linked} abreast={ABREAST} />
    </div>
  );
}
