import { BlockStack, Card, InlineStack, Text } from "@shopify/polaris";
import { lazy, type ReactNode } from "react";
import type { Metric } from "~/analytics/report";
import { InBrowser } from "../in-browser";
import { showFigure, type Writing } from "./figures";
import { Help } from "./help";
import type { Point } from "./series-chart";
import "../sessions-card.css";
import "./analytics.css";

const SeriesChart = lazy(async () => ({ default: (await import("./series-chart")).SeriesChart }));

type Props = {
  metric: Metric;
  title: string;
  points: Point[];
  writing: Writing;
  /** The same numbers as a table. */
  children: ReactNode;
};

/** A chart for the eye, and the same numbers as a table for everyone. */
export const SeriesCard = ({ metric, title, points, writing, children }: Props) => (
  <Card>
    <BlockStack gap="300">
      <InlineStack gap="100" blockAlign="center">
        <Text as="h2" variant="headingSm">
          {title}
        </Text>
        <Help column={metric} />
      </InlineStack>
      <div aria-hidden style={{ height: 240 }}>
        <InBrowser>
          <SeriesChart
            points={points}
            write={(value) => showFigure(value, metric.kind, writing)}
            isWhole={metric.kind === "count"}
          />
        </InBrowser>
      </div>
      {children}
    </BlockStack>
  </Card>
);
