import { BlockStack, Card, InlineGrid, Text } from "@shopify/polaris";
import type { Live } from "~/analytics/live/live.server";
import { FigureTable, type Column } from "../figure-table";
import { longMoment } from "../moments";
import type { Shown } from "../shown";
import { showFigure, type Writing } from "./figures";
import { Sparkline } from "./sparkline";
import "../charts.css";
import "./analytics.css";

type Page = Live["pages"][number];

const COLUMNS: Column<Page>[] = [
  { heading: "Page", cell: ({ path }) => path },
  { heading: "Visitors", cell: ({ visitors }) => visitors.toLocaleString("en"), isNumber: true },
];

/** What goes on right now, each number with what it is of. */
export const LiveNumbers = ({ live, writing }: { live: Shown<Live>; writing: Writing }) => {
  const money = (minor: number) => showFigure(minor, "money", writing);
  return (
    <>
      <InlineGrid columns={{ xs: 2, md: 4 }} gap={{ xs: "200", md: "400" }}>
        <Tile name="Visitors now" value={live.visitors.toLocaleString("en")}>
          with an event in the last 5 minutes
        </Tile>
        <Tile name="Carts" value={live.carts.count.toLocaleString("en")}>
          {`changed in the last 30 minutes and not bought, worth ${money(live.carts.valueMinor)}`}
        </Tile>
        <Tile name="Orders" value={live.orders.count.toLocaleString("en")}>
          {`placed in the last 30 minutes, ${money(live.orders.revenueMinor)}`}
        </Tile>
        <Tile name="Events per second" value={live.eventsPerSecond.toFixed(1)}>
          in the mean of the last minute
        </Tile>
      </InlineGrid>
      <Card>
        <BlockStack gap="300">
          <Text as="h2" variant="headingSm">
            Page views in each of the last 30 minutes
          </Text>
          <Sparkline values={live.pageViews} />
          <Text as="p" tone="subdued">
            {`${live.pageViews.reduce((sum, views) => sum + views, 0).toLocaleString("en")} in all, the newest on the right`}
          </Text>
        </BlockStack>
      </Card>
      <Card>
        <BlockStack gap="300">
          <Text as="h2" variant="headingSm">
            Where they are
          </Text>
          {live.pages.length === 0 ? (
            <Text as="p" tone="subdued">
              Nobody is in your storefront right now.
            </Text>
          ) : (
            <FigureTable
              label="Where they are"
              columns={COLUMNS}
              rows={live.pages}
              keyOf={({ path }) => path}
            />
          )}
          <Text as="p" tone="subdued">
            {`As of ${longMoment(live.at, writing.timeZone)}`}
          </Text>
        </BlockStack>
      </Card>
    </>
  );
};

type TileProps = { name: string; value: string; children: string };

const Tile = ({ name, value, children }: TileProps) => (
  <Card>
    <BlockStack gap="100">
      <Text as="h2" variant="headingSm">
        {name}
      </Text>
      <Text as="p" variant="headingXl" numeric>
        {value}
      </Text>
      <Text as="p" tone="subdued">
        {children}
      </Text>
    </BlockStack>
  </Card>
);
