import { BlockStack, Card, InlineStack, Text } from "@shopify/polaris";
import { Link } from "@remix-run/react";
import type { Metric } from "~/analytics/report";
import { showChange, showFigure, type Writing } from "./figures";
import { Help } from "./help";
import { Sparkline } from "./sparkline";
import "../charts.css";
import "./analytics.css";

type Props = {
  metric: Metric;
  value: number | null;
  /** Of the period that is compared to; undefined where none is. */
  before?: number | null | undefined;
  /** What the number is a part of, in words: "of 1,234 sessions". */
  of?: string;
  /** The number of each step, oldest first. */
  series?: (number | null)[];
  /** The page that tells more. */
  page?: string;
  writing: Writing;
};

/** One number: what it means, what it is a part of, how it was before. */
export const MetricTile = ({ metric, value, before, of, series, page, writing }: Props) => (
  <Card>
    <BlockStack gap="100">
      <InlineStack align="space-between" blockAlign="center" wrap={false}>
        <Text as="h2" variant="headingSm">
          {page ? (
            <Link className="Polaris-Link" to={page}>
              {metric.name}
            </Link>
          ) : (
            metric.name
          )}
        </Text>
        <Help column={metric} />
      </InlineStack>
      <Text as="p" variant="headingXl" numeric>
        {showFigure(value, metric.kind, writing)}
      </Text>
      <Text as="p" tone="subdued">
        {[of, beforeOf({ metric, value, before, writing })].filter(Boolean).join("; ") ||
          (metric.kind === "count" ? metric.unit : "")}
      </Text>
      {series && series.length > 1 && <Sparkline values={series} />}
    </BlockStack>
  </Card>
);

function beforeOf({ metric, value, before, writing }: Props): string | null {
  if (before === undefined) return null;
  const change = showChange(value, before);
  const was = showFigure(before, metric.kind, writing);
  return change === null ? `before: ${was}` : `${change}, before: ${was}`;
}
