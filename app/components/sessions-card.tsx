import { BlockStack, Button, Card, Collapsible, InlineStack, Text } from "@shopify/polaris";
import { lazy, Suspense, useId, useState, useSyncExternalStore } from "react";
import type { SessionsOverTime } from "~/analytics/overview";
import { FigureTable, type Column } from "./figure-table";
import { stepLabel } from "./moments";
import type { LabelledStep } from "./sessions-chart";
import "./sessions-card.css";

const SessionsChart = lazy(async () => ({
  default: (await import("./sessions-chart")).SessionsChart,
}));

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
            <SessionsChart steps={labelled} />
          </InBrowser>
        </div>
        <AsTable steps={labelled} unit={unit} />
      </BlockStack>
    </Card>
  );
}

/** A chart measures itself, which only a browser can; its place is kept until then. */
function InBrowser({ children }: { children: React.ReactNode }) {
  const isBrowser = useSyncExternalStore(
    () => () => {},
    () => true,
    () => false,
  );
  return isBrowser ? <Suspense>{children}</Suspense> : null;
}

function AsTable({ steps, unit }: { steps: LabelledStep[]; unit: "hour" | "day" }) {
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  const columns: Column<LabelledStep>[] = [
    {
      heading: unit === "hour" ? "Hour" : "Day",
      cell: ({ label, isUnderWay }) => (isUnderWay ? `${label} so far` : label),
    },
    { heading: "Sessions", cell: ({ sessions }) => sessions?.toLocaleString("en"), isNumber: true },
  ];
  return (
    <>
      <InlineStack>
        <Button
          variant="plain"
          disclosure={isOpen ? "up" : "down"}
          ariaExpanded={isOpen}
          ariaControls={id}
          onClick={() => setOpen(!isOpen)}
        >
          {isOpen ? "Hide table" : "Show as table"}
        </Button>
      </InlineStack>
      <Collapsible id={id} open={isOpen}>
        <FigureTable
          label={`Sessions by ${unit}`}
          columns={columns}
          rows={steps.filter(({ sessions }) => sessions !== null).reverse()}
          keyOf={({ start }) => start}
        />
      </Collapsible>
    </>
  );
}
