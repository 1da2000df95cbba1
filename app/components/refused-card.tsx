import { BlockStack, Card, Text } from "@shopify/polaris";
import { FigureTable, type Column } from "./figure-table";
import { longMoment } from "./moments";

/** A refused event, with its moment as an ISO timestamp. */
export type Refused = {
  refusedAt: string;
  requestId: string;
  eventId: string | null;
  name: string | null;
  message: string;
};

type Props = { examples: Refused[]; timeZone: string };

/** Examples of what was refused, for whoever looks after the theme or the app that sent it. */
export function RefusedCard({ examples, timeZone }: Props) {
  if (examples.length === 0) return null;
  const columns: Column<Refused>[] = [
    { heading: "When", cell: ({ refusedAt }) => longMoment(refusedAt, timeZone) },
    { heading: "Event", cell: ({ name }) => name ?? "without a name" },
    { heading: "What was wrong", cell: ({ message }) => message },
  ];
  return (
    <Card>
      <BlockStack gap="300">
        <BlockStack gap="100">
          <Text as="h2" variant="headingSm">
            Examples of refused events
          </Text>
          <Text as="p" tone="subdued">
            The latest, kept for a week.
          </Text>
        </BlockStack>
        <FigureTable
          label="Examples of refused events"
          columns={columns}
          rows={examples}
          keyOf={({ requestId, eventId, refusedAt, message }) =>
            `${requestId} ${eventId ?? ""} ${refusedAt} ${message}`
          }
        />
      </BlockStack>
    </Card>
  );
}
