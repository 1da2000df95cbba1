import { BlockStack, Card, InlineGrid, SkeletonBodyText, Text } from "@shopify/polaris";
import type { ReactNode } from "react";
import type { Metric } from "~/analytics/report";
import type { Figure, Writing } from "./figures";
import { MetricTile } from "./metric-tile";
import { progressIn, type LookedAt } from "./series";

export type Row = Record<string, Figure> & { of: string };

/** A number of a page, and what it is a part of. */
export type Tile<Shown extends Row> = {
  name: keyof Shown & string;
  metric: Metric;
  of?: ((all: Shown) => string) | undefined;
  page?: string;
};

type Props<Shown extends Row> = {
  tiles: readonly Tile<Shown>[];
  all: Shown | undefined;
  /** Undefined where nothing is compared. */
  before?: Shown | undefined;
  steps: readonly Shown[];
  view: LookedAt;
  writing: Writing;
  /** How many stand side by side where there is room. */
  abreast?: number;
};

const numberOf = (value: Figure): number | null => (typeof value === "number" ? value : null);

/** The few numbers that a page begins with, each with a line of the steps that are over. */
export const Tiles = <Shown extends Row>(props: Props<Shown>) => {
  const { tiles, all, before, steps, view, writing, abreast = 4 } = props;
  const progress = progressIn(view, steps);
  return (
    <Grid abreast={abreast}>
      {tiles.map(({ name, metric, of, page }) => (
        <MetricTile
          key={name}
          metric={metric}
          value={numberOf(all?.[name])}
          before={before && numberOf(before[name])}
          {...(of && all ? { of: of(all) } : {})}
          {...(page ? { page } : {})}
          series={steps.map((step, index) =>
            progress[index] === "over" ? numberOf(step[name]) : null,
          )}
          writing={writing}
        />
      ))}
    </Grid>
  );
};

const Grid = ({ abreast, children }: { abreast: number; children: ReactNode }) => (
  <InlineGrid columns={{ xs: 2, md: abreast }} gap={{ xs: "200", md: "400" }}>
    {children}
  </InlineGrid>
);

type Named = { name: string; metric: Metric };

/** The outline of tiles whose numbers are being read. */
export const TilesSkeleton = ({ tiles, abreast }: { tiles: readonly Named[]; abreast: number }) => (
  <div aria-busy="true" aria-label="Loading">
    <Grid abreast={abreast}>
      {tiles.map(({ name, metric }) => (
        <Card key={name}>
          <BlockStack gap="300">
            <Text as="h2" variant="headingSm">
              {metric.name}
            </Text>
            <SkeletonBodyText lines={3} />
          </BlockStack>
        </Card>
      ))}
    </Grid>
  </div>
);
