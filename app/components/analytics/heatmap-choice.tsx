import { Card, InlineStack, Select } from "@shopify/polaris";
import { VIEWPORTS, type Place } from "~/analytics/heatmap/definitions";
import type { ClickedPage } from "~/analytics/heatmap/heatmap.server";
import { useViewAddress } from "./view-address";

type Props = { pages: ClickedPage[]; place: Place };

const NAMES = { phone: "Phone", tablet: "Tablet", desktop: "Desktop" } as const;

/** Chooses the pages and the layout whose clicks are shown. */
export function HeatmapChoice({ pages, place }: Props) {
  const { change } = useViewAddress();
  const clicksOf = (fits: (page: ClickedPage) => boolean) =>
    pages.filter(fits).reduce((sum, { clicks }) => sum + clicks, 0);
  const inWords = (name: string, clicks: number) => `${name} (${clicks.toLocaleString("en")})`;
  const templates = [...new Set([...pages.map(({ template }) => template), place.template])];
  return (
    <Card>
      <InlineStack gap="300">
        <Select
          label="Pages (clicks)"
          options={templates.map((value) => ({
            value,
            label: inWords(
              value,
              clicksOf(({ template }) => template === value),
            ),
          }))}
          value={place.template}
          onChange={(template) => change({ template, viewport: null })}
        />
        <Select
          label="Layout (clicks)"
          options={VIEWPORTS.map((value) => ({
            value,
            label: inWords(
              NAMES[value],
              clicksOf((page) => page.template === place.template && page.viewport === value),
            ),
          }))}
          value={place.viewport}
          onChange={(viewport) => change({ template: place.template, viewport })}
        />
      </InlineStack>
    </Card>
  );
}
