import { BlockStack, Card, Text } from "@shopify/polaris";
import type { Source } from "~/events/ingest/intake";
import { FigureTable, type Column } from "./figure-table";

const SHOWN = 10;

const count = (events: number) => events.toLocaleString("en");

const COLUMNS: Column<Source>[] = [
  { heading: "Sent from", cell: ({ origin, key }) => `${placeOf(origin)}${suffixOf(key)}` },
  { heading: "Kept", cell: ({ accepted }) => count(accepted), isNumber: true },
  { heading: "Came again", cell: ({ duplicate }) => count(duplicate), isNumber: true },
];

const PLACES: Record<string, string> = {
  sandbox: "The pixel's sandbox",
  none: "No browser: a program",
  other: "Elsewhere",
};
const placeOf = (origin: string) => PLACES[origin] ?? origin;
const suffixOf = (key: string) => (key === "previous" ? ", with the old key" : "");

/** Which sites send events with the shop's key: one that is not the shop's uses a key that it copied. */
export const SourcesCard = ({ sources }: { sources: Source[] }) =>
  sources.length === 0 ? null : (
    <Card>
      <BlockStack gap="300">
        <BlockStack gap="100">
          <Text as="h2" variant="headingSm">
            Where events come from
          </Text>
          <Text as="p" tone="subdued">
            Your shop&apos;s pages and Shopify&apos;s sandbox belong here. Many events that came
            again, or a site that is not yours, mean that somebody plays traffic with a copied key:
            replace it below.
          </Text>
        </BlockStack>
        <FigureTable
          label="Where events come from"
          columns={COLUMNS}
          rows={sources.slice(0, SHOWN)}
          keyOf={({ origin, key }) => `${origin} ${key}`}
        />
      </BlockStack>
    </Card>
  );
