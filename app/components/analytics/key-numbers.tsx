import { useFetcher, useSearchParams } from "@remix-run/react";
import { Text } from "@shopify/polaris";
import { useEffect } from "react";
import { CART_METRICS } from "~/analytics/carts/definitions";
import type { KeyNumbers as Numbers } from "~/analytics/key-numbers.server";
import { QUALITY_METRICS } from "~/analytics/quality/definitions";
import { REVENUE_METRICS } from "~/analytics/revenue/definitions";
import { SESSION_METRICS } from "~/analytics/sessions/definitions";
import type { loader } from "~/routes/key-numbers";
import { Tiles, type Tile } from "./tiles";
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

/** The few numbers that matter, against the period before; they are read when the page is opened and when
 * another period is chosen. */
export function KeyNumbers() {
  const [search] = useSearchParams();
  const { load, data } = useFetcher<typeof loader>();
  const address = withView("/app/analytics/key-numbers", search);
  useEffect(() => load(address), [address, load]);
  if (!data)
    return (
      <Text as="p" tone="subdued">
        Reading revenue, orders and rates …
      </Text>
    );
  const { all, before, steps, view, ...writing } = data;
  const tiles = TILES.map(({ page = "", ...tile }) => ({ ...tile, page: withView(page, search) }));
  return <Tiles {...{ tiles, all, before, steps, view, writing }} />;
}
