import { BlockStack, Card, Text } from "@shopify/polaris";
import type { BotSessions } from "~/analytics/bots.server";
import { DEFINITIONS } from "~/analytics/definitions";
import { FigureTable, type Column } from "./figure-table";

const RULES: Record<string, string> = {
  declared: "Says itself that it is a bot",
  hurried: "Opens pages faster than a person can",
  tireless: "Goes on longer than a person can",
};

const COLUMNS: Column<BotSessions>[] = [
  { heading: "Told by", cell: ({ rule }) => RULES[rule] ?? rule },
  { heading: "Sessions", cell: ({ sessions }) => sessions.toLocaleString("en"), isNumber: true },
];

/** Sessions that no number counts, because no person was behind them. */
export const BotsCard = ({ bots }: { bots: BotSessions[] }) => (
  <Card>
    <BlockStack gap="300">
      <BlockStack gap="100">
        <Text as="h2" variant="headingSm">
          {DEFINITIONS.bots.name}
        </Text>
        <Text as="p" tone="subdued">
          {bots.length === 0 ? "No bot was found." : DEFINITIONS.bots.meaning}
        </Text>
      </BlockStack>
      {bots.length > 0 && (
        <FigureTable
          label={DEFINITIONS.bots.name}
          columns={COLUMNS}
          rows={bots}
          keyOf={({ rule }) => rule}
        />
      )}
    </BlockStack>
  </Card>
);
