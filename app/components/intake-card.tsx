import { BlockStack, Card, InlineStack, Text } from "@shopify/polaris";
import type { Intake, Missing } from "~/events/ingest/intake";
import { FigureTable, type Column } from "./figure-table";

/** What each cause means to a merchant. */
export const WHY: Record<Missing, string> = {
  not_an_event: "It was no event",
  unknown_name: "An event that Pixelnova does not keep",
  invalid_field: "A field was not as Shopify promises",
  unstorable_text: "A text could not be stored",
  too_large: "The event was too large",
  too_old: "It happened more than 7 days before it came",
  in_the_future: "It says it happens in the future",
  too_many: "More came at once than a shop or a browser may send; most came again later",
  overloaded: "Pixelnova was busy; most came again later",
  unavailable: "Pixelnova's database was away; most came again later",
  dropped_by_browser: "Given up by the browser, because too many were waiting",
};

const COLUMNS: Column<Intake["missing"][number]>[] = [
  { heading: "Why", cell: ({ why }) => WHY[why] },
  { heading: "Events", cell: ({ events }) => events.toLocaleString("en"), isNumber: true },
];

/** What came in, and what did not and why. */
export const IntakeCard = ({ intake }: { intake: Intake }) => (
  <Card>
    <BlockStack gap="300">
      <Text as="h2" variant="headingSm">
        What came in
      </Text>
      <InlineStack gap="800">
        <Figure label="Events kept" value={intake.accepted} />
        <Figure label="Came again, kept once" value={intake.duplicate} />
      </InlineStack>
      {intake.missing.length === 0 ? (
        <Text as="p" tone="subdued">
          Nothing was refused, and no browser gave anything up.
        </Text>
      ) : (
        <FigureTable
          label="What was not kept"
          columns={COLUMNS}
          rows={intake.missing}
          keyOf={({ why }) => why}
        />
      )}
    </BlockStack>
  </Card>
);

const Figure = ({ label, value }: { label: string; value: number }) => (
  <BlockStack gap="050">
    <Text as="span" tone="subdued">
      {label}
    </Text>
    <Text as="span" variant="headingLg">
      {value.toLocaleString("en")}
    </Text>
  </BlockStack>
);
