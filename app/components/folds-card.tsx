import { BlockStack, Card, InlineStack, ProgressBar, Text } from "@shopify/polaris";
import type {
  ProjectionState,
  ProjectionStatus,
  RebuildProgress,
} from "~/projections/status.server";
import { FigureTable, type Column } from "./figure-table";

/** A rebuild as the page gets it: its moment is JSON's. */
type Rebuild = Omit<RebuildProgress, "updatedAt">;
type Props = { status: Omit<ProjectionStatus, "rebuild"> & { rebuild: Rebuild | null } };

/** How far the log is folded into the tables that pages read. */
export const FoldsCard = ({ status: { lagSeconds, lagEvents, failures, rebuild } }: Props) => (
  <Card>
    <BlockStack gap="300">
      <Text as="h2" variant="headingSm">
        From events to numbers
      </Text>
      <InlineStack gap="800">
        <Figure label="Events that wait" value={lagEvents.toLocaleString("en")} />
        <Figure label="Seconds that the oldest waits" value={lagSeconds.toFixed(1)} />
        <Figure label="Set aside" value={failures.toLocaleString("en")} />
      </InlineStack>
      <Text as="p" tone={failures > 0 ? "critical" : "subdued"}>
        {failures > 0
          ? "What was set aside is missing from a table. Whoever runs Pixelnova finds out why with npm run projections -- failures."
          : "Everything that came in could be worked on."}
      </Text>
      {rebuild && <Rebuilding {...rebuild} />}
    </BlockStack>
  </Card>
);

const Rebuilding = ({ projections, done, total }: Rebuild) => (
  <BlockStack gap="200">
    <Text as="p" id="rebuild-progress">
      {`${projections.join(", ")}: made anew, ${done.toLocaleString("en")} of ${total.toLocaleString("en")} browsers done. The numbers stay as they were until it is through.`}
    </Text>
    <ProgressBar
      progress={total === 0 ? 0 : (100 * done) / total}
      size="small"
      ariaLabelledBy="rebuild-progress"
    />
  </BlockStack>
);

const Figure = ({ label, value }: { label: string; value: string }) => (
  <BlockStack gap="050">
    <Text as="span" tone="subdued">
      {label}
    </Text>
    <Text as="span" variant="headingLg" numeric>
      {value}
    </Text>
  </BlockStack>
);

const COLUMNS: Column<ProjectionState>[] = [
  { heading: "Table", cell: ({ name }) => name },
  { heading: "State", cell: stateOf },
  { heading: "Version", cell: ({ version }) => version ?? "–", isNumber: true },
];

function stateOf({ version, wanted }: ProjectionState): string {
  if (version === null) return "Nothing to work on yet";
  return version < wanted ? `Waits to be made anew by version ${wanted}` : "Up to date";
}

/** Each table, and by which version of its rules it was made. */
export const ProjectionsCard = ({ projections }: { projections: ProjectionState[] }) => (
  <Card>
    <BlockStack gap="300">
      <Text as="h2" variant="headingSm">
        Tables
      </Text>
      <FigureTable label="Tables" columns={COLUMNS} rows={projections} keyOf={({ name }) => name} />
    </BlockStack>
  </Card>
);
