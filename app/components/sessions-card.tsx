import { BlockStack, Card, Text } from "@shopify/polaris";
import { lazy } from "react";
import type { SessionsOverTime, Step } from "~/analytics/overview";
import type { Unit } from "~/analytics/period";
import { AsTable } from "./as-table";
import type { Column } from "./figure-table";
import { InBrowser } from "./in-browser";
import { stepLabel } from "./moments";
import "./charts.css";

const SeriesChart = lazy(async () => ({
  default: (await import("./analytics/series-chart")).SeriesChart,
}));

/** `sessions` is null where time has not come to yet. */
type LabelledStep = Step & { label: string };
type Props = { sessionsOverTime: SessionsOverTime; timeZone: string };

/** A chart for the eye, and the same numbers as a table for everyone. */
export function SessionsCard({ sessionsOverTime: { unit, steps }, timeZone }: Props) {
  const labelled = steps.map((step) => ({ ...step, label: stepLabel(step.start, timeZone, unit) }));
  const underWay = labelled.find(({ isUnderWay }) => isUnderWay);
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingSm">
          Sessions by {unit}
        </Text>
        {underWay && (
          <Text as="p" tone="subdued">
            {underWay.label} is not over yet; its number is still rising.
          </Text>
        )}
        <div aria-hidden style={{ height: 240 }}>
          <InBrowser>
            <SeriesChart
              points={labelled.map((step) => ({ ...step, now: step.sessions, before: null }))}
              marks={[]}
              kind="count"
              writing={{ timeZone, currency: null }}
            />
          </InBrowser>
        </div>
        <AsTable
          label={`Sessions by ${unit}`}
          columns={columnsOf(unit)}
          rows={labelled.filter(({ sessions }) => sessions !== null).reverse()}
          keyOf={({ start }) => start}
        />
      </BlockStack>
    </Card>
  );
}

const columnsOf = (unit: Unit): Column<LabelledStep>[] => [
  {
    heading: unit === "hour" ? "Hour" : "Day",
    cell: ({ label, isUnderWay }) => (isUnderWay ? `${label} so far` : label),
  },
  { heading: "Sessions", cell: ({ sessions }) => sessions?.toLocaleString("en"), isNumber: true },
];
