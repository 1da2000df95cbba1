import { InlineGrid } from "@shopify/polaris";
import { CLICK_METRICS, type Place } from "~/analytics/heatmap/definitions";
import type { ClickedPage } from "~/analytics/heatmap/heatmap.server";
import type { Writing } from "./figures";
import { MetricTile } from "./metric-tile";

type Props = {
  pages: ClickedPage[];
  /** Of the period that is compared to; null where none is. */
  pagesBefore: ClickedPage[] | null;
  place: Place;
  writing: Writing;
};

const TILES = ["clicks", "rageClicks", "deadClicks"] as const;

/** The clicks on the pages and the layout that are looked at. */
export function HeatmapTiles({ pages, pagesBefore, place, writing }: Props) {
  const at = (among: ClickedPage[]) =>
    among.find((page) => page.template === place.template && page.viewport === place.viewport);
  const now = at(pages);
  return (
    <InlineGrid columns={{ xs: 1, sm: 3 }} gap={{ xs: "200", md: "400" }}>
      {TILES.map((name) => (
        <MetricTile
          key={name}
          metric={CLICK_METRICS[name]}
          value={now?.[name] ?? 0}
          before={pagesBefore === null ? undefined : (at(pagesBefore)?.[name] ?? 0)}
          {...(name === "clicks"
            ? {}
            : { of: `of ${(now?.clicks ?? 0).toLocaleString("en")} clicks` })}
          writing={writing}
        />
      ))}
    </InlineGrid>
  );
}
