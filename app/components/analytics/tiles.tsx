import { InlineGrid } from "@shopify/polaris";
import type { Metric } from "~/analytics/report";
import type { Figure, Writing } from "./figures";
import { MetricTile } from "./metric-tile";
import { progressIn, type LookedAt } from "./series";

type Row = Record<string, Figure> & { of: string };

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
    <InlineGrid columns={{ xs: 2, md: abreast }} gap={{ xs: "200", md: "400" }}>
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
    </InlineGrid>
  );
};
