import { BlockStack, Button, Card, InlineStack, Text } from "@shopify/polaris";
import { useSearchParams } from "@remix-run/react";
import { lazy, type ReactNode } from "react";
import type { Metric } from "~/analytics/report";
import { InBrowser } from "../in-browser";
import { AnnotationList, type NotedMark } from "./annotation-list";
import type { Writing } from "./figures";
import { Help } from "./help";
import type { Point } from "./series";
import { withView } from "./view-address";
import "../charts.css";
import "./analytics.css";

const SeriesChart = lazy(async () => ({ default: (await import("./series-chart")).SeriesChart }));

type Props = {
  metric: Metric;
  title: string;
  points: Point[];
  /** The points at which something happened; left out where points are no steps of time. */
  marks?: readonly NotedMark[];
  writing: Writing;
  /** The same numbers as a table. */
  children: ReactNode;
};

/** A chart for the eye, and the same numbers as a table for everyone. */
export const SeriesCard = ({ metric, title, points, marks, writing, children }: Props) => (
  <Card>
    <BlockStack gap="300">
      <InlineStack align="space-between" blockAlign="center">
        <InlineStack gap="100" blockAlign="center">
          <Text as="h2" variant="headingSm">
            {title}
          </Text>
          <Help column={metric} />
        </InlineStack>
        {marks && <AnnotateLink />}
      </InlineStack>
      <div aria-hidden style={{ height: 240 }}>
        <InBrowser>
          <SeriesChart points={points} marks={marks ?? []} kind={metric.kind} writing={writing} />
        </InBrowser>
      </div>
      {marks && <AnnotationList marks={marks} timeZone={writing.timeZone} />}
      {children}
    </BlockStack>
  </Card>
);

/** Where what happened is noted. */
function AnnotateLink() {
  const [search] = useSearchParams();
  return (
    <Button variant="plain" url={withView("/app/analytics/annotations", search)}>
      Annotations
    </Button>
  );
}
